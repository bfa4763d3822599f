#ifndef NODECAUSE_ENTRY_TONE_H
#define NODECAUSE_ENTRY_TONE_H

#include "entry/entry.h"

/* How grave an entry sounds, by what its writer says of it and, where he says nothing, by its
 * words. Knows no particular failure: only how programs speak when one happens. */
enum tone {
    TONE_STACK,   /* a line of a stack dump: says nothing alone */
    TONE_PLAIN,   /* everything else */
    TONE_WARNING, /* klog W, `level=warning`, priority 4; a bare line that speaks of trouble */
    TONE_ERROR,   /* klog E, `level=error`, priority 3; a bare line that speaks of failing */
    TONE_FATAL,   /* klog F, `level=fatal`, `panic: `, priorities 0 to 2: nobody goes on after it */
};

enum tone tone_of_entry(const struct entry *entry);

/* Is the line the head of a crash of the Go runtime: `panic: `, `fatal error: `? */
bool tone_is_panic(struct span line);

/* Is it a line of Go's stack dump, `goroutine 1 [running]:`, `main.main()`, `/tmp/x.go:8 +0x1d`? */
bool tone_is_stack(struct span line);

const char *tone_name(enum tone tone); /* `stack`, `plain`, `warning`, `error`, `fatal` */

#endif
