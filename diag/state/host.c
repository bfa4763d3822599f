/* Files of this host, or of a tree under a root. */

#include "state/host.h"

#include "base/limits.h"
#include "state/rows.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Only regular files are read: opening a FIFO or device under an untrusted root could block or have
 * side effects. */
static int open_regular(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd < 0) {
        return -errno;
    }
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return -EINVAL;
    }
    return fd;
}

static int read_all(int fd, struct buf *buf)
{
    enum {
        CHUNK = 16 * 1024
    };
    size_t most = buf->size + LIMIT_STATE_FILE_BYTES;

    while (buf->size <= most) {
        size_t room = most + 1 - buf->size < CHUNK ? most + 1 - buf->size : CHUNK;
        ssize_t n = read(fd, buf_reserve(buf, room), room);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return -errno;
        }
        if (n == 0) {
            break;
        }
        buf->size += (size_t)n;
    }
    return 0;
}

int host_read_path(const char *path, struct buf *buf)
{
    int fd = open_regular(path);
    int r;

    if (fd < 0) {
        return fd;
    }
    r = read_all(fd, buf);
    close(fd);
    return r;
}

int host_read(const char *root, const char *path, struct buf *buf)
{
    CLEANUP(buf_done_at) struct buf whole = { 0 };

    buf_printf(&whole, "%s%s", root, path);
    return host_read_path(whole.data, buf);
}

void host_each_process(const char *root, bool (*visit)(void *data, const char *root, long pid),
                       void *data)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    struct dirent *item;
    uint64_t pid;
    DIR *dir;

    buf_printf(&path, "%s/proc", root);
    dir = opendir(path.data);
    if (!dir) {
        return;
    }
    while ((item = readdir(dir))) {
        if (span_to_uint(span_of(item->d_name), &pid) && pid <= INT32_MAX &&
            !visit(data, root, (long)pid)) {
            break;
        }
    }
    closedir(dir);
}

/* Reads the command line into `buf` (a struct buf) if the process is a kubelet. */
static bool take_kubelet(void *data, const char *root, long pid)
{
    static const char *const names[] = { "kubelet", "kubelite", NULL };
    struct buf *buf = data;
    char path[64];
    struct span program;
    size_t i;

    buf_clear(buf);
    snprintf(path, sizeof(path), "/proc/%ld/cmdline", pid);
    if (host_read(root, path, buf) < 0 || buf->size == 0) {
        return true;
    }
    program = span_of(buf->data);
    if (!word_among(path_base(program), names)) {
        buf_clear(buf);
        return true;
    }
    for (i = 0; i < buf->size; i++) {
        if (buf->data[i] == '\0') {
            buf->data[i] = '\n';
        }
    }
    return false;
}

int host_kubelet_command(const char *root, struct buf *buf)
{
    CLEANUP(buf_done_at) struct buf found = { 0 };

    host_each_process(root, take_kubelet, &found);
    if (found.size == 0) {
        return -ENOENT;
    }
    buf_add(buf, buf_span(&found));
    return 0;
}
