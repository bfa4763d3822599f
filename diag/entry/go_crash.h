#ifndef NODECAUSE_ENTRY_GO_CRASH_H
#define NODECAUSE_ENTRY_GO_CRASH_H

#include "base/span.h"

/* Lines that the Go runtime writes when a program crashes. */

/* Does a crash begin with the line: `panic: `, `fatal error: `? */
bool go_crash_is_head(struct span line);

/* Is it a line of the stack dump: `goroutine 1 [running]:`, `main.main()`, `/tmp/x.go:8 +0x1d`? Of
 * a text of several lines the first one counts. */
bool go_crash_is_stack(struct span line);

#endif
