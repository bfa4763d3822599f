/* The last boot of each node. A boot in which nothing failed has no events, but entries. */

#include "timeline/boots.h"

static void find_in_observed(const struct timeline *timeline, const struct observed *observed,
                             const int64_t *last_us, struct arena *arena, struct span *boots)
{
    for (uint32_t i = 0; i < timeline->n_nodes; i++) {
        struct observed_boot last;

        if (observed_last_boot(observed, i, &last) && !span_empty(last.boot) &&
            (last_us[i] == TIME_UNKNOWN || last.last_us > last_us[i])) {
            boots[i] = arena_copy(arena, last.boot);
        }
    }
}

const struct span *boots_find_last(const struct timeline *timeline, const struct observed *observed,
                                   struct arena *arena)
{
    struct span *boots = ARENA_ARRAY(arena, struct span, timeline->n_nodes);
    int64_t *last_us = ARENA_ARRAY(arena, int64_t, timeline->n_nodes);

    for (size_t i = 0; i < timeline->n_nodes; i++) {
        last_us[i] = TIME_UNKNOWN;
    }
    for (size_t i = 0; i < timeline->n; i++) {
        const struct event *event = &timeline->events[i];

        if (!span_empty(event->signal->boot)) {
            boots[event->node] = event->signal->boot;
            last_us[event->node] = event->time_us;
        }
    }
    find_in_observed(timeline, observed, last_us, arena, boots);
    return boots;
}

bool boots_is_earlier(const struct span *last, const struct event *event)
{
    struct span boot = event->signal->boot;

    return !span_empty(boot) && !span_empty(last[event->node]) &&
           !span_equal(boot, last[event->node]);
}
