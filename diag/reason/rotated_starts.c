/* Where the log begins in the middle of a run. */

#include "reason/rotated_starts.h"

#include "base/alloc.h"

#include <stdlib.h>

/* Is something wrong in this run? */
static bool is_troubled(const struct timeline *timeline, const struct rules *rules,
                        const struct runs *runs, uint32_t run)
{
    const struct run *it = &runs->items[run];

    for (size_t i = it->first; i <= it->last; i++) {
        if (timeline->events[i].run == run &&
            rules->items[timeline->events[i].rule].severity >= RULE_ERROR) {
            return true;
        }
    }
    return false;
}

/* Does the log have the start of a later run of this unit, so that it would have this one's too? */
static bool has_later_start(const struct timeline *timeline, const struct runs *runs, uint32_t run)
{
    const struct run *first = &runs->items[run];

    for (size_t i = run + 1; i < runs->n; i++) {
        const struct run *later = &runs->items[i];

        if (later->node == first->node && later->unit == first->unit && later->begun &&
            timeline->events[later->first].seen->input ==
                timeline->events[first->first].seen->input) {
            return true;
        }
    }
    return false;
}

void rotated_starts_note(const struct timeline *timeline, const struct runs *runs,
                         const struct rules *rules, struct notes *notes)
{
    uint64_t *seen = alloc_zeroed(timeline->n_nodes, sizeof(*seen)); /* units of each node */

    for (uint32_t i = 0; i < runs->n; i++) {
        const struct run *run = &runs->items[i];
        struct span unit = span_of(rules->streams.items[run->unit].name);

        if (seen[run->node] >> run->unit & 1) {
            continue;
        }
        seen[run->node] |= UINT64_C(1) << run->unit;
        if (!run->begun && is_troubled(timeline, rules, runs, i) &&
            has_later_start(timeline, runs, i)) {
            notes_add(
                notes, NOTE_ROTATED_START, unit, /* line= */ 0,
                "the log begins in the middle of a run; the cause of its trouble may be missing");
        }
    }
    free(seen);
}
