/* Who asked systemd to stop a unit.
 *
 *   sudo[4000]:  alice : ... COMMAND=/usr/bin/systemctl stop kubelet     `user`, `command`, scope unit
 *   systemd[1]: Stopping kubelet.service...                              the stop
 *
 *   systemd-logind[700]: The system will reboot now!                     `by`, scope node
 *
 * A request counts only for what it names, and only shortly before the stop: who asked is never
 * guessed. */

#include "verdict/requests.h"

/* systemd logs the stop at once; sudo and Ansible log the command before it. */
static const int64_t BEFORE_US = 2 * USEC_PER_MINUTE;

/* systemd may log the target of a shutdown only when all units have stopped. */
static const int64_t AFTER_US = 3 * USEC_PER_MINUTE;

enum {
    EVENTS_MAX = 1024 /* in each direction */
};

static struct span fact_of(const struct judging *it, uint32_t event, struct span name)
{
    const struct fact *fact = signal_fact(judging_event(it, event)->signal, name);

    return fact ? fact->text : (struct span){ 0 };
}

bool requests_is_shutdown(const struct judging *it, uint32_t request)
{
    return span_equal(fact_of(it, request, SPAN("scope")), SPAN("node"));
}

static bool is_part_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

/* Is the word in the text, and not a part of a longer name? `kubelet` is in `stop kubelet` and in
 * `stop kubelet.service`, and not in `stop kubelet-exporter`. */
static bool names(struct span text, struct span word)
{
    for (size_t at = 0; word.size && at + word.size <= text.size; at++) {
        struct span rest = span_skip(text, at + word.size);

        if (memcmp(text.data + at, word.data, word.size) != 0 ||
            (at > 0 && is_part_of_name(text.data[at - 1]))) {
            continue;
        }
        if (span_starts(rest, SPAN(".service"))) {
            rest = span_skip(rest, strlen(".service"));
        }
        if (span_empty(rest) || !is_part_of_name(*rest.data)) {
            return true;
        }
    }
    return false;
}

static bool is_for(const struct judging *it, uint32_t request, struct span unit)
{
    if (!span_equal(fact_of(it, request, SPAN("scope")), SPAN("unit"))) {
        return true;
    }
    if (span_ends(unit, SPAN(".service"))) {
        unit.size -= strlen(".service");
    }
    return names(fact_of(it, request, SPAN("command")), unit);
}

static bool is_request(const struct judging *it, uint32_t event, struct span unit)
{
    return judging_signal(it, judging_event(it, event))->run == RUN_ASKS && is_for(it, event, unit);
}

static bool is_near(const struct judging *it, uint32_t before, uint32_t after, int64_t within_us)
{
    const struct event *a = judging_event(it, before), *b = judging_event(it, after);
    int64_t distance;

    return a->node == b->node && event_shares(a, b, SAME_BOOT) &&
           (!event_distance(a, b, &distance) || distance <= within_us);
}

uint32_t requests_find(const struct judging *it, uint32_t stop, struct span unit)
{
    for (uint32_t at = stop; at > 0 && stop - at < EVENTS_MAX; at--) {
        if (!is_near(it, at - 1, stop, BEFORE_US)) {
            break;
        }
        if (is_request(it, at - 1, unit)) {
            return at - 1;
        }
    }
    for (uint32_t at = stop + 1; at < it->timeline->n && at - stop < EVENTS_MAX; at++) {
        if (!is_near(it, stop, at, AFTER_US)) {
            break;
        }
        if (is_request(it, at, unit) && requests_is_shutdown(it, at)) {
            return at;
        }
    }
    return NO_EVENT;
}

const char *requests_sentence(const struct judging *it, uint32_t request)
{
    struct span by = fact_of(it, request, SPAN("by")), user = fact_of(it, request, SPAN("user")),
                command = fact_of(it, request, SPAN("command"));

    if (!span_empty(by)) {
        return arena_string(it->report->arena, by);
    }
    if (span_empty(user) || span_empty(command)) {
        return NULL;
    }
    return arena_printf(it->report->arena, "%.*s ran %.*s", TEXT_OF(user), TEXT_OF(command));
}
