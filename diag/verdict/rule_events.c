#include "verdict/rule_events.h"

struct rule_events rule_events_of(const struct timeline *timeline, size_t n_rules,
                                  struct arena *arena)
{
    uint32_t *starts = ARENA_ARRAY(arena, uint32_t, n_rules + 2);
    uint32_t *items = ARENA_ARRAY(arena, uint32_t, timeline->n);

    /* One place too far: filling in moves each start to the one of the next rule. */
    for (size_t i = 0; i < timeline->n; i++) {
        starts[timeline->events[i].rule + 2]++;
    }
    for (size_t rule = 2; rule < n_rules + 2; rule++) {
        starts[rule] += starts[rule - 1];
    }
    for (uint32_t i = 0; i < timeline->n; i++) {
        items[starts[timeline->events[i].rule + 1]++] = i;
    }
    return (struct rule_events){ starts, items };
}

uint32_t rule_events_before(const struct rule_events *events, uint32_t rule, uint32_t end)
{
    uint32_t low = events->starts[rule], high = events->starts[rule + 1];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (events->items[middle] < end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > events->starts[rule] ? events->items[low - 1] : NO_EVENT;
}
