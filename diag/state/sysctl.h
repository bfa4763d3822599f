#ifndef NODECAUSE_STATE_SYSCTL_H
#define NODECAUSE_STATE_SYSCTL_H

#include "state/rows.h"

/* Splits `name = value`, as sysctl(8) prints it and sysctl.d(5) has it: there also `name=value`,
 * `-name=value` and `a/b/c`; and `/proc/sys/a/b = value`. `value` may hold blanks and may be empty.
 * False for anything whose first part is no directory of /proc/sys. */
bool sysctl_split(struct span line, struct span *ret_name, struct span *ret_value);

/* Adds the setting, its name with dots. */
void sysctl_add(struct rows *rows, struct span line, struct span name, struct span value);

/* Is it printed by sysctl(8): blanks around the sign, no leading `-`? */
bool sysctl_is_output(struct span line);

#endif
