/* Archives on a pipe; tee(2) looks at the bytes without taking them. */

#define _GNU_SOURCE /* tee, memfd_create, O_TMPFILE */
#include "bundle/spool.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/span.h"
#include "bundle/pass.h"
#include "source/codec.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PEEK_BYTES = 64 * 1024, /* what a pipe holds */
    TRIES = 10,             /* for the rest of the first bytes, every TRY_MS */
    TRY_MS = 20,
    COPY_BYTES = 256 * 1024
};

/* --- looking --- */

static int64_t read_span(void *data, char *buffer, size_t size)
{
    struct span *rest = data;
    struct span piece = span_head(*rest, size);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    *rest = span_skip(*rest, piece.size);
    return (int64_t)piece.size;
}

static bool is_archive(struct span head)
{
    return pass_is_archive(read_span, &head);
}

/* The bytes that are in the pipe now; waits for the first. */
static size_t peek(int fd, char *buffer, size_t size)
{
    int ends[2];
    ssize_t n;

    if (pipe2(ends, O_CLOEXEC) < 0) {
        return 0;
    }
    (void)poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, -1);
    n = tee(fd, ends[1], size, 0);
    n = n > 0 ? read(ends[0], buffer, (size_t)n) : 0;
    (void)close(ends[0]);
    (void)close(ends[1]);
    return n > 0 ? (size_t)n : 0;
}

/* Of compressed bytes, the first may be too few to know. */
static bool pipe_is_archive(int fd)
{
    char *buffer = alloc_bytes(PEEK_BYTES);
    struct span head = { buffer, 0 };
    bool found = false;

    for (int i = 0; i < TRIES && !found; i++) {
        size_t before = head.size;

        head.size = peek(fd, buffer, PEEK_BYTES);
        found = head.size != before && is_archive(head);
        if (found || !codec_find(head) || head.size == PEEK_BYTES) {
            break;
        }
        (void)poll(NULL, 0, TRY_MS);
    }
    free(buffer);
    return found;
}

static void path_of(int fd, char *ret, size_t size)
{
    (void)snprintf(ret, size, "/proc/self/fd/%d", fd);
}

static bool file_is_archive(int fd)
{
    struct pass_file file = { .name = "-" };
    struct pass *pass;
    char path[64];

    path_of(fd, path, sizeof(path));
    file.path = path;
    if (pass_open(&file, NULL, &pass, NULL) < 0) {
        return false;
    }
    pass_free(pass);
    return true;
}

bool spool_is_archive(int fd)
{
    struct stat info;

    if (fstat(fd, &info) < 0) {
        return false;
    }
    return S_ISREG(info.st_mode) ? file_is_archive(fd)
                                 : S_ISFIFO(info.st_mode) && pipe_is_archive(fd);
}

/* --- copying --- */

static int open_nameless(int64_t *ret_most)
{
    const char *directory = getenv("TMPDIR");
    int fd = open(directory && *directory ? directory : "/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC,
                  0600);

    *ret_most = fd >= 0 ? SPOOL_BYTES : SPOOL_MEMORY_BYTES;
    return fd >= 0 ? fd : memfd_create("archive", MFD_CLOEXEC);
}

static int copy(int from, int to, int64_t most)
{
    char *buffer = alloc_bytes(COPY_BYTES);
    int64_t sum = 0;
    int r = 0;

    while (r >= 0) {
        ssize_t n = read(from, buffer, COPY_BYTES);

        if (n < 0 && errno == EAGAIN) {
            (void)poll(&(struct pollfd){ .fd = from, .events = POLLIN }, 1, -1);
        } else if (n < 0 && errno != EINTR) {
            r = -errno;
        } else if (n == 0) {
            break;
        } else if (n > 0) {
            sum += n;
            r = sum > most ? -EFBIG : file_write(to, (struct span){ buffer, (size_t)n });
        }
    }
    free(buffer);
    return r;
}

static int copy_pipe(int from, struct error *reterr)
{
    int64_t most;
    int to = open_nameless(&most);
    int r = to < 0 ? -errno : copy(from, to, most);

    if (r >= 0) {
        return to;
    }
    if (to >= 0) {
        (void)close(to);
    }
    return error_set(
        reterr, r,
        "an archive from a pipe cannot be copied to a temporary file: %s; save it, and "
        "give the name of the file",
        r == -EFBIG ? "it is too large" : strerror(-r));
}

int spool_open(int fd, struct error *reterr)
{
    char path[64];
    struct stat info;
    int again;

    if (fstat(fd, &info) == 0 && !S_ISREG(info.st_mode)) {
        return copy_pipe(fd, reterr);
    }
    path_of(fd, path, sizeof(path));
    again = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return again >= 0 ? again : error_set(reterr, -errno, "%s", strerror(errno));
}
