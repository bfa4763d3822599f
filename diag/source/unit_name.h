#ifndef NODECAUSE_SOURCE_UNIT_NAME_H
#define NODECAUSE_SOURCE_UNIT_NAME_H

#include "base/arena.h"
#include "base/span.h"

/* Names of systemd units on the command line; systemd.unit(5). */

/* True if the name contains `*`, `?` or `[`. */
bool unit_name_is_glob(const char *name);

/* `kubelet` becomes `kubelet.service`; a name with a unit suffix and a glob stay unchanged. In
 * `arena`, or `name` itself. */
const char *unit_name_complete(const char *name, struct arena *arena);

#endif
