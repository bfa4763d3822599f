#ifndef NODECAUSE_STATE_MOUNT_ROW_H
#define NODECAUSE_STATE_MOUNT_ROW_H

#include "base/span.h"

/* A line in the format of getmntent(3), which /etc/fstab and /proc/mounts use. */
struct mount_row {
    struct span device, mount, fstype, options, dump, pass; /* the last two may be empty */
};

/* Splits the line; false if it does not have the format. */
bool mount_row_split(struct span line, struct mount_row *ret);

/* True if it is as the kernel writes it: `rw` or `ro` first among the options, `0 0` at the end. */
bool mount_row_of_kernel(const struct mount_row *row);

/* True if the options start with `rw` or `ro`. */
bool mount_options_of_kernel(struct span options);

#endif
