#ifndef NODECAUSE_STATE_HOST_H
#define NODECAUSE_STATE_HOST_H

#include "base/buf.h"
#include "state/state.h"

/* Files of this host, or of a tree under `root` ("" for none). Nothing is executed, and nothing
 * that could block is opened: regular files only. */

/* Appends a file's bytes, at most LIMIT_STATE_FILE_BYTES + 1. Negative errno when it cannot be
 * read. */
int host_read(const char *root, const char *path, struct buf *buf);

/* Adds the file as the kind. What is not there is left unknown; what may not be read is noted. */
void host_add_file(struct states *states, const char *kind, const char *root, const char *path,
                   struct notes *notes);

/* Adds every file that one of the blank-separated globs names. */
void host_add_globs(struct states *states, const char *kind, const char *root, const char *globs,
                    struct notes *notes);

/* Calls `visit` with each process of the host, by number. Stops when it returns false. */
void host_each_process(const char *root, bool (*visit)(void *data, const char *root, long pid),
                       void *data);

/* Appends the words of the running kubelet's command line, one a line; -ENOENT when none runs. */
int host_kubelet_command(const char *root, struct buf *buf);

#endif
