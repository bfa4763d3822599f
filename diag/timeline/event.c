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
    return when;
}

bool event_same_record(const struct event *a, const struct event *b)
{
    return a->seen->input == b->seen->input && a->seen->sequence == b->seen->sequence;
}
