/* Small files as a whole, and files below a directory; read(2), openat2(2). */

#define _GNU_SOURCE /* O_PATH, syscall */
#include "base/file.h"

#include "base/span.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

/* --- below a directory --- */

/* Of kernels without openat2: one name after the other. Takes `at` over. */
static int open_by_names(int at, struct span names, int flags)
{
    struct span name;

    while (at >= 0 && span_cut(&names, '/', &name)) {
        char text[NAME_MAX + 1];
        int below;

        if (span_empty(name)) {
            continue;
        }
        if (name.size > NAME_MAX || span_is(name, "..")) {
            (void)close(at);
            return name.size > NAME_MAX ? -ENAMETOOLONG : -EXDEV;
        }
        memcpy(text, name.data, name.size);
        text[name.size] = '\0';
        below = openat(at, text,
                       (span_empty(names) ? flags : O_PATH | O_DIRECTORY | O_CLOEXEC) | O_NOFOLLOW);
        below = below < 0 ? -errno : below;
        (void)close(at);
        at = below;
    }
    return at;
}

static int open_by_kernel(int at, const char *names, int flags)
{
    struct open_how how = {
        .flags = (unsigned)flags,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
    };
    long fd = syscall(SYS_openat2, at, names, &how, sizeof(how));

    return fd < 0 ? -errno : (int)fd;
}

/* The part of the path that lies below the directory. */
static const char *names_below(const char *directory, const char *path)
{
    struct span root = span_of(directory);

    assert(path);
    while (span_ends(root, SPAN("/"))) {
        root.size--;
    }
    path += span_starts(span_of(path), root) ? root.size : 0;
    return path + strspn(path, "/");
}

int file_open_below(const char *directory, const char *path, int flags)
{
    const char *names = names_below(directory, path);
    int at = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC), fd;

    if (at < 0) {
        return -errno;
    }
    flags |= O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    fd = open_by_kernel(at, *names ? names : ".", flags);
    if (fd == -ENOSYS || fd == -EPERM) {
        return open_by_names(at, span_of(*names ? names : "."), flags);
    }
    (void)close(at);
    return fd;
}

/* --- regular files --- */

int file_open_regular(const char *directory, const char *path)
{
    int fd = directory ? file_open_below(directory, path, O_RDONLY)
                       : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat info;

    if (fd < 0) {
        return directory ? fd : -errno;
    }
    if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode)) {
        (void)close(fd);
        return -EINVAL;
    }
    return fd;
}

int file_read_regular(const char *directory, const char *path, size_t max, struct buf *ret)
{
    int fd = file_open_regular(directory, path);

    return fd < 0 ? fd : read_and_close(fd, max, ret);
}

int file_write(int fd, struct span text)
{
    while (!span_empty(text)) {
        ssize_t n = write(fd, text.data, text.size);

        if (n < 0 && errno != EINTR) {
            return -errno;
        }
        text = span_skip(text, n > 0 ? (size_t)n : 0);
    }
    return 0;
}
