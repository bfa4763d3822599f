/* Selects the source for a request: the one with the highest bid opens it. */

#include "source/source.h"

#include "base/file.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* The first bytes of a regular file, which may be standard input. Nothing else is opened: opening a
 * FIFO waits for its writer, and what is read from a pipe is gone. */
static size_t read_head(const char *below, const char *path, char *buffer, size_t size)
{
    bool is_input = path && strcmp(path, "-") == 0;
    struct stat info;
    ssize_t n;
    int fd;

    if (!path || (is_input ? fstat(STDIN_FILENO, &info) : stat(path, &info)) < 0 ||
        !S_ISREG(info.st_mode)) {
        return 0;
    }
    if (is_input) {
        n = pread(STDIN_FILENO, buffer, size, lseek(STDIN_FILENO, 0, SEEK_CUR));
        return n > 0 ? (size_t)n : 0;
    }
    fd = file_open_regular(below, path);
    if (fd < 0) {
        return 0;
    }
    n = read(fd, buffer, size);
    (void)close(fd);
    return n > 0 ? (size_t)n : 0;
}

const struct source_type *source_choose(const struct source_request *request)
{
    char buffer[SOURCE_HEAD_BYTES];
    struct span head = { buffer, read_head(request->below, request->path, buffer, sizeof(buffer)) };
    const struct source_type *best = NULL;
    int best_bid = SOURCE_NO;

    for (size_t i = 0; sources[i]; i++) {
        int bid = sources[i]->bid(request, head);

        if (bid > best_bid) {
            best_bid = bid;
            best = sources[i];
        }
    }
    return best;
}

int source_open(const struct source_request *request, const struct source_type **ret_type,
                struct source **ret, struct error *reterr)
{
    const struct source_type *type = source_choose(request);
    int r;

    if (!type) {
        return error_set(reterr, -ENOTSUP, "this build does not support %s",
                         request->path ? request->path : "the journal");
    }
    r = type->open(request, ret, reterr);
    if (r >= 0) {
        *ret_type = type;
    }
    return r;
}
