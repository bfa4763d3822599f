#ifndef NODECAUSE_REASON_REASONING_H
#define NODECAUSE_REASON_REASONING_H

#include "reason/candidate.h"
#include "reason/node_facts.h"
#include "timeline/observed.h"
#include "timeline/runs.h"

/* What reasoning works on. All but the states and the candidates is borrowed. */
struct reasoning {
    const struct rules *rules;
    const struct store *store;
    const struct notes *notes; /* may be NULL */
    struct report *report;     /* whose arena holds all that is reported */
    const struct timeline *timeline;
    const struct runs *runs; /* of that timeline */
    const struct observed *observed;
    const struct span *boots;            /* the last one read of each node */
    const struct node_facts *node_facts; /* of each node */
    struct candidates candidates;
    struct states **states;        /* the tables of each node */
    const enum tristate **answers; /* of each rule, to its state questions about the node at work */
    const struct state_row *const **answer_rows;
};

static inline const struct event *reason_event(const struct reasoning *it, uint32_t index)
{
    return &it->timeline->events[index];
}

static inline const struct event *reason_first_event(const struct reasoning *it,
                                                     const struct candidate *candidate)
{
    return reason_event(it, candidate->events.items[0]);
}

static inline const struct event *reason_last_event(const struct reasoning *it,
                                                    const struct candidate *candidate)
{
    return reason_event(it, candidate->events.items[candidate->events.n - 1]);
}

/* The signal of the rule that the event is an occurrence of. */
static inline const struct signal_rule *reason_signal_rule(const struct reasoning *it,
                                                           const struct event *event)
{
    return &it->rules->items[event->rule].signals[event->index];
}

/* Does the event before `at` in this list come from the same record? Events of one record are
 * neighbours; of an entry that counts several, the last occurrence is the one that counts. */
static inline bool reason_is_repeated(const struct reasoning *it, const uint32_t *events, size_t at)
{
    const struct event *event = reason_event(it, events[at]);
    const struct event *before = at > 0 ? reason_event(it, events[at - 1]) : NULL;

    return event->is_first || (before && !before->is_first && event_same_record(before, event));
}

#endif
