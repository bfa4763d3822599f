#ifndef NODECAUSE_FORMAT_SYSLOG_H
#define NODECAUSE_FORMAT_SYSLOG_H

#include "base/arena.h"

/* rsyslog writes control characters as `#` and three octal digits: `#011` for a tab, `#033[31m`.
 * Returns the decoded text, in the arena, or the text itself if there are none. */
struct span syslog_unescape(struct span text, struct arena *arena);

#endif
