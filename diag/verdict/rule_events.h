#ifndef NODECAUSE_VERDICT_RULE_EVENTS_H
#define NODECAUSE_VERDICT_RULE_EVENTS_H

#include "timeline/timeline.h"

/* The events of each rule, in the order of the timeline, so that those of one rule are found without a
 * look at all others. */
struct rule_events {
    const uint32_t *starts; /* for each rule, and for the end: its first place in `items` */
    const uint32_t *items;  /* indexes of events */
};

/* In `arena`. */
struct rule_events rule_events_of(const struct timeline *timeline, size_t n_rules,
                                  struct arena *arena);

/* The latest event of the rule before the event `end`; NO_EVENT when there is none. */
uint32_t rule_events_before(const struct rule_events *events, uint32_t rule, uint32_t end);

#endif
