/* Rules that suppress others: `suppresses:`. */

#include "reason/suppress.h"

/* Without `same`: both come from the same record. */
static bool is_shared(const struct event *a, const struct event *b, unsigned same)
{
    return same ? event_shares(a, b, same) : event_same_record(a, b);
}

static bool is_accounted_for(const struct reasoning *it, const struct candidate *candidate,
                             uint32_t event, unsigned same)
{
    for (size_t i = 0; i < candidate->events.n; i++) {
        if (is_shared(reason_event(it, candidate->events.items[i]), reason_event(it, event),
                      same)) {
            return true;
        }
    }
    return false;
}

/* Takes from `other` the events that the suppressing candidate accounts for. */
static void suppress(const struct reasoning *it, const struct candidate *by,
                     struct candidate *other, unsigned same)
{
    size_t kept = 0;

    for (size_t i = 0; i < other->events.n; i++) {
        if (!is_accounted_for(it, by, other->events.items[i], same)) {
            other->events.items[kept++] = other->events.items[i];
        }
    }
    other->events.n = kept;
    other->suppressed = kept == 0;
}

void reason_suppress(struct reasoning *it)
{
    for (size_t i = 0; i < it->candidates.n; i++) {
        const struct candidate *candidate = &it->candidates.items[i];

        for (size_t k = 0; k < candidate->rule->n_suppresses; k++) {
            for (size_t j = 0; j < it->candidates.n; j++) {
                struct candidate *other = &it->candidates.items[j];

                if (other->rule_index == candidate->rule->suppresses[k].rule &&
                    other->node == candidate->node && !other->suppressed && other != candidate) {
                    suppress(it, candidate, other, candidate->rule->suppresses[k].same);
                }
            }
        }
    }
}
