#ifndef NODECAUSE_ENTRY_GO_CRASH_H
#define NODECAUSE_ENTRY_GO_CRASH_H

#include "base/span.h"

/* Lines that the Go runtime writes when a program crashes. */

/* True if the line is the start of a crash: `panic: `, `fatal error: `. */
bool go_crash_is_head(struct span line);

/* True if it is a line of the stack dump: `goroutine 1 [running]:`, `main.main()`, `/tmp/x.go:8
 * +0x1d`. Of a text with several lines the first one counts. */
bool go_crash_is_stack(struct span line);

#endif
