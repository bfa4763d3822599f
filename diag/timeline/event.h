#ifndef NODECAUSE_TIMELINE_EVENT_H
#define NODECAUSE_TIMELINE_EVENT_H

#include "entry/notes.h"
#include "signal/store.h"

/* One occurrence of a signal with its place in time: the unit of reasoning. */

#define NO_RUN   UINT32_MAX
#define NO_UNIT  UINT32_MAX
#define NO_EVENT UINT32_MAX

/* Clocks of several writers differ a little: this much disorder is accepted, between lines of one
 * log and between a cause and its effect. In microseconds. */
#define DISORDER_US (2LL * USEC_PER_SEC)

/* All pointers are borrowed from the store. */
struct event {
    const struct occurrence *seen;
    const struct occurrence
        *place;                  /* whose place among the lines gives its order: `seen`, or the copy
                                     * of it in the longer input (timeline/copies.h) */
    const struct signal *signal; /* its facts; message and cursor are valid only when seen->whole */
    uint32_t group;              /* index in the store */
    uint32_t rule, index;        /* the rule, and the signal in it */
    uint32_t node;
    int64_t time_us;      /* on the node's clock; TIME_UNKNOWN when it cannot be put there */
    int64_t monotonic_us; /* since the boot; TIME_UNKNOWN when the log does not have it */
    int64_t earliest_us;  /* without a time: the range that it is in, to earliest_us + spread_us */
    int64_t spread_us;    /* 0: no range is known */
    bool is_first;        /* of an entry that counts several: the last is an event of its own */
    int64_t order;        /* position in its input, oldest first */
    uint32_t source;      /* rank of its input (timeline/sources.h) */
    uint32_t unit;        /* stream of the unit that it is about; NO_UNIT: about no unit */
    uint32_t run; /* of that unit (timeline/runs.h); NO_RUN: not known, or runs_find() has not
                           * been called */
};

/* Time from `a` to `b`, negative when `b` came first. False when they have no clock in common;
 * *ret_us is then untouched. */
bool event_distance(const struct event *a, const struct event *b, int64_t *ret_us);

/* How long after `a` was `b`? Where the log has only the range of a moment, the answer is one too. */
struct gap {
    int64_t least_us, most_us;
};

/* False when they have no clock in common; *ret is then untouched. */
bool event_gap(const struct event *a, const struct event *b, struct gap *ret);

/* Its time on the node's clock, else since the boot; TIME_UNKNOWN without any. */
static inline int64_t event_clock(const struct event *event)
{
    return event->time_us != TIME_UNKNOWN ? event->time_us : event->monotonic_us;
}

/* Do both have in common what `same` (a set of enum same) asks for? What is unknown for one of them
 * does not separate them. */
bool event_shares(const struct event *a, const struct event *b, unsigned same);

/* As the log has it, completed by the year of other logs or by the time that the clock of the boot
 * gives. */
struct moment event_moment(const struct event *event);

/* Were both read from the same record? */
bool event_same_record(const struct event *a, const struct event *b);

#endif
