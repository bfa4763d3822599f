/* Runs of units: what ran from when to when.
 *
 * The journal has an invocation id. In text a run is known by the PID of the process's own lines,
 * and by systemd's lines about the unit, which do not have the PID: an exit belongs to the run that
 * was going on. */

#include "timeline/runs.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

#include <assert.h>

/* Lines of a process may follow for a moment after systemd logged its exit, and systemd logs one
 * exit in several lines. */
static const int64_t LAST_WORDS_US = 2 * USEC_PER_SEC;

enum {
    INVOCATION_MAX = 64 /* bytes of it that are compared; it has 32 */
};

struct run_finder {
    struct timeline *timeline;
    VEC(struct run) items;
    struct map *by_name; /* node, unit and pid or invocation -> index + 1 */
    struct buf *name;    /* a key of it */
    uint32_t *current;   /* by node and unit: the run going on, or NO_RUN */
};

static struct run *run_of(const struct run_finder *finder, uint32_t run)
{
    assert(run < finder->items.n);
    return &finder->items.items[run];
}

static uint32_t *current_run(struct run_finder *finder, const struct event *event)
{
    return &finder->current[(size_t)event->node * STREAMS_MAX + event->unit];
}

static uint32_t begin_run(struct run_finder *finder, const struct event *event, uint32_t at)
{
    vec_push(
        &finder->items,
        (struct run){ .node = event->node, .unit = event->unit, .first = at, .asked = NO_EVENT });
    return (uint32_t)finder->items.n - 1;
}

/* The place for the run with the event's invocation id, or with its PID. */
static void **run_named(struct run_finder *finder, const struct event *event, bool by_invocation)
{
    struct buf *name = finder->name;

    buf_clear(name);
    buf_add_number(name, event->node);
    buf_add_number(name, event->unit);
    if (by_invocation) {
        buf_add_byte(name, 'i');
        buf_add(name, span_head(event->seen->invocation, INVOCATION_MAX));
    } else {
        buf_add_byte(name, 'p');
        buf_add_number(name, (uint64_t)event->seen->pid);
    }
    return map_at(finder->by_name, buf_span(name));
}

static void **named_run(struct run_finder *finder, const struct event *event)
{
    return run_named(finder, event, !span_empty(event->seen->invocation));
}

static bool has_ended_before(const struct run_finder *finder, uint32_t run,
                             const struct event *event)
{
    const struct run *it = run_of(finder, run);
    int64_t since;

    return it->ended && event_distance(&finder->timeline->events[it->last], event, &since) &&
           since > LAST_WORDS_US;
}

static bool is_start(enum run_mark mark)
{
    return mark == RUN_BEGINS || mark == RUN_UP;
}

/* Is it a run that continues, and of which no line has a name of this kind yet? The lines of a process
 * that died fast have no invocation id, and systemd's have one. One that ended at this very moment
 * counts, too: the last lines and the exit of a process come in either order within a second. What
 * starts up is not the process that was asked to stop, or that ended. */
static bool is_unnamed(const struct run_finder *finder, uint32_t run, const struct event *event,
                       enum run_mark mark)
{
    const struct run *it = run_of(finder, run);
    int64_t since;

    if (span_empty(event->seen->invocation) ? it->has_pid : it->has_invocation) {
        return false;
    }
    if (is_start(mark) && (it->ended || it->asked != NO_EVENT)) {
        return false;
    }
    return !it->ended ||
           (event_distance(&finder->timeline->events[it->last], event, &since) && since == 0);
}

/* The run with this invocation id or PID: known, or the one that systemd has just started, or
 * new. */
static uint32_t run_by_name(struct run_finder *finder, const struct event *event,
                            enum run_mark mark, uint32_t at)
{
    void **place = named_run(finder, event);
    uint32_t *current = current_run(finder, event);
    uint32_t run;

    /* A PID may be that of a later process; an invocation ID is of one run for ever. */
    if (*place && (!span_empty(event->seen->invocation) ||
                   !has_ended_before(finder, (uint32_t)(uintptr_t)*place - 1, event))) {
        return (uint32_t)(uintptr_t)*place - 1;
    }
    if (*current != NO_RUN && is_unnamed(finder, *current, event, mark)) {
        run = *current;
    } else {
        run = begin_run(finder, event, at);
    }
    *place = (void *)(uintptr_t)(run + 1);
    return run;
}

/* A line of the process itself shows which PID the run with an invocation id has. */
static void remember_names(struct run_finder *finder, const struct event *event, bool is_own)
{
    struct run *run = run_of(finder, event->run);

    run->has_invocation |= !span_empty(event->seen->invocation);
    if (is_own) {
        run->has_pid = true;
        *run_named(finder, event, false) = (void *)(uintptr_t)(event->run + 1);
    }
}

/* systemd logs about the unit and does not name the run. */
static uint32_t run_going_on(struct run_finder *finder, const struct event *event,
                             enum run_mark mark, uint32_t at)
{
    uint32_t current = *current_run(finder, event);
    const struct run *run = current == NO_RUN ? NULL : run_of(finder, current);

    if (!run || (mark == RUN_ENDS && has_ended_before(finder, current, event)) ||
        (mark == RUN_BEGINS && (run->ended || run->begun || run->asked != NO_EVENT))) {
        return begin_run(finder, event, at);
    }
    return current;
}

/* Another process names the run's PID: `Main PID: 19593 (code=exited, status=255)`. */
static uint32_t run_by_mention(struct run_finder *finder, const struct event *event)
{
    return event->seen->pid > 1 ? (uint32_t)(uintptr_t)*named_run(finder, event) - 1 : NO_RUN;
}

static bool is_about_a_run(const struct event *event, enum run_mark mark)
{
    return event->unit != NO_UNIT && mark != RUN_ASKS &&
           ((mark != RUN_GOES_ON && mark != RUN_UP) || event->seen->pid >= 0 ||
            !span_empty(event->seen->invocation));
}

/* Is it a line of the unit's own process, and not one of PID 1 about it? */
static bool is_own_line(const struct event *event)
{
    return (event->signal->streams & event->signal->unit_streams) != 0 && event->seen->pid >= 0;
}

static void add_event(struct run_finder *finder, struct event *event, enum run_mark mark,
                      uint32_t at)
{
    struct run *run;

    if (!is_about_a_run(event, mark)) {
        return;
    }
    if (is_own_line(event) || !span_empty(event->seen->invocation)) {
        event->run = run_by_name(finder, event, mark, at);
        remember_names(finder, event, is_own_line(event));
    } else {
        event->run = run_by_mention(finder, event);
    }
    if (event->run == NO_RUN) {
        event->run = run_going_on(finder, event, mark, at);
    }
    if (mark == RUN_BEGINS && is_own_line(event) && run_of(finder, event->run)->begun_itself) {
        /* The same PID starts once more: a process in a container is always PID 1. */
        event->run = begin_run(finder, event, at);
        *named_run(finder, event) = (void *)(uintptr_t)(event->run + 1);
    }
    run = run_of(finder, event->run);
    run->last = at;
    run->begun |= mark == RUN_BEGINS;
    run->begun_itself |= mark == RUN_BEGINS && is_own_line(event);
    run->ended |= mark == RUN_ENDS;
    if (mark == RUN_STOPS) {
        run->asked = at;
    }
    *current_run(finder, event) = event->run;
}

/* Number of events from `at` on that come from one record and are about one unit. They are one
 * moment of one run: what any of them marks counts. */
static size_t events_of_record(const struct timeline *timeline, const struct rules *rules,
                               size_t at, enum run_mark *ret_mark)
{
    const struct event *events = timeline->events;
    size_t n = 0;

    *ret_mark = RUN_GOES_ON;
    do {
        const struct event *event = &events[at + n];
        enum run_mark mark = rules->items[event->rule].signals[event->index].run;

        if (mark != RUN_GOES_ON && (mark != RUN_UP || *ret_mark == RUN_GOES_ON)) {
            *ret_mark = mark;
        }
        n++;
    } while (at + n < timeline->n && event_same_record(&events[at], &events[at + n]) &&
             events[at].unit == events[at + n].unit);
    return n;
}

struct runs runs_find(struct timeline *timeline, const struct rules *rules)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };
    struct run_finder finder = { .timeline = timeline, .by_name = map_new(), .name = &name };
    struct runs runs;
    size_t n_units = timeline->n_nodes * STREAMS_MAX, n;

    finder.current = alloc_bytes(n_units * sizeof(*finder.current));
    for (size_t i = 0; i < n_units; i++) {
        finder.current[i] = NO_RUN;
    }
    for (size_t i = 0; i < timeline->n; i += n) {
        enum run_mark mark;

        n = events_of_record(timeline, rules, i, &mark);
        add_event(&finder, &timeline->events[i], mark, (uint32_t)i);
        for (size_t k = 1; k < n; k++) {
            timeline->events[i + k].run = timeline->events[i].run;
        }
    }
    runs.n = finder.items.n;
    runs.items = ARENA_ARRAY(timeline->arena, struct run, runs.n);
    if (runs.n) {
        memcpy(runs.items, finder.items.items, runs.n * sizeof(struct run));
    }
    vec_free(&finder.items);
    map_free(finder.by_name);
    free(finder.current);
    return runs;
}
