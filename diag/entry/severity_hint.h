#ifndef NODECAUSE_ENTRY_SEVERITY_HINT_H
#define NODECAUSE_ENTRY_SEVERITY_HINT_H

#include "entry/entry.h"

/* The apparent severity of an entry: from the severity that its writer set or, without one, from
 * its words. Knows only how programs report failures in general. */
enum severity_hint {
    HINT_STACK,   /* a line of a stack dump: without meaning alone */
    HINT_PLAIN,   /* anything else */
    HINT_WARNING, /* klog W, `level=warning`, priority 4; without a level: mentions a problem */
    HINT_ERROR,   /* klog E, `level=error`, priority 3; without a level: mentions a failure */
    HINT_FATAL,   /* klog F, `level=fatal`, `panic: `, priorities 0 to 2: the program exits */
};

enum severity_hint severity_hint_of(const struct entry *entry);

/* `stack`, `plain`, `warning`, `error`, `fatal`. Static. */
const char *severity_hint_name(enum severity_hint hint);

#endif
