#ifndef NODECAUSE_ENTRY_SEVERITY_HINT_H
#define NODECAUSE_ENTRY_SEVERITY_HINT_H

#include "entry/entry.h"

/* How severe an entry reads: by the level that its writer gave it or, without one, by its words.
 * Knows no particular failure, only how programs report one. */
enum severity_hint {
    HINT_STACK,   /* a line of a stack dump: means nothing alone */
    HINT_PLAIN,   /* everything else */
    HINT_WARNING, /* klog W, `level=warning`, priority 4; without a level: mentions trouble */
    HINT_ERROR,   /* klog E, `level=error`, priority 3; without a level: mentions a failure */
    HINT_FATAL,   /* klog F, `level=fatal`, `panic: `, priorities 0 to 2: the program ends */
};

enum severity_hint severity_hint_of(const struct entry *entry);

/* `stack`, `plain`, `warning`, `error`, `fatal`. Static. */
const char *severity_hint_name(enum severity_hint hint);

#endif
