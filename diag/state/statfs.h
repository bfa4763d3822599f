#ifndef NODECAUSE_STATE_STATFS_H
#define NODECAUSE_STATE_STATFS_H

#include "state/state.h"

/* Adds, as the kind, the output that `df -kT` (or `df -iT`) would print on this host, or for the
 * tree under `root`. Only file systems on local devices are queried: statvfs(3) on a dead network
 * mount never returns. */
void statfs_add(struct states *states, const char *kind, const char *root, bool inodes,
                struct notes *notes);

#endif
