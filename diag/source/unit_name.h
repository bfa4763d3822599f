#ifndef NODECAUSE_SOURCE_UNIT_NAME_H
#define NODECAUSE_SOURCE_UNIT_NAME_H

#include "base/arena.h"
#include "base/span.h"

/* Names of systemd units as people type them; systemd.unit(5). */

/* Does the name hold `*`, `?` or `[`? */
bool unit_name_is_glob(const char *name);

/* `kubelet` reads `kubelet.service`; a name with a unit's suffix and a glob stay as they are. In
 * `arena`, or `name` itself. */
const char *unit_name_complete(const char *name, struct arena *arena);

#endif
