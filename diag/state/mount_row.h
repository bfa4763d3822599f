#ifndef NODECAUSE_STATE_MOUNT_ROW_H
#define NODECAUSE_STATE_MOUNT_ROW_H

#include "base/span.h"

/* A line of getmntent(3)'s format, of which /etc/fstab and /proc/mounts are made. */
struct mount_row {
    struct span device, mount, fstype, options, dump, pass; /* the last two may be empty */
};

/* Splits the line; false when it has not the shape. */
bool mount_row_split(struct span line, struct mount_row *ret);

/* Does it look as the kernel writes it: `rw` or `ro` first among the options, `0 0` at the end? */
bool mount_row_of_kernel(const struct mount_row *row);

/* Do the options begin with `rw` or `ro`? */
bool mount_options_of_kernel(struct span options);

#endif
