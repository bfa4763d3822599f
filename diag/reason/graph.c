/* The graph of causes: which candidate explains which, and which are roots. */

#include "reason/graph.h"

/* How many events of the cause are tried for one of the effect, latest first. */
enum {
    MAX_TRIED = 64
};

/* Unknown where only a part of the range of their times allows it. */
static enum tristate can_cause(const struct event *cause, const struct event *effect,
                               const struct explains *edge)
{
    int64_t within_us = edge->within_us ? edge->within_us : INT64_MAX;
    struct gap delay;

    if (!event_shares(cause, effect, edge->same)) {
        return IS_FALSE;
    }
    if (!event_gap(cause, effect, &delay)) {
        return IS_TRUE;
    }
    if (delay.most_us < -DISORDER_US || delay.least_us > within_us) {
        return IS_FALSE;
    }
    return delay.least_us >= -DISORDER_US && delay.most_us <= within_us ? IS_TRUE : IS_UNKNOWN;
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
        struct gap delay;
        bool comes_before = !event_gap(event, effect, &delay) || delay.most_us >= -DISORDER_US;

        if (comes_before) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static enum tristate has_cause(const struct reasoning *it, const struct candidate *cause,
                               uint32_t effect, const struct explains *edge)
{
    const struct event *event = reason_event(it, effect);
    size_t end = events_before(it, cause, event);
    enum tristate answer = IS_FALSE;

    for (size_t tried = 0; tried < end && tried < MAX_TRIED && answer != IS_TRUE; tried++) {
        enum tristate can =
            can_cause(reason_event(it, cause->events.items[end - 1 - tried]), event, edge);

        answer = can == IS_FALSE ? answer : can;
    }
    return answer;
}

/* Has the event a cause among the findings of the rule: one of them for each value of its key? */
static enum tristate has_cause_of_rule(const struct reasoning *it, const struct candidate *like,
                                       uint32_t effect, const struct explains *edge)
{
    enum tristate answer = IS_FALSE;

    for (size_t i = 0; i < it->candidates.n; i++) {
        const struct candidate *cause = &it->candidates.items[i];
        enum tristate has = IS_FALSE;

        if (cause->rule_index == like->rule_index && cause->node == like->node &&
            !cause->suppressed && !cause->unattributed) {
            has = has_cause(it, cause, effect, edge);
        }
        if (has == IS_TRUE) {
            return IS_TRUE;
        }
        answer = has == IS_UNKNOWN ? has : answer;
    }
    return answer;
}

/* Of the events of an effect, how many a cause accounts for. */
struct coverage {
    size_t sure, possible;
    size_t n;
};

static void coverage_add(struct coverage *coverage, enum tristate has)
{
    coverage->sure += has == IS_TRUE;
    coverage->possible += has != IS_FALSE;
    coverage->n++;
}

/* At least half of them. */
static enum tristate is_half(const struct coverage *coverage)
{
    return coverage->sure * 2 >= coverage->n       ? IS_TRUE
           : coverage->possible * 2 >= coverage->n ? IS_UNKNOWN
                                                   : IS_FALSE;
}

/* A cause explains a finding when it, or all findings of its rule together (four kills, each a
 * finding of its own), account for at least half of what was seen of it; a minority would make the
 * report deny what else is wrong. */
static enum tristate accounts_for(const struct reasoning *it, const struct candidate *cause,
                                  const struct candidate *effect, const struct explains *edge)
{
    struct coverage alone = { 0 }, together = { 0 };

    for (size_t i = 0; i < effect->events.n; i++) {
        coverage_add(&alone, has_cause(it, cause, effect->events.items[i], edge));
    }
    if (alone.possible == 0 || is_half(&alone) == IS_TRUE || cause->rule->n_key == 0) {
        return alone.possible == 0 ? IS_FALSE : is_half(&alone);
    }
    for (size_t i = 0; i < effect->events.n; i++) {
        coverage_add(&together, has_cause_of_rule(it, cause, effect->events.items[i], edge));
    }
    return is_half(&together);
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

static void add_edge(struct reasoning *it, uint32_t cause, uint32_t effect, enum tristate holds)
{
    struct candidate *from = &it->candidates.items[cause], *to = &it->candidates.items[effect];

    if (holds == IS_FALSE || contains(from->effects.items, from->effects.n, effect)) {
        return;
    }
    if (holds == IS_UNKNOWN) {
        to->doubted = from->rule->id;
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
                to->node == from->node) {
                add_edge(it, cause, j, accounts_for(it, from, to, edge));
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
