/* From records to occurrences.
 *
 *   kubelet.service: Main process exited, code=exited, status=1/FAILURE
 *   kubelet.service: Failed with result 'exit-code'.                      once, not twice */

#include "reason/occurrences.h"

#include "base/alloc.h"

#include <stdlib.h>

/* Lines about one moment follow each other at once. */
static const int64_t MOMENT_US = USEC_PER_SEC;

enum {
    MAX_MEMBERS = 8 /* different lines about one moment */
};

/* The occurrence that the events are just about. */
struct moment_of_events {
    const struct event *members[MAX_MEMBERS];
    size_t n;
};

/* A run ends once, whatever is logged about its end. */
static bool is_of_end(const struct reasoning *it, const struct candidate *candidate,
                      const struct event *event)
{
    const struct signal_rule *signal = reason_signal_rule(it, event);

    return candidate->rule->symptom || signal->fatal || signal->run == RUN_ENDS;
}

static bool has_time(const struct event *event)
{
    return event->time_us != TIME_UNKNOWN || event->monotonic_us != TIME_UNKNOWN;
}

/* Without any time, what follows each other is of one moment. */
static bool is_within(const struct event *a, const struct event *b, int64_t within_us)
{
    int64_t distance;

    if (!event_distance(a, b, &distance)) {
        return !has_time(a) && !has_time(b);
    }
    return distance <= within_us && distance >= -within_us;
}

/* Could both be about one occurrence? Two events of one signal only when they say the same in the same
 * second, and with a time; a complaint may come every second. */
static bool can_join(const struct event *member, const struct event *event)
{
    if (!event_shares(member, event, SAME_BOOT | SAME_UNIT | SAME_RUN)) {
        return false;
    }
    if (member->index != event->index) {
        return is_within(member, event, MOMENT_US);
    }
    return member->group == event->group && has_time(event) &&
           is_within(member, event, MOMENT_US - 1);
}

static bool joins(const struct moment_of_events *moment, const struct event *event)
{
    for (size_t i = 0; i < moment->n; i++) {
        if (!can_join(moment->members[i], event)) {
            return false;
        }
    }
    return moment->n > 0 && moment->n < MAX_MEMBERS;
}

/* Is the event about an end of a run that was counted already? */
static bool is_counted_end(const struct reasoning *it, const struct candidate *candidate,
                           const struct event *event, bool *ends)
{
    bool counted;

    if (event->run == NO_RUN || !is_of_end(it, candidate, event)) {
        return false;
    }
    counted = ends[event->run];
    ends[event->run] = true;
    return counted;
}

/* Occurrences among the candidate's events. What has no time cannot be compared with what has one
 * and may be about the same, so the larger number counts. */
static uint64_t count_events(const struct reasoning *it, const struct candidate *candidate)
{
    struct moment_of_events moment = { .n = 0 };
    bool *ends = alloc_zeroed(it->runs->n, sizeof(*ends));
    uint64_t timed = 0, timeless = 0;

    for (size_t i = 0; i < candidate->events.n; i++) {
        const struct event *event = reason_event(it, candidate->events.items[i]);
        bool joined = reason_is_repeated(it, candidate->events.items, i) || joins(&moment, event);
        bool counted = is_counted_end(it, candidate, event, ends);

        if (!joined) {
            moment.n = 0;
        }
        if (!joined && !counted) {
            timed += has_time(event);
            timeless += !has_time(event);
        }
        if (moment.n < MAX_MEMBERS) {
            moment.members[moment.n++] = event;
        }
    }
    free(ends);
    return timed > timeless ? timed : timeless;
}

/* Those that the store only counted. */
static uint64_t count_unkept(const struct reasoning *it, const struct candidate *candidate)
{
    bool *counted = alloc_zeroed(store_n_groups(it->store), sizeof(*counted));
    uint64_t count = 0;

    for (size_t i = 0; i < candidate->events.n; i++) {
        uint32_t group = reason_event(it, candidate->events.items[i])->group;

        if (!counted[group]) {
            count += store_group(it->store, group)->count - it->timeline->kept[group];
        }
        counted[group] = true;
    }
    free(counted);
    return count;
}

static bool has_sibling(const struct reasoning *it, const struct candidate *candidate)
{
    for (size_t i = 0; i < it->candidates.n; i++) {
        const struct candidate *other = &it->candidates.items[i];

        if (other != candidate && other->rule_index == candidate->rule_index &&
            !other->suppressed) {
            return true;
        }
    }
    return false;
}

/* Those that the store dropped. Which of several findings of a rule they belonged to is unknown. */
static uint64_t count_dropped(const struct reasoning *it, const struct candidate *candidate)
{
    uint64_t count = 0;

    if (store_dropped(it->store) == 0 || has_sibling(it, candidate)) {
        return 0;
    }
    for (uint32_t i = 0; i < candidate->rule->n_signals; i++) {
        if (candidate->rule->signals[i].role <= ROLE_SIGN) {
            count += store_dropped_of(it->store, candidate->rule_index, i);
        }
    }
    return count;
}

uint64_t occurrences_count(const struct reasoning *it, const struct candidate *candidate)
{
    return count_events(it, candidate) + count_unkept(it, candidate) + count_dropped(it, candidate);
}
