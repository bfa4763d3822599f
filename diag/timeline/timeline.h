#ifndef NODECAUSE_TIMELINE_TIMELINE_H
#define NODECAUSE_TIMELINE_TIMELINE_H

#include "rule/rule.h"
#include "timeline/clocks.h"
#include "timeline/event.h"
#include "timeline/hosts.h"

/* All occurrences of a store in the order in which they happened, node by node.
 *
 * Inputs may be newest first, lack the year, or count from the boot: what can be put on one clock
 * is (by the start of its range, where only that is known), and what cannot keeps the order of its lines. Nothing here reads the wall clock. */
struct timeline {
    struct event *events; /* by node, then in the order of happening */
    size_t n;
    const struct span *hosts; /* name of each node; empty where the input does not name it */
    size_t n_nodes;
    const struct node_names *names; /* of those that are known by addresses; NULL: none */
    uint64_t *kept;      /* of each group of the store, how many occurrences the store kept */
    uint64_t *copies;    /* of each group, how many of these were copies, which were removed */
    struct arena *arena; /* of all the above */
};

/* What is known of all inputs beside their signals. Borrowed. */
struct timeline_inputs {
    struct origins origins;  /* of them */
    struct time_range range; /* of the entries whose year is certain */
};

/* Rules, store and inputs are borrowed. Notes where the clock jumped; `notes` may be NULL. The runs of units
 * are not known yet: see timeline/runs.h. */
void timeline_init(struct timeline *timeline, const struct rules *rules, const struct store *store,
                   const struct timeline_inputs *inputs, struct notes *notes);
void timeline_done(struct timeline *timeline);

/* The number of events of the nodes before this one, which are before its own. */
size_t timeline_first_of(const struct timeline *timeline, uint32_t node);
static inline void timeline_done_at(struct timeline *timeline)
{
    timeline_done(timeline);
}

#endif
