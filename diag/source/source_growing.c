/* Bytes of a log that is still written: a file that grows until it is rotated, or a pipe;
 * inotify(7), tail(1) -F.
 *
 * A file is at its end when another file has its name (renamed and created again) or it became
 * shorter (copied and truncated). The caller then opens the name again. A file that was truncated
 * and has grown beyond its old size in the meantime cannot be distinguished from one that only
 * grew. */

#include "base/alloc.h"
#include "base/clock.h"
#include "source/codec.h"
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BID = SOURCE_SURE / 2, /* a journal file is not text */
};

/* A writer continues to write to the old file until it is notified: wait until the file is quiet
 * this long. */
static const int64_t GRACE_US = USEC_PER_SEC;

struct growing {
    int fd;
    bool borrowed; /* standard input must not be closed */
    bool regular;
    char *name;
    int inotify;         /* -1: not available */
    uint64_t bytes;      /* bytes read */
    int64_t replaced_us; /* since when another file has its name; 0: none has */
};

static int bid(const struct source_request *request, struct span head)
{
    return request->follow && request->path && !codec_find(head) ? BID : SOURCE_NO;
}

static void growing_close(struct source *source)
{
    struct growing *growing = (struct growing *)source;

    if (!growing) {
        return;
    }
    if (!growing->borrowed) {
        (void)close(growing->fd);
    }
    if (growing->inotify >= 0) {
        (void)close(growing->inotify);
    }
    free(growing->name);
    free(growing);
}

/* Watches the file itself, and its directory for a new file with its name. */
static int watch(const char *path)
{
    char *copy = alloc_string(path);
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

    if (fd >= 0) {
        (void)inotify_add_watch(fd, path, IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF);
        (void)inotify_add_watch(fd, dirname(copy), IN_CREATE | IN_MOVED_TO);
    }
    free(copy);
    return fd;
}

static int explain(const char *path, int code, struct error *reterr)
{
    if (code == -EISDIR) {
        return error_set_at(reterr, code, path, 0, 0,
                            "a directory without journal files; give the files to follow");
    }
    return error_set_at(reterr, code, path, 0, 0, "cannot open it: %s", strerror(-code));
}

static int growing_open(const struct source_request *request, struct source **ret,
                        struct error *reterr)
{
    bool borrowed = strcmp(request->path, "-") == 0;
    int fd = borrowed ? STDIN_FILENO : open(request->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct growing *growing;
    struct stat info;

    if (fd < 0 || fstat(fd, &info) < 0) {
        return explain(request->path, -errno, reterr);
    }
    if (S_ISDIR(info.st_mode)) {
        (void)close(fd);
        return explain(request->path, -EISDIR, reterr);
    }
    growing = ALLOC(struct growing);
    *growing = (struct growing){
        .fd = fd,
        .borrowed = borrowed,
        .regular = S_ISREG(info.st_mode),
        .name = alloc_string(request->path),
        .inotify = -1,
    };
    if (growing->regular && !borrowed) {
        growing->inotify = watch(request->path);
    }
    *ret = (struct source *)growing;
    return 0;
}

static bool is_shorter(const struct growing *growing)
{
    struct stat info;
    off_t at = lseek(growing->fd, 0, SEEK_CUR);

    return fstat(growing->fd, &info) == 0 && info.st_size < at;
}

/* True if another file has its name. If no file has it, the writer may continue with this one. */
static bool is_replaced(const struct growing *growing)
{
    struct stat here, there;

    return !growing->borrowed && fstat(growing->fd, &here) == 0 &&
           stat(growing->name, &there) == 0 &&
           (here.st_ino != there.st_ino || here.st_dev != there.st_dev);
}

static int64_t at_end(struct growing *growing)
{
    if (!growing->regular || is_shorter(growing)) {
        return 0;
    }
    if (!is_replaced(growing)) {
        return -EAGAIN;
    }
    if (growing->replaced_us == 0) {
        growing->replaced_us = clock_monotonic_us();
    }
    return clock_monotonic_us() - growing->replaced_us < GRACE_US ? -EAGAIN : 0;
}

/* The descriptor of a pipe may be shared, so it is not made non-blocking. */
static bool is_ready(const struct growing *growing)
{
    struct pollfd pollfd = { .fd = growing->fd, .events = POLLIN };

    return growing->regular || poll(&pollfd, 1, 0) > 0;
}

static int64_t growing_read(struct source *source, char *buffer, size_t size)
{
    struct growing *growing = (struct growing *)source;
    ssize_t n;

    if (!is_ready(growing)) {
        return -EAGAIN;
    }
    n = read(growing->fd, buffer, size);
    if (n == 0) {
        return at_end(growing);
    }
    if (n < 0) { /* EPIPE: messages of /dev/kmsg were overwritten; the next read returns the rest */
        return errno == EINTR || errno == EWOULDBLOCK || errno == EPIPE ? -EAGAIN : -errno;
    }
    growing->bytes += (uint64_t)n;
    growing->replaced_us = 0;
    return n;
}

static int wait_fd(struct source *source)
{
    const struct growing *growing = (const struct growing *)source;

    return growing->regular ? growing->inotify : growing->fd;
}

/* The file is checked for changes; the events only wake the caller. */
static void wake(struct source *source)
{
    const struct growing *growing = (const struct growing *)source;
    char events[4096];

    while (growing->inotify >= 0 && read(growing->inotify, events, sizeof(events)) > 0) {
        ;
    }
}

static int64_t modified_us(const struct growing *growing)
{
    struct stat info;

    if (!growing->regular || fstat(growing->fd, &info) < 0) {
        return TIME_UNKNOWN;
    }
    return (int64_t)info.st_mtim.tv_sec * USEC_PER_SEC + info.st_mtim.tv_nsec / 1000;
}

static void describe(const struct source *source, struct source_facts *ret)
{
    const struct growing *growing = (const struct growing *)source;

    *ret = (struct source_facts){
        .name = growing->name,
        .bytes = growing->bytes,
        .file_time_us = modified_us(growing),
        .returns = growing->regular && !growing->borrowed,
        .first = MOMENT_UNKNOWN,
        .last = MOMENT_UNKNOWN,
    };
}

const struct source_type source_growing = {
    .name = "growing",
    .summary = "with -f: a file that is written and rotated, or a pipe",
    .bid = bid,
    .open = growing_open,
    .read = growing_read,
    .wait_fd = wait_fd,
    .wake = wake,
    .describe = describe,
    .close = growing_close,
};
