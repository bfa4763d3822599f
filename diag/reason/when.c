/* Answers the trees of `when:`. */

#include "reason/when.h"

#include "base/map.h"

static const struct event *event_at(const struct when_scope *scope, size_t i)
{
    return &scope->timeline->events[scope->events[i]];
}

/* Are they at most `within_us` apart? Yes when there is no window or no common clock; unknown when a part
 * of the range of their times is. */
static enum tristate is_within(const struct event *a, const struct event *b, int64_t within_us)
{
    struct gap gap;

    if (within_us == 0 || !event_gap(a, b, &gap) ||
        (gap.least_us >= -within_us && gap.most_us <= within_us)) {
        return IS_TRUE;
    }
    return gap.most_us < -within_us || gap.least_us > within_us ? IS_FALSE : IS_UNKNOWN;
}

/* Did `b`, which is later in the timeline, come after `a`? Unknown when the ranges of their times
 * overlap. */
static enum tristate is_after(const struct event *a, const struct event *b)
{
    struct gap gap;

    return event_gap(a, b, &gap) && gap.least_us < 0 && gap.most_us > 0 ? IS_UNKNOWN : IS_TRUE;
}

static enum tristate both(enum tristate a, enum tristate b)
{
    if (a == IS_FALSE || b == IS_FALSE) {
        return IS_FALSE;
    }
    return a == IS_UNKNOWN || b == IS_UNKNOWN ? IS_UNKNOWN : IS_TRUE;
}

/* Index of the next event of the signal at or after `from`; n_events when there are no more. */
static size_t next_of(const struct when_scope *scope, uint32_t signal, size_t from)
{
    while (from < scope->n_events && event_at(scope, from)->index != signal) {
        from++;
    }
    return from;
}

/* A window that cannot be measured proves no count. */
static bool is_surely_within(const struct event *a, const struct event *b, int64_t within_us)
{
    struct gap gap;

    return within_us == 0 || (event_gap(a, b, &gap) && gap.most_us <= within_us);
}

static enum tristate truth(bool value)
{
    return value ? IS_TRUE : IS_FALSE;
}

static enum tristate negate(enum tristate answer)
{
    return answer == IS_UNKNOWN ? IS_UNKNOWN : truth(answer == IS_FALSE);
}

/* Does the event only repeat what `before` reported: the same, of the same run, in the same second
 * or from the same record? */
static bool is_repeated(const struct event *before, const struct event *event)
{
    int64_t distance;

    if (event_same_record(before, event)) {
        return true;
    }
    return before->group == event->group && event_shares(before, event, SAME_RUN | SAME_PID) &&
           event_distance(before, event, &distance) && distance < USEC_PER_SEC;
}

/* Index of the next occurrence of the signal after that at `at`; n_events when there are no more. */
static size_t next_occurrence(const struct when_scope *scope, uint32_t signal, size_t at)
{
    size_t next = next_of(scope, signal, at + 1);

    while (next < scope->n_events && is_repeated(event_at(scope, at), event_at(scope, next))) {
        next = next_of(scope, signal, next + 1);
    }
    return next;
}

/* Is there a window of `within_us` in which the signal was seen at_least times? */
static bool has_count(const struct when *when, const struct when_scope *scope)
{
    uint64_t seen = 0;
    size_t first = next_of(scope, when->signal, 0);

    for (size_t i = first; i < scope->n_events; i = next_occurrence(scope, when->signal, i)) {
        seen++;
        while (first < i &&
               !is_surely_within(event_at(scope, first), event_at(scope, i), when->within_us)) {
            first = next_occurrence(scope, when->signal, first);
            seen--;
        }
        if (seen >= when->at_least) {
            return true;
        }
    }
    return false;
}

static uint64_t distinct_from(const struct when *when, const struct when_scope *scope, size_t first)
{
    CLEANUP(map_free_at) struct map *values = map_new();

    for (size_t i = first; i < scope->n_events; i = next_of(scope, when->signal, i + 1)) {
        const struct fact *fact = signal_fact(event_at(scope, i)->signal, when->fact);

        if (is_within(event_at(scope, first), event_at(scope, i), when->within_us) != IS_TRUE) {
            break;
        }
        if (fact) {
            (void)map_at(values, fact->text);
        }
        if (map_size(values) >= when->at_least) {
            break;
        }
    }
    return map_size(values);
}

static bool has_distinct(const struct when *when, const struct when_scope *scope)
{
    for (size_t i = next_of(scope, when->signal, 0); i < scope->n_events;
         i = next_of(scope, when->signal, i + 1)) {
        if (distinct_from(when, scope, i) >= when->at_least) {
            return true;
        }
    }
    return false;
}

static enum tristate follows_from(const struct when *when, const struct when_scope *scope,
                                  size_t first)
{
    enum tristate answer = IS_TRUE;
    size_t at = first;

    for (size_t step = 1; step < when->n_sequence && answer != IS_FALSE; step++) {
        size_t before = at;

        at = next_of(scope, when->sequence[step], at + 1);
        if (at >= scope->n_events) {
            return IS_FALSE;
        }
        answer = both(answer, is_after(event_at(scope, before), event_at(scope, at)));
        answer =
            both(answer, is_within(event_at(scope, first), event_at(scope, at), when->within_us));
    }
    return answer;
}

static enum tristate has_sequence(const struct when *when, const struct when_scope *scope)
{
    enum tristate answer = IS_FALSE;

    if (when->n_sequence == 0) {
        return IS_FALSE;
    }
    for (size_t i = next_of(scope, when->sequence[0], 0); i < scope->n_events && answer != IS_TRUE;
         i = next_of(scope, when->sequence[0], i + 1)) {
        enum tristate follows = follows_from(when, scope, i);

        answer = follows == IS_FALSE ? answer : follows;
    }
    return answer;
}

/* Index of the last event of the signal before `from`; n_events when there is none. */
static size_t previous_of(const struct when_scope *scope, uint32_t signal, size_t from)
{
    while (from-- > 0) {
        if (event_at(scope, from)->index == signal) {
            return from;
        }
    }
    return scope->n_events;
}

/* The run of the process that would have logged the signal, as far as the event shows it. */
static const struct run *run_of(const struct when *when, const struct when_scope *scope,
                                const struct event *event)
{
    bool own = scope->rule->signals[when->signal].streams & event->signal->streams;

    return own && scope->runs && event->run < scope->runs->n ? &scope->runs->items[event->run]
                                                             : NULL;
}

/* Was the process alive, and did it log, from one time to the other? */
static enum tristate ask_observed(const struct when *when, const struct when_scope *scope,
                                  const struct event *event, int64_t from_us, int64_t to_us)
{
    int64_t gap_us = when->within_us > USEC_PER_MINUTE ? when->within_us : USEC_PER_MINUTE;
    bool covered = scope->observed && observed_covers(scope->observed, event,
                                                      scope->rule->signals[when->signal].streams,
                                                      from_us, to_us, gap_us);

    return covered ? IS_TRUE : IS_UNKNOWN;
}

/* No event of the signal follows this one within the window. A process that died said nothing more,
 * so its silence proves nothing. */
static enum tristate is_silent_after(const struct when *when, const struct when_scope *scope,
                                     size_t at)
{
    const struct event *event = event_at(scope, at);
    const struct run *run = run_of(when, scope, event);
    size_t next = next_of(scope, when->signal, at);
    int64_t from_us = event_clock(event), lived;

    if (next < scope->n_events) {
        return negate(is_within(event, event_at(scope, next), when->within_us));
    }
    if (when->within_us == 0) {
        return IS_TRUE;
    }
    if (run && run->ended && event_distance(event, &scope->timeline->events[run->last], &lived) &&
        lived < when->within_us) {
        return IS_UNKNOWN;
    }
    return from_us == TIME_UNKNOWN
               ? IS_UNKNOWN
               : ask_observed(when, scope, event, from_us, from_us + when->within_us);
}

/* No event of the signal precedes this one within the window. What was before the process began is
 * known: it logged nothing. */
static enum tristate is_silent_before(const struct when *when, const struct when_scope *scope,
                                      size_t at)
{
    const struct event *event = event_at(scope, at);
    const struct run *run = run_of(when, scope, event);
    size_t previous = previous_of(scope, when->signal, at);
    int64_t to_us = event_clock(event), lived, window_us = when->within_us;

    if (previous < scope->n_events) {
        return negate(is_within(event_at(scope, previous), event, when->within_us));
    }
    if (when->within_us == 0) {
        return IS_TRUE;
    }
    if (run && run->begun && event_distance(&scope->timeline->events[run->first], event, &lived) &&
        lived < window_us) {
        window_us = lived;
    }
    return to_us == TIME_UNKNOWN ? IS_UNKNOWN
                                 : ask_observed(when, scope, event, to_us - window_us, to_us);
}

/* Is there an event of `after` that no event of `signal` follows within the window, or one of
 * `before` that none precedes? Without both: is there no event of `signal`? */
static enum tristate ask_absent(const struct when *when, const struct when_scope *scope)
{
    bool follows = when->after != UINT32_MAX;
    uint32_t edge = follows ? when->after : when->before;
    enum tristate answer = IS_FALSE;

    if (edge == UINT32_MAX) {
        return truth(next_of(scope, when->signal, 0) == scope->n_events);
    }
    for (size_t i = next_of(scope, edge, 0); i < scope->n_events; i = next_of(scope, edge, i + 1)) {
        enum tristate silent =
            follows ? is_silent_after(when, scope, i) : is_silent_before(when, scope, i);

        if (silent == IS_TRUE) {
            return IS_TRUE;
        }
        if (silent == IS_UNKNOWN) {
            answer = IS_UNKNOWN;
        }
    }
    return answer;
}

static enum tristate ask_all(const struct when *when, const struct when_scope *scope)
{
    enum tristate answer = IS_TRUE;

    for (size_t i = 0; i < when->n_children; i++) {
        enum tristate child = when_ask(&when->children[i], scope);

        if (child == IS_FALSE) {
            return IS_FALSE;
        }
        if (child == IS_UNKNOWN) {
            answer = IS_UNKNOWN;
        }
    }
    return answer;
}

static enum tristate ask_any(const struct when *when, const struct when_scope *scope)
{
    enum tristate answer = IS_FALSE;

    for (size_t i = 0; i < when->n_children; i++) {
        enum tristate child = when_ask(&when->children[i], scope);

        if (child == IS_TRUE) {
            return IS_TRUE;
        }
        if (child == IS_UNKNOWN) {
            answer = IS_UNKNOWN;
        }
    }
    return answer;
}

enum tristate when_ask(const struct when *when, const struct when_scope *scope)
{
    switch (when->kind) {
    case WHEN_SIGNAL:
        return truth(next_of(scope, when->signal, 0) < scope->n_events);
    case WHEN_STATE:
        return scope->states[when->state];
    case WHEN_UNKNOWN:
        return truth(scope->states[when->state] == IS_UNKNOWN);
    case WHEN_ALL:
        return ask_all(when, scope);
    case WHEN_ANY:
        return ask_any(when, scope);
    case WHEN_NONE:
        return negate(ask_any(when, scope));
    case WHEN_COUNT:
        return truth(has_count(when, scope));
    case WHEN_DISTINCT:
        return truth(has_distinct(when, scope));
    case WHEN_SEQUENCE:
        return has_sequence(when, scope);
    case WHEN_ABSENT:
        return ask_absent(when, scope);
    }
    return IS_UNKNOWN;
}

bool when_needs_silence(const struct when *when)
{
    if (!when) {
        return false;
    }
    if (when->kind == WHEN_ABSENT || when->kind == WHEN_NONE) {
        return true;
    }
    for (size_t i = 0; i < when->n_children; i++) {
        if (when_needs_silence(&when->children[i])) {
            return true;
        }
    }
    return false;
}
