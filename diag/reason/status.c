/* Whether a finding continues. */

#include "reason/status.h"

#include "reason/silence.h"

/* A unit that started again must run for this time to count as recovered. */
static const int64_t STABLE_US = 30 * USEC_PER_SEC;

/* The longest pause between two of its events, and at least STABLE_US: a shorter silence proves
 * nothing. */
static int64_t longest_pause(const struct reasoning *it, const struct candidate *candidate)
{
    int64_t longest = STABLE_US;

    for (size_t i = 1; i < candidate->events.n; i++) {
        int64_t pause;

        if (event_distance(reason_event(it, candidate->events.items[i - 1]),
                           reason_event(it, candidate->events.items[i]), &pause) &&
            pause > longest) {
            longest = pause;
        }
    }
    return longest;
}

/* The last event of the node, of any rule. */
static const struct event *last_of_node(const struct reasoning *it, uint32_t node)
{
    const struct event *last = NULL;

    for (size_t i = 0; i < it->timeline.n; i++) {
        if (it->timeline.events[i].node == node) {
            last = &it->timeline.events[i];
        }
    }
    return last;
}

static bool recovers(const struct reasoning *it, const struct candidate *by,
                     const struct candidate *candidate)
{
    const struct event *back = reason_last_event(it, by), *bad = reason_last_event(it, candidate);
    const struct event *end = last_of_node(it, candidate->node);
    int64_t since, stable;

    if (!event_distance(bad, back, &since) || since <= 0) {
        return false;
    }
    return event_distance(back, end, &stable) && stable >= 0 &&
           since + stable >= longest_pause(it, candidate);
}

/* It was repeated, and its component continued to log without it. */
static bool fell_silent(struct reasoning *it, struct candidate *candidate)
{
    struct rhythm rhythm = reason_rhythm(it, candidate);
    const char *sentence;

    if (reason_has_ended(it, &rhythm) != IS_TRUE) {
        return false;
    }
    sentence = reason_silence_sentence(it, &rhythm);
    if (sentence) {
        vec_push(&candidate->reasons, sentence);
    }
    return true;
}

enum finding_status reason_find_status(struct reasoning *it, struct candidate *candidate)
{
    struct span boot = reason_last_event(it, candidate)->signal->boot;
    const struct event *end = last_of_node(it, candidate->node);

    for (size_t i = 0; i < candidate->rule->n_recovered_by; i++) {
        for (size_t k = 0; k < it->candidates.n; k++) {
            const struct candidate *other = &it->candidates.items[k];

            if (!other->suppressed && other->rule_index == candidate->rule->recovered_by[i] &&
                other->node == candidate->node && recovers(it, other, candidate)) {
                return STATUS_RECOVERED;
            }
        }
    }
    if (!span_empty(boot) && !span_empty(end->signal->boot) &&
        !span_equal(boot, end->signal->boot)) {
        return STATUS_EARLIER_BOOT;
    }
    return fell_silent(it, candidate) ? STATUS_RECOVERED : STATUS_ONGOING;
}
