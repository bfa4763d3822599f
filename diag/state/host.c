/* Files of this host, or of a tree under a root. */

#include "state/host.h"

#include "base/file.h"
#include "base/limits.h"
#include "state/rows.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

int host_read_path(const char *path, struct buf *buf)
{
    return file_read_regular(NULL, path, LIMIT_STATE_FILE_BYTES, buf);
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
