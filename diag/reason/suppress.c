/* Rules that suppress others: `suppresses:`. */

#include "reason/suppress.h"

/* Without `same`: both speak of the same record. */
static bool is_company(const struct event *a, const struct event *b, unsigned same)
{
    return same ? event_shares(a, b, same) : event_same_record(a, b);
}

static bool has_company(const struct reasoning *it, const struct candidate *candidate,
                        uint32_t event, unsigned same)
{
    for (size_t i = 0; i < candidate->events.n; i++) {
        if (is_company(reason_event(it, candidate->events.items[i]), reason_event(it, event),
                       same)) {
            return true;
        }
    }
    return false;
}

/* Takes from `victim` what the suppressing candidate accounts for; without anything left it is silent.
 */
static void suppress(const struct reasoning *it, const struct candidate *by,
                     struct candidate *victim, unsigned same)
{
    size_t kept = 0;

    for (size_t i = 0; i < victim->events.n; i++) {
        if (!has_company(it, by, victim->events.items[i], same)) {
            victim->events.items[kept++] = victim->events.items[i];
        }
    }
    victim->events.n = kept;
    victim->suppressed = kept == 0;
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
