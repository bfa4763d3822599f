/* What remains of a truncated journal file. */

#include "source/journal_salvage.h"

#include "source/journal_header.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define SALVAGE_BYTES_MAX (UINT64_C(4) << 30) /* journald's limit for one file */

/* Copies all bytes; returns their number, or negative errno. */
static int64_t copy_bytes(FILE *from, FILE *to)
{
    char buffer[64 * 1024];
    int64_t size = 0;
    size_t n;

    if (fseek(from, 0, SEEK_SET) < 0) {
        return -errno;
    }
    while ((n = fread(buffer, 1, sizeof(buffer), from)) > 0) {
        size += (int64_t)n;
        if ((uint64_t)size > SALVAGE_BYTES_MAX) {
            return -EFBIG;
        }
        if (fwrite(buffer, 1, n, to) != n) {
            return -errno;
        }
    }
    return ferror(from) ? -EIO : size;
}

static int fill(FILE *from, FILE *to, uint64_t *ret_size_bytes)
{
    struct journal_header header;
    int r = journal_header_read(from, &header);
    int64_t size;

    if (r < 0) {
        return r;
    }
    if (header.size_bytes > SALVAGE_BYTES_MAX) {
        return -EFBIG;
    }
    size = copy_bytes(from, to);
    if (size < 0) {
        return (int)size;
    }
    if ((uint64_t)size >= header.size_bytes) {
        return -EBADMSG;
    }
    if (fflush(to) != 0 || ftruncate(fileno(to), (off_t)header.size_bytes) < 0) {
        return -errno;
    }
    *ret_size_bytes = (uint64_t)size;
    return 0;
}

static int fill_file(FILE *from, struct scratch *scratch, char **ret_copy, uint64_t *ret_size_bytes)
{
    char *path;
    int fd = scratch_create(scratch, &path);
    FILE *to = fd >= 0 ? fdopen(fd, "w+b") : NULL;
    int r;

    if (!to) {
        return fd < 0 ? fd : -errno;
    }
    r = fill(from, to, ret_size_bytes);
    (void)fclose(to);
    if (r < 0) {
        (void)truncate(path, 0);
        free(path);
        return r;
    }
    *ret_copy = path;
    return 0;
}

int journal_salvage(const char *path, struct scratch *scratch, char **ret_copy,
                    uint64_t *ret_size_bytes)
{
    FILE *from = fopen(path, "rbe");
    int r;

    if (!from) {
        return -errno;
    }
    r = fill_file(from, scratch, ret_copy, ret_size_bytes);
    (void)fclose(from);
    return r;
}
