#ifndef NODECAUSE_STATE_STATFS_TEXT_H
#define NODECAUSE_STATE_STATFS_TEXT_H

#include "base/buf.h"

/* Appends the output that `df -kT` (or `df -iT`) would print on this host, or for the tree under
 * `root`. Only file systems on local devices are queried: statvfs(3) on a dead network mount never
 * returns. */
void statfs_text(const char *root, bool inodes, struct buf *buf);

#endif
