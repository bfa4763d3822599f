/* Puts the events of a node on one clock. */

#include "timeline/clocks.h"

#include "base/alloc.h"
#include "base/vec.h"
#include "base/year_nearest.h"

#include <stdlib.h>

/* The wall clock was set, and not only adjusted. */
static const int64_t JUMP_US = USEC_PER_MINUTE;

static void range_add(struct time_range *range, int64_t time_us)
{
    if (!range->known || time_us < range->first) {
        range->first = time_us;
    }
    if (!range->known || time_us > range->last) {
        range->last = time_us;
    }
    range->known = true;
}

/* When one boot began: wall clock minus monotonic clock, the same for all its events unless the
 * wall clock jumped. */
struct boot_clock {
    uint32_t node;
    struct span id;   /* empty: the log does not name it */
    int64_t began_us; /* by the event that was last on the monotonic clock */
    int64_t last_monotonic_us;
    struct time_range began;
};

struct clocks {
    struct time_range *known; /* of each node: timestamps with a year */
    VEC(struct boot_clock) boots;
};

static struct boot_clock *find_boot(struct clocks *clocks, const struct event *event)
{
    for (size_t i = clocks->boots.n; i > 0; i--) {
        struct boot_clock *boot = &clocks->boots.items[i - 1];

        if (boot->node == event->node && span_equal(boot->id, event->signal->boot)) {
            return boot;
        }
    }
    return NULL;
}

static void read_clock(struct clocks *clocks, const struct event *event)
{
    const struct moment *when = &event->seen->when;
    struct boot_clock *boot;

    if (when->time_us == TIME_UNKNOWN) {
        return;
    }
    if (when->year_known && !when->year_guessed) {
        range_add(&clocks->known[event->node], when->time_us);
    }
    if (when->monotonic_us == TIME_UNKNOWN) {
        return;
    }
    boot = find_boot(clocks, event);
    if (!boot) {
        boot = vec_add(&clocks->boots);
        *boot = (struct boot_clock){ .node = event->node,
                                     .id = event->signal->boot,
                                     .last_monotonic_us = INT64_MIN };
    }
    range_add(&boot->began, when->time_us - when->monotonic_us);
    if (when->monotonic_us >= boot->last_monotonic_us) {
        boot->last_monotonic_us = when->monotonic_us;
        boot->began_us = when->time_us - when->monotonic_us;
    }
}

static bool jumped(const struct boot_clock *boot)
{
    return boot->began.last - boot->began.first > JUMP_US;
}

/* The boot whose clock the event counts on. Without an id, and with one boot of one clock on the
 * node, that one. */
static const struct boot_clock *boot_of(struct clocks *clocks, const struct event *event)
{
    const struct boot_clock *boot = find_boot(clocks, event), *only = NULL;

    if (boot && (!span_empty(boot->id) || !jumped(boot))) {
        return boot;
    }
    for (size_t i = 0; !boot && i < clocks->boots.n; i++) {
        if (clocks->boots.items[i].node != event->node) {
            continue;
        }
        if (only) {
            return NULL;
        }
        only = &clocks->boots.items[i];
    }
    return only && !jumped(only) ? only : NULL;
}

/* Inside a boot only the monotonic clock gives the order: the wall clock may be set at any time. */
static void set_time(struct event *event, struct clocks *clocks)
{
    const struct moment *when = &event->seen->when;
    const struct time_range *known = &clocks->known[event->node];
    const struct boot_clock *boot =
        when->monotonic_us == TIME_UNKNOWN ? NULL : boot_of(clocks, event);

    event->monotonic_us = when->monotonic_us;
    event->time_us = when->time_us;
    if (boot && (when->time_us == TIME_UNKNOWN || !span_empty(boot->id))) {
        event->time_us = boot->began_us + when->monotonic_us;
    }
    if (event->time_us != TIME_UNKNOWN && (!when->year_known || when->year_guessed) &&
        known->known) {
        event->time_us = year_nearest(event->time_us, known->first, known->last);
    }
}

static void note_jumps(const struct clocks *clocks, const struct span *hosts, struct notes *notes)
{
    for (size_t i = 0; i < clocks->boots.n; i++) {
        const struct boot_clock *boot = &clocks->boots.items[i];

        if (!span_empty(boot->id) && jumped(boot)) {
            notes_add(notes, NOTE_CLOCK_JUMP, hosts[boot->node], /* line= */ 0,
                      "the wall clock was set by %lld s during a boot; events of that boot are "
                      "ordered by the monotonic clock",
                      (long long)((boot->began.last - boot->began.first) / USEC_PER_SEC));
        }
    }
}

void clocks_assign(struct event *events, size_t n, const struct span *hosts, size_t n_nodes,
                   struct time_range inputs, struct notes *notes)
{
    struct clocks clocks = { .known = alloc_zeroed(n_nodes, sizeof(*clocks.known)) };

    for (size_t i = 0; i < n; i++) {
        read_clock(&clocks, &events[i]);
    }
    for (size_t i = 0; i < n_nodes; i++) {
        if (!clocks.known[i].known) {
            clocks.known[i] = inputs;
        }
    }
    for (size_t i = 0; i < n; i++) {
        set_time(&events[i], &clocks);
    }
    note_jumps(&clocks, hosts, notes);
    vec_free(&clocks.boots);
    free(clocks.known);
}
