/* The log lines and state rows that show a finding. */

#include "reason/evidence.h"

#include "base/arithmetic.h"

#include <stdlib.h>

enum {
    MAX_EVIDENCE = 48,
    EVIDENCE_OF_SIGNAL = 12
};

static struct span stream_name(const struct reasoning *it, const struct event *event)
{
    uint64_t set = reason_signal_rule(it, event)->streams & event->signal->streams;

    if (!set) {
        return (struct span){ 0 };
    }
    return span_of(it->rules->streams.items[LOWEST_BIT(set)].name);
}

/* The process's own report of its death comes first, then proofs, signs, context; and the first
 * line of each signal before its repetitions. */
static unsigned weight_of(const struct signal_rule *signal, bool repeated)
{
    return (signal->fatal ? 0 : 1 + (unsigned)signal->role) + (repeated ? 8 : 0);
}

static struct evidence evidence_of(const struct reasoning *it, const struct event *event,
                                   bool repeated)
{
    const struct signal *signal = event->seen->whole;
    struct evidence evidence = {
        .when = signal->when,
        .stamp = arena_copy(it->report->arena, signal->stamp),
        .stream = arena_copy(it->report->arena, stream_name(it, event)),
        .signal = arena_copy(it->report->arena, reason_signal_rule(it, event)->name),
        .origin = signal->origin,
        .unit = arena_copy(it->report->arena, signal->unit),
        .host = arena_copy(it->report->arena, signal->host),
        .pid = signal->pid,
        .message = arena_copy(it->report->arena, signal->message),
        .weight = weight_of(reason_signal_rule(it, event), repeated),
        .count =
            event->signal == store_group(it->store, event->group)->signal
                ? store_group(it->store, event->group)->count - it->timeline->copies[event->group]
                : 1,
    };

    evidence.origin.cursor = arena_copy(it->report->arena, signal->origin.cursor);
    evidence.origin.member = arena_copy(it->report->arena, signal->origin.member);
    return evidence;
}

/* The first events of each signal, and its last one: enough to see how it began and how it is
 * now. */
static void add_evidence(const struct reasoning *it, const struct candidate *candidate,
                         const uint32_t *events, size_t n, struct evidence *evidence,
                         size_t *n_evidence)
{
    size_t n_signals = candidate->rule->n_signals;
    size_t *seen = alloc_zeroed(n_signals, sizeof(*seen));
    size_t *last = alloc_zeroed(n_signals, sizeof(*last));

    for (size_t i = 0; i < n; i++) {
        if (reason_event(it, events[i])->seen->whole) {
            last[reason_event(it, events[i])->index] = i;
        }
    }
    for (size_t i = 0; i < n && *n_evidence < MAX_EVIDENCE; i++) {
        const struct event *event = reason_event(it, events[i]);

        if (event->seen->whole && !reason_is_repeated(it, events, i) &&
            (seen[event->index] < EVIDENCE_OF_SIGNAL || last[event->index] == i)) {
            evidence[(*n_evidence)++] = evidence_of(it, event, seen[event->index] > 0);
            seen[event->index]++;
        }
    }
    free(seen);
    free(last);
}

/* A line of a state file that made a state of the rule true. */
static struct evidence state_evidence_of(const struct reasoning *it, const struct state_rule *state,
                                         const struct state_row *row, struct span line)
{
    struct arena *arena = it->report->arena;

    return (struct evidence){
        .when = MOMENT_UNKNOWN,
        .stream =
            span_of(arena_printf(arena, "state/%.*s", (int)state->from.size, state->from.data)),
        .signal = arena_copy(arena, state->name),
        .origin = { .input = UINT32_MAX,
                    .line = row->line,
                    .member = arena_copy(arena, span_of(row->file)) },
        .pid = -1,
        .message = arena_copy(arena, line),
        .weight = 1 + ROLE_CONTEXT,
        .count = 1,
    };
}

static void add_state_evidence(const struct reasoning *it, const struct candidate *candidate,
                               struct evidence *evidence, size_t *n_evidence)
{
    for (size_t i = 0; i < candidate->rule->n_states && *n_evidence < MAX_EVIDENCE; i++) {
        const struct state_row *row = candidate->state_rows[i];
        const struct fact *line = row ? state_row_fact(row, SPAN("line")) : NULL;

        if (candidate->states[i] == IS_TRUE && line) {
            evidence[(*n_evidence)++] =
                state_evidence_of(it, &candidate->rule->states[i], row, line->text);
        }
    }
}

/* Records that are evidence already are not added again as context. */
static void collect_context(const struct reasoning *it, const struct candidate *candidate,
                            struct evidence *evidence, size_t *n_evidence)
{
    uint32_t *context = alloc_bytes(candidate->context.n * sizeof(*context));
    size_t n = 0, e = 0;

    for (size_t i = 0; i < candidate->context.n; i++) {
        const struct event *event = reason_event(it, candidate->context.items[i]);

        while (e + 1 < candidate->events.n &&
               candidate->events.items[e + 1] < candidate->context.items[i]) {
            e++;
        }
        if (!event_same_record(event, reason_event(it, candidate->events.items[e])) &&
            (e + 1 == candidate->events.n ||
             !event_same_record(event, reason_event(it, candidate->events.items[e + 1])))) {
            context[n++] = candidate->context.items[i];
        }
    }
    add_evidence(it, candidate, context, n, evidence, n_evidence);
    free(context);
}

void reason_collect_evidence(struct reasoning *it, struct candidate *candidate)
{
    struct evidence *evidence = ARENA_ARRAY(it->report->arena, struct evidence, MAX_EVIDENCE);
    size_t n = 0;

    add_evidence(it, candidate, candidate->events.items, candidate->events.n, evidence, &n);
    collect_context(it, candidate, evidence, &n);
    add_state_evidence(it, candidate, evidence, &n);
    candidate->finding.evidence = evidence;
    candidate->finding.n_evidence = n;
}
