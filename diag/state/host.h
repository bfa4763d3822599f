#ifndef NODECAUSE_STATE_HOST_H
#define NODECAUSE_STATE_HOST_H

#include "base/buf.h"

#include <stdbool.h>

/* Files of this host, or of a tree under `root` ("" for the host). Executes nothing, and opens only
 * regular files, so it cannot block. */

/* Appends the contents of a file, at most LIMIT_STATE_FILE_BYTES + 1 bytes. Negative errno on
 * failure. */
int host_read(const char *root, const char *path, struct buf *buf);

/* The same for a path that has its root in it. */
int host_read_path(const char *path, struct buf *buf);

/* Calls `visit` with the PID of each process of the host. Stops if it returns false. */
void host_each_process(const char *root, bool (*visit)(void *data, const char *root, long pid),
                       void *data);

/* Appends the arguments of the running kubelet, one per line; -ENOENT if none runs. */
int host_kubelet_command(const char *root, struct buf *buf);

#endif
