#ifndef NODECAUSE_BUNDLE_COMMAND_H
#define NODECAUSE_BUNDLE_COMMAND_H

#include "bundle/tree.h"

/* The command that printed a file, where its collector noted it in a file beside it.
 *
 *   run-host/node-log.txt
 *   run-host/node-log-info.json    {"command":"/usr/bin/journalctl -u kubelet --no-pager", ...}
 *
 * As a path: the folder of the file, then the command without its own folder and without sudo:
 * `run-host/journalctl -u kubelet --no-pager`. `noted` is how the name of that file ends, in place of the ending of the
 * other: `-info.json`. Empty: unknown, or the command was not found. In the tree's arena. */
struct span command_path(struct tree *tree, const struct tree_member *file, const char *noted);

#endif
