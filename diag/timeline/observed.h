#ifndef NODECAUSE_TIMELINE_OBSERVED_H
#define NODECAUSE_TIMELINE_OBSERVED_H

#include "entry/activity.h"
#include "timeline/timeline.h"

/* What was logged on each node, on the clock of its events: whether a component continued to log is
 * asked here, by one of its events. The component's entries are those of the same node, boot and
 * streams; lines that do not say who wrote them count only within one input.
 *
 * Times and lengths are microseconds on the clock of `time_us` of the event, or of `monotonic_us`
 * where the event has no time. */
struct observed;

/* `activity` may be NULL: then nothing was observed. Both are borrowed for the call. */
struct observed *observed_new(const struct activity *activity, const struct timeline *timeline);
void observed_free(struct observed *observed); /* NULL is fine */
DEFINE_CLEANUP(struct observed, observed_free)

/* The first and the last moment of the event's component. False, and both unchanged, when no moment
 * of it is known. */
bool observed_range(const struct observed *observed, const struct event *event, int64_t *ret_first,
                    int64_t *ret_last);

/* Did a component log at `from_us` or before, at `to_us` or after, and between the two without a gap
 * longer than `max_gap_us`? It is the one of the event if the event is of one of these streams, else
 * the one of these streams on the event's node. */
bool observed_covers(const struct observed *observed, const struct event *event, uint64_t streams,
                     int64_t from_us, int64_t to_us, int64_t max_gap_us);

/* The longest stretch of time after `from_us` in which the component logged without a gap longer
 * than `max_gap_us`; 0 when there is none. *ret_moments: the number of moments in it. */
int64_t observed_longest(const struct observed *observed, const struct event *event,
                         int64_t from_us, int64_t max_gap_us, size_t *ret_moments);

/* What is known of one boot of a node, of all that was logged in it. */
struct observed_boot {
    struct span boot;          /* empty: the log does not name boots */
    int64_t first_us, last_us; /* on the node's clock */
    size_t n_moments;
    int64_t since_start_us; /* age of the boot at its first entry; TIME_UNKNOWN */
    uint64_t streams;       /* that logged something, as far as that is known for sure */
};

/* The last boot of the node in which anything was logged on its clock. False: there is none. The boot
 * is borrowed. */
bool observed_last_boot(const struct observed *observed, uint32_t node, struct observed_boot *ret);

#endif
