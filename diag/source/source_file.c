/* Bytes of a regular file, a pipe, a FIFO, a character device, or standard input (`-`),
 * decompressed; read(2). */

#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include "base/alloc.h"
#include "base/file.h"
#include "source/block_ring.h"
#include "source/inflate.h"
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    PIPE_BYTES = 1024 * 1024, /* as many as the system allows to all users */
    LITTLE_BYTES = 64 * 1024, /* what a pipe holds that is not widened */
    PAUSE_US = 1000
};

struct file {
    int fd;
    const struct source_request *request;
    struct block_ring *ring; /* of which blocks are taken; NULL: bytes are read */
    bool device;   /* such as /dev/kmsg, which would block: only what is available now is read */
    bool pipe;     /* another program writes while this one reads */
    bool is_ahead; /* of it: the last read brought little */
    bool borrowed; /* standard input must not be closed */
    char *name;
    int64_t time_us;
    uint64_t bytes; /* decompressed */
    struct inflate *inflate;
    bool has_thread; /* of the inflate */
};

static int bid(const struct source_request *request, struct span head)
{
    (void)head;
    return request->path ? SOURCE_FALLBACK : SOURCE_NO;
}

static int explain(const char *path, int code, struct error *reterr)
{
    switch (code) {
    case -ENOENT:
    case -ENOTDIR:
        return error_set_at(reterr, code, path, 0, 0, "no such file");
    case -EACCES:
    case -EPERM:
        return error_set_at(reterr, code, path, 0, 0, "permission denied; try again with sudo");
    case -EISDIR:
        return error_set_at(reterr, code, path, 0, 0,
                            "a directory without journal files; give the files in it");
    default:
        return error_set_at(reterr, code, path, 0, 0, "cannot open it: %s", strerror(-code));
    }
}

static int open_path(const struct source_request *request, struct error *reterr)
{
    const char *path = request->path;
    int fd = request->below           ? file_open_regular(request->below, path)
             : strcmp(path, "-") == 0 ? STDIN_FILENO
                                      : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    return fd >= 0 ? fd : explain(path, request->below ? fd : -errno, reterr);
}

/* Of a regular file that is not compressed; else 0. */
static uint64_t size_of(const struct file *file)
{
    struct stat info;
    bool plain =
        fstat(file->fd, &info) == 0 && S_ISREG(info.st_mode) && !inflate_name(file->inflate);

    return plain ? (uint64_t)info.st_size : 0;
}

/* The time of the file gives the year of timestamps without one. The time of a pipe is that of its
 * last byte, which does not show the age of its content. */
static int64_t modified_us(const struct stat *info)
{
    if (!S_ISREG(info->st_mode)) {
        return TIME_UNKNOWN;
    }
    return (int64_t)info->st_mtim.tv_sec * USEC_PER_SEC + info->st_mtim.tv_nsec / 1000;
}

static void file_close(struct source *source)
{
    struct file *file = (struct file *)source;

    if (!file) {
        return;
    }
    inflate_free(file->inflate);
    block_ring_free(file->ring);
    if (!file->borrowed) {
        (void)close(file->fd);
    }
    free(file->name);
    free(file);
}

/* The writer continues while a block is diagnosed. Where the system refuses, it waits more often. */
static void widen(const struct file *file)
{
    if (file->pipe) {
        (void)fcntl(file->fd, F_SETPIPE_SZ, PIPE_BYTES);
    }
}

/* A reader that is faster than the writer is woken by each of its writes, of 4 KiB, at the cost of both: it lets more
 * come in. */
static void pause_if_ahead(const struct file *file)
{
    if (file->is_ahead) {
        (void)nanosleep(&(struct timespec){ .tv_nsec = PAUSE_US * 1000L }, NULL);
    }
}

/* The descriptor may have been made non-blocking by its owner; then wait. */
static int64_t read_raw(void *source, char *buffer, size_t size)
{
    struct file *file = source;

    for (;;) {
        ssize_t n;

        if (file->device && poll(&(struct pollfd){ .fd = file->fd, .events = POLLIN }, 1, 0) == 0) {
            return 0;
        }
        pause_if_ahead(file);
        n = read(file->fd, buffer, size);
        if (n >= 0) {
            file->is_ahead = file->pipe && n < LITTLE_BYTES && (size_t)n < size;
            return n;
        }
        if (file->device && errno == EPIPE) {
            continue; /* the kernel has overwritten the next records; the gap is visible in its
                       * sequence numbers */
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            (void)poll(&(struct pollfd){ .fd = file->fd, .events = POLLIN }, 1, -1);
        } else if (errno != EINTR) {
            return -errno;
        }
    }
}

static int file_open(const struct source_request *request, struct source **ret,
                     struct error *reterr)
{
    int fd = open_path(request, reterr);
    struct file *file;
    struct stat info;
    int r = 0;

    if (fd < 0) {
        return fd;
    }
    file = ALLOC(struct file);
    file->fd = fd;
    file->borrowed = fd == STDIN_FILENO;
    file->name = alloc_string(request->path);
    file->request = request;
    if (fstat(fd, &info) < 0) {
        r = -errno;
    } else if (S_ISDIR(info.st_mode)) {
        r = -EISDIR;
    } else {
        file->device = S_ISCHR(info.st_mode) && !isatty(fd);
        file->pipe = S_ISFIFO(info.st_mode);
        widen(file);
    }
    file->inflate = inflate_new(read_raw, file, file->name, request->notes);
    if (r >= 0) {
        r = inflate_open(file->inflate, reterr);
    }
    if (r < 0) {
        file_close((struct source *)file);
        return explain(request->path, r, reterr);
    }
    file->time_us = modified_us(&info);
    file->has_thread =
        request->threads > 1 && S_ISREG(info.st_mode) && inflate_start_thread(file->inflate);
    *ret = (struct source *)file;
    return 0;
}

static int64_t read_file(struct source *source, char *buffer, size_t size)
{
    struct file *file = (struct file *)source;
    int64_t n = inflate_read(file->inflate, buffer, size);

    file->bytes += n > 0 ? (uint64_t)n : 0;
    return n;
}

static void describe(const struct source *source, struct source_facts *ret)
{
    const struct file *file = (const struct file *)source;

    *ret = (struct source_facts){
        .name = file->name,
        .size = size_of(file),
        .bytes = file->bytes,
        .file_time_us = file->time_us,
        .threads = file->has_thread || file->pipe ? 1 : 0, /* the writer needs a processor, too */
        .first = MOMENT_UNKNOWN,
        .last = MOMENT_UNKNOWN,
    };
}

/* --- blocks --- */

enum {
    MUCH_BYTES = 2 * BLOCK_RING_BYTES /* less is read faster than a thread starts */
};

/* Blocks begin where reading ends: nothing is left that was read in advance. */
static bool can_take(const struct file *file)
{
    return file->request->filter && size_of(file) >= file->bytes + MUCH_BYTES &&
           lseek(file->fd, 0, SEEK_CUR) == (off_t)file->bytes;
}

static int take(struct source *source, struct text_block *ret)
{
    struct file *file = (struct file *)source;
    int r;

    if (!file->ring && can_take(file)) {
        file->ring = block_ring_new(file->fd, file->bytes, SOURCE_BLOCKS_BEFORE,
                                    file->request->filter, file->request->threads > 1);
    }
    if (!file->ring) {
        return -ENOTSUP;
    }
    r = block_ring_take(file->ring, ret);
    if (r > 0) {
        file->bytes += ret->bytes.size;
    }
    return r;
}

static void give_back(struct source *source, uint64_t offset)
{
    const struct file *file = (const struct file *)source;

    if (file->ring) {
        block_ring_give_back(file->ring, offset);
    }
}

/* Blocks that were not taken are read again. */
static int64_t read_on(struct source *source, char *buffer, size_t size)
{
    struct file *file = (struct file *)source;

    if (file->ring) {
        block_ring_free(file->ring);
        file->ring = NULL;
        (void)lseek(file->fd, (off_t)file->bytes, SEEK_SET);
    }
    return read_file(source, buffer, size);
}

const struct source_type source_file = {
    .name = "file",
    .summary = "a file, a pipe or standard input",
    .bid = bid,
    .open = file_open,
    .read = read_on,
    .take = take,
    .give_back = give_back,
    .describe = describe,
    .close = file_close,
};
