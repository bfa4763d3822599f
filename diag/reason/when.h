#ifndef NODECAUSE_REASON_WHEN_H
#define NODECAUSE_REASON_WHEN_H

#include "state/ask.h"
#include "timeline/observed.h"
#include "timeline/runs.h"

/* Answers the trees of `when:` and `if:`. */
struct when_scope {
    const struct timeline *timeline;
    const struct rule *rule;
    const uint32_t *events; /* indexes of the rule's events that count here, in order */
    size_t n_events;
    const enum tristate *states; /* the answers to the rule's state questions */
    const struct runs *runs;     /* found by runs_find() */
    const struct observed *observed;
};

/* True, false or unknown. An unknown state stays unknown through `all`, `any` and `none`, so
 * that no conclusion is drawn from a file that is missing. That a signal is absent in a window is unknown
 * unless the process that logs it was alive and logged until the end of the window. */
enum tristate when_ask(const struct when *when, const struct when_scope *scope);

/* Does the tree conclude something from what is absent (absent, none, unknown)? Blind spots of
 * the input weaken such a conclusion. */
bool when_needs_silence(const struct when *when);

#endif
