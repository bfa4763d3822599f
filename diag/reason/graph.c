/* The graph of causes: which candidate explains which, and which are roots. */

#include "reason/graph.h"

/* How many events of the cause are tried for one of the effect, latest first. */
enum {
    MAX_TRIED = 64
};

static bool can_cause(const struct event *cause, const struct event *effect,
                      const struct explains *edge)
{
    int64_t delay;

    if (!event_shares(cause, effect, edge->same)) {
        return false;
    }
    if (!event_distance(cause, effect, &delay)) {
        return true;
    }
    return delay >= -DISORDER_US && (edge->within_us == 0 || delay <= edge->within_us);
}

/* Number of the candidate's events that could have come before `effect`: they are its first
 * ones. */
static size_t events_before(const struct reasoning *it, const struct candidate *cause,
                            const struct event *effect)
{
    size_t low = 0, high = cause->events.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct event *event = reason_event(it, cause->events.items[middle]);
        int64_t delay;
        bool comes_before = event_distance(event, effect, &delay) ? delay >= -DISORDER_US : true;

        if (comes_before) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool has_cause(const struct reasoning *it, const struct candidate *cause, uint32_t effect,
                      const struct explains *edge)
{
    const struct event *event = reason_event(it, effect);
    size_t end = events_before(it, cause, event);

    for (size_t tried = 0; tried < end && tried < MAX_TRIED; tried++) {
        if (can_cause(reason_event(it, cause->events.items[end - 1 - tried]), event, edge)) {
            return true;
        }
    }
    return false;
}

/* Has the event a cause among the findings of the rule: one of them for each value of its key? */
static bool has_cause_of_rule(const struct reasoning *it, const struct candidate *like,
                              uint32_t effect, const struct explains *edge)
{
    for (size_t i = 0; i < it->candidates.n; i++) {
        const struct candidate *cause = &it->candidates.items[i];

        if (cause->rule_index == like->rule_index && cause->node == like->node &&
            !cause->suppressed && !cause->unattributed && has_cause(it, cause, effect, edge)) {
            return true;
        }
    }
    return false;
}

/* A cause explains a finding when it, or all findings of its rule together (four kills, each a
 * finding of its own), account for at least half of what was seen of it; a minority would make the
 * report deny what else is wrong. */
static bool accounts_for(const struct reasoning *it, const struct candidate *cause,
                         const struct candidate *effect, const struct explains *edge)
{
    size_t covered = 0, together = 0;

    for (size_t i = 0; i < effect->events.n; i++) {
        covered += has_cause(it, cause, effect->events.items[i], edge);
    }
    if (covered == 0 || covered * 2 >= effect->events.n) {
        return covered > 0;
    }
    for (size_t i = 0; i < effect->events.n && cause->rule->n_key; i++) {
        together += has_cause_of_rule(it, cause, effect->events.items[i], edge);
    }
    return together * 2 >= effect->events.n;
}

static bool contains(const uint32_t *items, size_t n, uint32_t item)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i] == item) {
            return true;
        }
    }
    return false;
}

static void add_edge(struct reasoning *it, uint32_t cause, uint32_t effect)
{
    struct candidate *from = &it->candidates.items[cause], *to = &it->candidates.items[effect];

    if (contains(from->effects.items, from->effects.n, effect)) {
        return;
    }
    vec_push(&from->effects, effect);
    vec_push(&to->causes, cause);
}

static void link_candidate(struct reasoning *it, uint32_t cause)
{
    const struct candidate *from = &it->candidates.items[cause];

    for (size_t k = 0; k < from->rule->n_explains; k++) {
        const struct explains *edge = &from->rule->explains[k];

        for (uint32_t j = 0; j < it->candidates.n; j++) {
            const struct candidate *to = &it->candidates.items[j];

            if (j != cause && !to->suppressed && to->rule_index == edge->rule &&
                to->node == from->node && accounts_for(it, from, to, edge)) {
                add_edge(it, cause, j);
            }
        }
    }
}

void reason_link(struct reasoning *it)
{
    for (uint32_t i = 0; i < it->candidates.n; i++) {
        if (!it->candidates.items[i].suppressed && !it->candidates.items[i].unattributed) {
            link_candidate(it, i);
        }
    }
}
