/* Small files as a whole; read(2). */

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CHUNK_BYTES = 16 * 1024
};

static int read_all(int fd, size_t max, struct buf *ret)
{
    size_t left = max + 1;

    while (left > 0) {
        size_t room = left < CHUNK_BYTES ? left : CHUNK_BYTES;
        ssize_t n = read(fd, buf_reserve(ret, room), room);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n < 0 ? -errno : 0;
        }
        ret->size += (size_t)n;
        left -= (size_t)n;
    }
    return 0;
}

static int read_and_close(int fd, size_t max, struct buf *ret)
{
    int r = read_all(fd, max, ret);

    (void)close(fd);
    return r;
}

int file_read(const char *path, size_t max, struct buf *ret)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    return fd < 0 ? -errno : read_and_close(fd, max, ret);
}

int file_read_regular(const char *path, size_t max, struct buf *ret)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat info;

    if (fd < 0) {
        return -errno;
    }
    if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode)) {
        (void)close(fd);
        return -EINVAL;
    }
    return read_and_close(fd, max, ret);
}
