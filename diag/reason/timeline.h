#ifndef NODECAUSE_REASON_TIMELINE_H
#define NODECAUSE_REASON_TIMELINE_H

#include "entry/notes.h"
#include "rule/rule.h"
#include "signal/store.h"

/* All occurrences of a store in the order in which they happened, node by node.
 *
 * Inputs may stand newest first, lack the year, or count from the boot: what can be put on one
 * clock is, and what cannot keeps the order of its lines. Nothing here asks the wall clock. */

enum {
    NO_LIFE = UINT32_MAX,
    NO_UNIT = UINT32_MAX
};

/* Logs of several writers are out of step by a little: so much disorder is forgiven, between lines
 * of one log and between a cause and its effect. */
#define DISORDER_US (2LL * USEC_PER_SEC)

struct event {
    const struct occurrence *seen;
    const struct signal *signal; /* whose facts it says; message and cursor only when seen->whole */
    uint32_t group;
    uint32_t rule, index; /* the rule, and the signal in it */
    uint32_t node;
    int64_t time_us;      /* on the node's clock; TIME_UNKNOWN when it cannot be put there */
    int64_t monotonic_us; /* TIME_UNKNOWN when not said */
    int64_t order;        /* position in its input, in the order of happening */
    uint32_t unit;        /* stream whose life it is about; NO_UNIT: none */
    uint32_t life;        /* index into lives; NO_LIFE: not part of one */
};

/* One run of a unit's process, from its start to its exit. */
struct life {
    uint32_t node, unit;
    uint32_t first, last; /* events */
    bool begun, ended;    /* its start, its end stands in the log */
    bool begun_itself;    /* the start was told by the process */
    bool named;           /* its PID or invocation id is known */
};

struct timeline {
    struct event *events; /* by node, then in the order of happening */
    size_t n;
    struct span *hosts; /* name of each node; empty where the input names none */
    size_t n_nodes;
    struct life *lives;
    size_t n_lives;
    uint64_t *kept;      /* of each group of the store, how many events it has here */
    struct arena *arena; /* of all the above */
};

/* Notes where the clock jumped. `notes` may be NULL. */
void timeline_init(struct timeline *timeline, const struct rules *rules, const struct store *store,
                   struct notes *notes);
void timeline_done(struct timeline *timeline);
static inline void timeline_done_at(struct timeline *timeline)
{
    timeline_done(timeline);
}

/* Assigns the events to lives, and notes where the log begins in the middle of one; called by
 * timeline_init(). In lives.c. */
void timeline_find_lives(struct timeline *timeline, const struct rules *rules, struct notes *notes);

/* How long after `a` did `b` happen (negative: before)? False when nothing tells. */
bool event_distance(const struct event *a, const struct event *b, int64_t *ret_us);

/* Do both have what `same` asks for in common? What is not known of one of them separates nothing.
 */
bool event_shares(const struct event *a, const struct event *b, unsigned same);

/* Were both read from the same record? */
bool event_same_record(const struct event *a, const struct event *b);

#endif
