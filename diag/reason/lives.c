/* Lives of units: who ran from when to when.
 *
 * The journal tells by invocation id. Text tells by the PID of the process's own lines, and by
 * systemd's words about the unit, which have no PID of it: an exit belongs to the life that was
 * going on. */

#include "base/map.h"
#include "base/vec.h"
#include "reason/timeline.h"

#include <assert.h>
#include <stdio.h>

/* A process may still be heard for a moment after systemd has told of its exit, and systemd tells
 * of one exit in several lines. */
static const int64_t LAST_WORDS_US = 2 * USEC_PER_SEC;

struct lives {
    struct timeline *timeline;
    VEC(struct life) items;
    struct map *by_name; /* node, unit and pid or invocation -> index + 1 */
    uint32_t *current;   /* by node and unit: the life going on, or NO_LIFE */
};

static struct life *life_of(const struct lives *lives, uint32_t life)
{
    assert(life < lives->items.n);
    return &lives->items.items[life];
}

static uint32_t *current_life(struct lives *lives, const struct event *event)
{
    return &lives->current[(size_t)event->node * STREAMS_MAX + event->unit];
}

static uint32_t begin_life(struct lives *lives, const struct event *event, uint32_t at)
{
    vec_push(&lives->items, (struct life){ .node = event->node, .unit = event->unit, .first = at });
    return (uint32_t)lives->items.n - 1;
}

static void **named_life(struct lives *lives, const struct event *event)
{
    char name[128];
    int n;

    if (!span_empty(event->seen->invocation)) {
        n = snprintf(name, sizeof(name), "%u %u i%.*s", event->node, event->unit,
                     (int)(event->seen->invocation.size < 64 ? event->seen->invocation.size : 64),
                     event->seen->invocation.data);
    } else {
        n = snprintf(name, sizeof(name), "%u %u p%lld", event->node, event->unit,
                     (long long)event->seen->pid);
    }
    return map_at(lives->by_name, (struct span){ name, (size_t)n });
}

static bool is_over(const struct lives *lives, uint32_t life, const struct event *event)
{
    const struct life *it = life_of(lives, life);
    int64_t since;

    return it->ended && event_distance(&lives->timeline->events[it->last], event, &since) &&
           since > LAST_WORDS_US;
}

/* Is it a life of which only systemd has spoken, and that goes on? One that ended at this very
 * moment counts, too: the last words and the exit of a process stand in either order within a
 * second. */
static bool is_waiting(const struct lives *lives, uint32_t life, const struct event *event)
{
    const struct life *it = life_of(lives, life);
    int64_t since;

    if (it->named) {
        return false;
    }
    return !it->ended ||
           (event_distance(&lives->timeline->events[it->last], event, &since) && since == 0);
}

/* The life with this invocation id or PID: known, or the one that systemd has just begun, or new.
 */
static uint32_t life_by_name(struct lives *lives, const struct event *event, uint32_t at)
{
    void **place = named_life(lives, event);
    uint32_t *current = current_life(lives, event);
    uint32_t life;

    if (*place && !is_over(lives, (uint32_t)(uintptr_t)*place - 1, event)) {
        return (uint32_t)(uintptr_t)*place - 1;
    }
    if (*current != NO_LIFE && is_waiting(lives, *current, event)) {
        life = *current;
    } else {
        life = begin_life(lives, event, at);
    }
    life_of(lives, life)->named = true;
    *place = (void *)(uintptr_t)(life + 1);
    return life;
}

/* systemd speaks about the unit and does not say which run it means. */
static uint32_t life_going_on(struct lives *lives, const struct event *event, enum run_mark mark,
                              uint32_t at)
{
    uint32_t current = *current_life(lives, event);
    const struct life *life = current == NO_LIFE ? NULL : life_of(lives, current);

    if (!life || (mark == RUN_ENDS && is_over(lives, current, event)) ||
        (mark == RUN_BEGINS && (life->ended || life->begun))) {
        return begin_life(lives, event, at);
    }
    return current;
}

/* Somebody else names the process: `Main PID: 19593 (code=exited, status=255)`. */
static uint32_t life_by_mention(struct lives *lives, const struct event *event)
{
    return event->seen->pid > 1 ? (uint32_t)(uintptr_t)*named_life(lives, event) - 1 : NO_LIFE;
}

static bool is_about_a_life(const struct event *event, enum run_mark mark)
{
    return event->unit != NO_UNIT &&
           (mark != RUN_GOES_ON || event->seen->pid >= 0 || !span_empty(event->seen->invocation));
}

/* Is it the process of the unit that speaks, and not PID 1 about it? */
static bool is_own_word(const struct event *event)
{
    return (event->signal->streams & event->signal->life_streams) != 0 && event->seen->pid >= 0;
}

static void place_event(struct lives *lives, struct event *event, enum run_mark mark, uint32_t at)
{
    struct life *life;

    if (!is_about_a_life(event, mark)) {
        return;
    }
    if (is_own_word(event) || !span_empty(event->seen->invocation)) {
        event->life = life_by_name(lives, event, at);
    } else {
        event->life = life_by_mention(lives, event);
    }
    if (event->life == NO_LIFE) {
        event->life = life_going_on(lives, event, mark, at);
    }
    if (mark == RUN_BEGINS && is_own_word(event) && life_of(lives, event->life)->begun_itself) {
        /* The same PID starts once more: a process in a container is always PID 1. */
        event->life = begin_life(lives, event, at);
        *named_life(lives, event) = (void *)(uintptr_t)(event->life + 1);
    }
    life = life_of(lives, event->life);
    life->last = at;
    life->begun |= mark == RUN_BEGINS;
    life->begun_itself |= mark == RUN_BEGINS && is_own_word(event);
    life->ended |= mark == RUN_ENDS;
    *current_life(lives, event) = event->life;
}

/* Several signals of one record are one moment of one life: what any of them marks counts for it.
 */
static size_t same_record(const struct timeline *timeline, const struct rules *rules, size_t at,
                          enum run_mark *ret_mark)
{
    const struct event *events = timeline->events;
    size_t n = 0;

    *ret_mark = RUN_GOES_ON;
    do {
        const struct event *event = &events[at + n];
        enum run_mark mark = rules->items[event->rule].signals[event->index].run;

        if (mark != RUN_GOES_ON) {
            *ret_mark = mark;
        }
        n++;
    } while (at + n < timeline->n && event_same_record(&events[at], &events[at + n]) &&
             events[at].unit == events[at + n].unit);
    return n;
}

/* --- rotated starts ------------------------------------------------------------------------ */

/* Is something wrong in this life? */
static bool is_troubled(const struct timeline *timeline, const struct rules *rules, uint32_t life)
{
    const struct life *it = &timeline->lives[life];

    for (size_t i = it->first; i <= it->last; i++) {
        if (timeline->events[i].life == life &&
            rules->items[timeline->events[i].rule].severity >= RULE_ERROR) {
            return true;
        }
    }
    return false;
}

/* Is the start of a later life of this unit told, so that the log would have told of this one's? */
static bool tells_starts(const struct timeline *timeline, uint32_t life)
{
    const struct life *first = &timeline->lives[life];

    for (size_t i = life + 1; i < timeline->n_lives; i++) {
        const struct life *later = &timeline->lives[i];

        if (later->node == first->node && later->unit == first->unit && later->begun &&
            timeline->events[later->first].seen->input ==
                timeline->events[first->first].seen->input) {
            return true;
        }
    }
    return false;
}

/* The log begins in the middle of a life in which something went wrong: what led to it may stand in
 * what was rotated away. */
static void note_rotated_starts(const struct timeline *timeline, const struct rules *rules,
                                struct notes *notes)
{
    uint64_t *seen = alloc_zeroed(timeline->n_nodes, sizeof(*seen)); /* units of each node */

    for (uint32_t i = 0; i < timeline->n_lives; i++) {
        const struct life *life = &timeline->lives[i];
        struct span unit = span_of(rules->streams.items[life->unit].name);

        if (seen[life->node] >> life->unit & 1) {
            continue;
        }
        seen[life->node] |= UINT64_C(1) << life->unit;
        if (!life->begun && is_troubled(timeline, rules, i) && tells_starts(timeline, i)) {
            notes_add(notes, NOTE_ROTATED_START, unit, /* line= */ 0,
                      "the log begins in the middle of a life; what led to it may be missing");
        }
    }
    free(seen);
}

void timeline_find_lives(struct timeline *timeline, const struct rules *rules, struct notes *notes)
{
    struct lives lives = { .timeline = timeline, .by_name = map_new() };
    size_t n_units = timeline->n_nodes * STREAMS_MAX, n;

    lives.current = alloc_bytes(n_units * sizeof(*lives.current));
    for (size_t i = 0; i < n_units; i++) {
        lives.current[i] = NO_LIFE;
    }
    for (size_t i = 0; i < timeline->n; i += n) {
        enum run_mark mark;

        n = same_record(timeline, rules, i, &mark);
        place_event(&lives, &timeline->events[i], mark, (uint32_t)i);
        for (size_t k = 1; k < n; k++) {
            timeline->events[i + k].life = timeline->events[i].life;
        }
    }
    timeline->n_lives = lives.items.n;
    timeline->lives = ARENA_ARRAY(timeline->arena, struct life, lives.items.n);
    if (lives.items.n) {
        memcpy(timeline->lives, lives.items.items, lives.items.n * sizeof(struct life));
    }
    vec_free(&lives.items);
    map_free(lives.by_name);
    free(lives.current);
    note_rotated_starts(timeline, rules, notes);
}
