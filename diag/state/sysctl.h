#ifndef NODECAUSE_STATE_SYSCTL_H
#define NODECAUSE_STATE_SYSCTL_H

#include "state/rows.h"

/* Splits `name = value`, as printed by sysctl(8) or written in sysctl.d(5) (there also
 * `name=value`, `-name=value` and `a/b/c`), and `/proc/sys/a/b = value`. `value` may contain spaces
 * and may be empty. False for anything whose first component is not a directory of /proc/sys. */
bool sysctl_split(struct span line, struct span *ret_name, struct span *ret_value);

/* Adds the setting, with dots in its name. */
void sysctl_add(struct rows *rows, struct span line, struct span name, struct span value);

/* True if it is in the format of sysctl(8): spaces around the sign, no leading `-`. */
bool sysctl_is_output(struct span line);

#endif
