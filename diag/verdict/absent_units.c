/* Units that a node should have, and of which its last boot has no run.
 *
 *   kubelet.service loaded inactive dead      what systemctl printed decides
 *   never-started       the whole boot was read, other units were started, and an earlier boot or a
 *                       unit file shows that the node has this one
 *   not-in-this-input   else: nothing is known of it */

#include "verdict/absent_units.h"

#include "verdict/unit_proof.h"

/* A boot that was read for less than this time may still be starting its units. */
static const int64_t BOOTED_US = 2 * USEC_PER_MINUTE;

/* A log that begins later than this may miss a start. */
static const int64_t BEGINNING_US = 10 * USEC_PER_MINUTE;

enum {
    MOMENTS_MIN = 4
};

/* The latest event of the node that is about the unit; NO_EVENT. */
static uint32_t find_event(const struct judging *it, uint32_t node, uint32_t unit)
{
    for (uint32_t i = (uint32_t)it->timeline->n; i > 0; i--) {
        const struct event *event = judging_event(it, i - 1);

        if (event->node == node && event->unit == unit) {
            return i - 1;
        }
    }
    return NO_EVENT;
}

static bool has_logged(const struct judging *it, uint32_t node, uint32_t unit)
{
    uint32_t event = find_event(it, node, unit);
    struct observed_boot last;

    if (event != NO_EVENT && !judging_is_earlier_boot(it, judging_event(it, event))) {
        return true;
    }
    return observed_last_boot(it->question->observed, node, &last) && (last.streams >> unit & 1);
}

/* Was the boot read from its beginning, and long enough? */
static bool is_whole_boot(const struct judging *it, uint32_t node)
{
    struct observed_boot boot;

    return observed_last_boot(it->question->observed, node, &boot) && !span_empty(boot.boot) &&
           boot.since_start_us != TIME_UNKNOWN && boot.since_start_us <= BEGINNING_US &&
           boot.last_us - boot.first_us >= BOOTED_US && boot.n_moments >= MOMENTS_MIN;
}

/* What systemctl printed of the unit; else its unit file; NULL: nothing. */
static const struct listed_unit *find_listed(const struct judging *it, uint32_t node, uint32_t unit)
{
    const struct node *of = &it->report->nodes[node];
    const struct listed_unit *found = NULL;

    for (size_t i = 0; i < of->n_listed; i++) {
        const struct listed_unit *listed = &of->listed[i];

        if ((streams_of_unit(&it->question->rules->streams, listed->name) >> unit & 1) &&
            (!found || (span_empty(found->active) && !span_empty(listed->active)))) {
            found = listed;
        }
    }
    return found;
}

static bool is_active(const struct listed_unit *listed, const char *word)
{
    return listed && span_is(listed->active, word);
}

static enum unit_state state_of(const struct judging *it, uint32_t node,
                                const struct listed_unit *listed, bool known)
{
    if (is_active(listed, "active")) {
        return UNIT_RUNNING;
    }
    if (is_active(listed, "failed")) {
        return UNIT_DEAD;
    }
    if (is_active(listed, "activating")) {
        return UNIT_LOOPING;
    }
    if (is_active(listed, "inactive")) {
        return is_whole_boot(it, node) ? UNIT_NEVER_STARTED : UNIT_STOPPED;
    }
    return (listed || known) && is_whole_boot(it, node) ? UNIT_NEVER_STARTED : UNIT_NOT_IN_INPUT;
}

static struct node_unit describe(const struct judging *it, uint32_t node, uint32_t unit)
{
    const struct stream *stream = &it->question->rules->streams.items[unit];
    const struct listed_unit *listed = find_listed(it, node, unit);
    uint32_t event = find_event(it, node, unit);
    struct node_unit result = {
        .unit = listed ? listed->name
                       : arena_copy(it->report->arena, judging_unit_name(it, node, unit)),
        .streams = UINT64_C(1) << unit,
        .state = state_of(it, node, listed, event != NO_EVENT),
        .since = { .time_us = TIME_UNKNOWN, .monotonic_us = TIME_UNKNOWN },
        .expected = true,
        .listed = listed && !span_empty(listed->active),
    };

    result.known = !span_empty(result.unit);
    if (!result.known) {
        result.unit = span_of(stream->name);
    }
    if (listed) {
        unit_proof_add_listed(it, listed, &result);
    } else if (event != NO_EVENT && result.state == UNIT_NEVER_STARTED) {
        unit_proof_add_earlier(it, event, &result);
    }
    return result;
}

size_t absent_units_find(const struct judging *it, uint32_t node, struct node_unit *units)
{
    const struct streams *streams = &it->question->rules->streams;
    size_t n = 0;

    for (uint32_t i = 0; i < streams->n; i++) {
        if (streams->items[i].expected && !judging_unit(it, node, i) && !has_logged(it, node, i)) {
            units[n++] = describe(it, node, i);
        }
    }
    return n;
}
