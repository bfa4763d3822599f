/* Comparing two events. */

#include "timeline/event.h"

#include "rule/rule.h"

bool event_distance(const struct event *a, const struct event *b, int64_t *ret_us)
{
    if (a->time_us != TIME_UNKNOWN && b->time_us != TIME_UNKNOWN) {
        *ret_us = b->time_us - a->time_us;
        return true;
    }
    if (a->monotonic_us != TIME_UNKNOWN && b->monotonic_us != TIME_UNKNOWN &&
        span_equal(a->signal->boot, b->signal->boot)) {
        *ret_us = b->monotonic_us - a->monotonic_us;
        return true;
    }
    return false;
}

/* The range of its time. False: not known. */
static bool read_range(const struct event *event, int64_t *ret_first, int64_t *ret_last)
{
    if (event->time_us == TIME_UNKNOWN && event->spread_us == 0) {
        return false;
    }
    *ret_first = event->time_us != TIME_UNKNOWN ? event->time_us : event->earliest_us;
    *ret_last = event->time_us != TIME_UNKNOWN ? event->time_us : *ret_first + event->spread_us;
    return true;
}

/* Ages in one table count from the same moment: that it is not known exactly does not matter between
 * them. */
static int64_t shared_spread(const struct event *a, const struct event *b)
{
    bool shared = a->time_us == TIME_UNKNOWN && b->time_us == TIME_UNKNOWN &&
                  a->seen->input == b->seen->input &&
                  a->seen->when.collected_us == b->seen->when.collected_us;

    return shared ? a->seen->when.collected_spread_us : 0;
}

bool event_gap(const struct event *a, const struct event *b, struct gap *ret)
{
    int64_t exact, first_a, last_a, first_b, last_b, shared;

    if (event_distance(a, b, &exact)) {
        *ret = (struct gap){ exact, exact };
        return true;
    }
    if (!read_range(a, &first_a, &last_a) || !read_range(b, &first_b, &last_b)) {
        return false;
    }
    shared = shared_spread(a, b);
    *ret = (struct gap){ first_b - last_a + shared, last_b - first_a - shared };
    return true;
}

static bool known_and_different(struct span a, struct span b)
{
    return !span_empty(a) && !span_empty(b) && !span_equal(a, b);
}

bool event_shares(const struct event *a, const struct event *b, unsigned same)
{
    if ((same & SAME_HOST) && a->node != b->node) {
        return false;
    }
    if ((same & SAME_BOOT) && known_and_different(a->signal->boot, b->signal->boot)) {
        return false;
    }
    if ((same & SAME_UNIT) && a->unit != NO_UNIT && b->unit != NO_UNIT && a->unit != b->unit) {
        return false;
    }
    if ((same & SAME_RUN) && a->run != NO_RUN && b->run != NO_RUN && a->run != b->run) {
        return false;
    }
    if ((same & SAME_PID) && a->seen->pid >= 0 && b->seen->pid >= 0 &&
        a->seen->pid != b->seen->pid) {
        return false;
    }
    return true;
}

struct moment event_moment(const struct event *event)
{
    struct moment when = event->seen->when;

    if (when.time_us == TIME_UNKNOWN || !when.year_known || when.year_guessed) {
        when.year_known = when.year_known || event->time_us != when.time_us;
        when.time_us = event->time_us;
    }
    when.earliest_us = event->earliest_us;
    when.spread_us = event->spread_us;
    return when;
}

bool event_same_record(const struct event *a, const struct event *b)
{
    return a->seen->input == b->seen->input && a->seen->sequence == b->seen->sequence;
}
