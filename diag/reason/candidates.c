/* Which rules match where: the events of a rule are parted by boot and key, each part into cells of
 * what the rule's signals must share, and a rule matches where it matches in one of its cells. */

#include "reason/candidates.h"

#include "base/buf.h"
#include "base/limits.h"
#include "reason/because.h"
#include "reason/parts.h"
#include "timeline/boots.h"

#include <stdlib.h>
#include <string.h>

/* The boot and the key facts. False when one of them is unknown. */
static bool key_name(const struct event *event, const struct rule *rule, bool boots,
                     struct buf *name)
{
    buf_clear(name);
    if (boots && span_empty(event->signal->boot)) {
        return false;
    }
    if (boots) {
        buf_add(name, event->signal->boot);
    }
    for (size_t i = 0; i < rule->n_key; i++) {
        const struct fact *fact = signal_fact(event->signal, rule->key[i]);

        if (!fact) {
            return false;
        }
        buf_add_byte(name, '\0');
        buf_add(name, fact->text);
    }
    return true;
}

/* Run, unit and pid, as far as they must be shared. False when one of them is unknown. */
static bool cell_name(const struct event *event, unsigned same, struct buf *name)
{
    buf_clear(name);
    if ((same & SAME_RUN) && event->run == NO_RUN) {
        return false;
    }
    if ((same & SAME_UNIT) && event->unit == NO_UNIT) {
        return false;
    }
    if ((same & SAME_PID) && event->seen->pid < 0) {
        return false;
    }
    buf_add_number(name, same & SAME_RUN ? event->run : 0);
    buf_add_number(name, same & SAME_UNIT ? event->unit : 0);
    buf_add_number(name, same & SAME_PID ? (uint64_t)event->seen->pid : 0);
    return true;
}

static bool several_boots(const struct reasoning *it, const struct indexes *events)
{
    struct span boot = { 0 };

    for (size_t i = 0; i < events->n; i++) {
        struct span other = reason_event(it, events->items[i])->signal->boot;

        if (!span_empty(boot) && !span_empty(other) && !span_equal(boot, other)) {
            return true;
        }
        if (!span_empty(other)) {
            boot = other;
        }
    }
    return false;
}

static bool has_role(const struct reasoning *it, const struct indexes *events,
                     enum signal_role role)
{
    for (size_t i = 0; i < events->n; i++) {
        if (reason_signal_rule(it, reason_event(it, events->items[i]))->role == role) {
            return true;
        }
    }
    return false;
}

/* A proof whose component is unknown proves nothing; it is a sign. */
static bool has_proof(const struct reasoning *it, const struct indexes *events, bool unattributed)
{
    for (size_t i = 0; i < events->n; i++) {
        const struct event *event = reason_event(it, events->items[i]);

        if (reason_signal_rule(it, event)->role == ROLE_PROOF &&
            event->signal->unattributed == unattributed) {
            return true;
        }
    }
    return false;
}

static struct when_scope scope_of(const struct reasoning *it, const struct candidate *candidate,
                                  const struct indexes *events)
{
    return (struct when_scope){ it->timeline,      candidate->rule, events->items, events->n,
                                candidate->states, it->runs,        it->observed };
}

/* Does the rule match on these events, and how surely? */
static bool matches(const struct reasoning *it, const struct candidate *candidate,
                    const struct indexes *events, enum finding_confidence *ret)
{
    struct when_scope scope = scope_of(it, candidate, events);

    if (has_proof(it, events, /* unattributed= */ false)) {
        *ret = CONFIDENCE_CERTAIN;
    } else if (candidate->rule->when && when_ask(candidate->rule->when, &scope) == IS_TRUE) {
        *ret = CONFIDENCE_LIKELY;
    } else if (has_proof(it, events, /* unattributed= */ true) ||
               (!candidate->rule->when && has_role(it, events, ROLE_SIGN))) {
        *ret = CONFIDENCE_POSSIBLE;
    } else {
        return false;
    }
    return true;
}

/* Without a proof: which part of the rule's condition is met. NULL: it has no condition. */
static const char *explain_match(const struct reasoning *it, const struct candidate *candidate,
                                 const struct indexes *events)
{
    struct when_scope scope = scope_of(it, candidate, events);

    if (candidate->confidence != CONFIDENCE_LIKELY) {
        return NULL;
    }
    return because_true(candidate->rule->when, &scope, it->report->arena);
}

static bool is_context(enum signal_role role)
{
    return role == ROLE_CONTEXT || role == ROLE_AGAINST;
}

static void take_events(const struct reasoning *it, struct candidate *candidate,
                        const struct indexes *events)
{
    for (size_t i = 0; i < events->n; i++) {
        if (is_context(reason_signal_rule(it, reason_event(it, events->items[i]))->role)) {
            vec_push(&candidate->context, events->items[i]);
        } else {
            vec_push(&candidate->events, events->items[i]);
        }
    }
}

static void part_into_cells(const struct reasoning *it, const struct indexes *events, unsigned same,
                            struct parts *cells)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };

    for (size_t i = 0; i < events->n; i++) {
        if (cell_name(reason_event(it, events->items[i]), same, &name)) {
            parts_add(cells, buf_span(&name), events->items[i]);
        } else {
            parts_add_everywhere(cells, events->items[i]);
        }
    }
}

static bool is_unattributed(const struct reasoning *it, const struct indexes *events)
{
    for (size_t i = 0; i < events->n; i++) {
        if (!reason_event(it, events->items[i])->signal->unattributed) {
            return false;
        }
    }
    return true;
}

/* The last value of a fact in the events; empty: none. */
static struct span last_value(const struct reasoning *it, const struct indexes *events,
                              struct span name)
{
    for (size_t i = events->n; i > 0 && !span_empty(name); i--) {
        const struct fact *fact = signal_fact(reason_event(it, events->items[i - 1])->signal, name);

        if (fact) {
            return fact->text;
        }
    }
    return (struct span){ 0 };
}

/* Questions about what the events say: a path, a resource. The candidate gets answers of its own. */
static void ask_about_events(const struct reasoning *it, const struct indexes *events,
                             struct candidate *candidate)
{
    const struct rule *rule = candidate->rule;
    struct arena *arena = it->report->arena;
    enum tristate *answers = NULL;
    const struct state_row **rows = NULL;

    for (size_t i = 0; i < rule->n_states; i++) {
        const struct state_rule *question = &rule->states[i];
        struct state_subject subject = { last_value(it, events, question->holding),
                                         last_value(it, events, question->most) };

        if (span_empty(question->holding) && span_empty(question->most)) {
            continue;
        }
        if (!answers) {
            answers = ARENA_ARRAY(arena, enum tristate, rule->n_states);
            rows = ARENA_ARRAY(arena, const struct state_row *, rule->n_states);
            memcpy(answers, candidate->states, rule->n_states * sizeof(*answers));
            memcpy(rows, candidate->state_rows, rule->n_states * sizeof(*rows));
            candidate->states = answers;
            candidate->state_rows = rows;
        }
        rows[i] = NULL;
        answers[i] =
            states_ask(it->states[candidate->node], it->rules, question, &subject, &rows[i]);
    }
}

/* Are they of a boot before the last one read? */
static bool is_of_earlier_boot(const struct reasoning *it, const struct indexes *events)
{
    for (size_t i = events->n; i > 0; i--) {
        const struct event *event = reason_event(it, events->items[i - 1]);

        if (!span_empty(event->signal->boot)) {
            return boots_is_earlier(it->boots, event);
        }
    }
    return false;
}

/* State describes the moment when it was taken, not an earlier boot. */
static void leave_states_unknown(const struct reasoning *it, struct candidate *candidate)
{
    size_t n = candidate->rule->n_states;
    enum tristate *answers = ARENA_ARRAY(it->report->arena, enum tristate, n);

    for (size_t i = 0; i < n; i++) {
        answers[i] = IS_UNKNOWN;
    }
    candidate->past = true;
    candidate->states = answers;
    candidate->state_rows = ARENA_ARRAY(it->report->arena, const struct state_row *, n);
}

/* Is it a line of a state file, which has neither a boot nor a time? */
static bool is_state_line(const struct reasoning *it, const struct event *event)
{
    return span_empty(event->signal->boot) && event_clock(event) == TIME_UNKNOWN &&
           event->seen->input < it->report->n_inputs &&
           it->report->inputs[event->seen->input].is_state;
}

static void drop_state_lines(const struct reasoning *it, struct indexes *events)
{
    size_t n = 0;

    for (size_t i = 0; i < events->n; i++) {
        if (!is_state_line(it, reason_event(it, events->items[i]))) {
            events->items[n++] = events->items[i];
        }
    }
    events->n = n;
}

/* One part of a rule's events: true when the rule matches in one of its cells. *ret is then the
 * candidate, else undefined. */
static bool judge_part(const struct reasoning *it, uint32_t rule, struct indexes *events,
                       struct candidate *ret)
{
    struct candidate candidate = {
        .rule = &it->rules->items[rule],
        .rule_index = rule,
        .node = reason_event(it, events->items[0])->node,
        .states = it->answers[rule],
        .state_rows = it->answer_rows[rule],
    };
    struct indexes cell = { 0 };
    struct parts cells;
    bool any = false;

    if (is_of_earlier_boot(it, events)) {
        leave_states_unknown(it, &candidate);
        drop_state_lines(it, events);
    } else {
        ask_about_events(it, events, &candidate);
    }
    parts_init(&cells);
    part_into_cells(it, events, candidate.rule->same, &cells);
    for (size_t i = 0; i < parts_count(&cells); i++) {
        enum finding_confidence confidence;

        parts_get(&cells, i, &cell);
        if (!matches(it, &candidate, &cell, &confidence)) {
            continue;
        }
        if (!any || confidence > candidate.confidence) {
            candidate.confidence = confidence;
            candidate.because = explain_match(it, &candidate, &cell);
        }
        any = true;
        take_events(it, &candidate, &cell);
    }
    candidate_sort(&candidate);
    candidate.unattributed = candidate.events.n > 0 && is_unattributed(it, &candidate.events);
    if (candidate.unattributed) {
        candidate.confidence = CONFIDENCE_POSSIBLE;
    }
    parts_done(&cells);
    vec_free(&cell);
    if (!any || candidate.events.n == 0) {
        candidate_done(&candidate);
        return false;
    }
    *ret = candidate;
    return true;
}

static void part_by_key(const struct reasoning *it, uint32_t rule, const struct indexes *events,
                        struct parts *parts)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };
    bool boots = several_boots(it, events);

    for (size_t i = 0; i < events->n; i++) {
        const struct event *event = reason_event(it, events->items[i]);

        if (key_name(event, &it->rules->items[rule], boots, &name)) {
            parts_add(parts, buf_span(&name), events->items[i]);
        } else {
            parts_add_everywhere(parts, events->items[i]);
        }
    }
}

/* Of many keys, the first and the last stay as they are. Those between become one finding, but only
 * after each was judged alone: merged before, they would meet a count that none of them reaches. */
static void add_of_rule(struct reasoning *it, size_t first, struct candidate *candidate)
{
    struct candidates *all = &it->candidates;
    size_t middle = first + LIMIT_FINDINGS_OF_RULE / 2;

    vec_push(all, *candidate);
    if (all->n - first <= LIMIT_FINDINGS_OF_RULE + 1) {
        return;
    }
    candidate_merge(&all->items[middle], &all->items[middle + 1]);
    memmove(&all->items[middle + 1], &all->items[middle + 2],
            (all->n - middle - 2) * sizeof(*all->items));
    all->n--;
}

static void judge_rule(struct reasoning *it, uint32_t rule, const struct indexes *events)
{
    size_t first = it->candidates.n;
    struct indexes part = { 0 };
    struct parts parts;

    parts_init(&parts);
    part_by_key(it, rule, events, &parts);
    for (size_t i = 0; i < parts_count(&parts); i++) {
        struct candidate candidate;

        parts_get(&parts, i, &part);
        if (judge_part(it, rule, &part, &candidate)) {
            add_of_rule(it, first, &candidate);
        }
    }
    for (size_t i = first; i < it->candidates.n; i++) {
        candidate_sort(&it->candidates.items[i]);
    }
    vec_free(&part);
    parts_done(&parts);
}

/* The answers are kept by the candidates, so each node gets its own. */
static void ask_states(struct reasoning *it, uint32_t node, uint32_t rule)
{
    struct arena *arena = it->report->arena;
    const struct rule *asking = &it->rules->items[rule];
    enum tristate *answers = ARENA_ARRAY(arena, enum tristate, asking->n_states);
    const struct state_row **rows = ARENA_ARRAY(arena, const struct state_row *, asking->n_states);

    for (size_t i = 0; i < asking->n_states; i++) {
        answers[i] = states_ask(it->states[node], it->rules, &asking->states[i],
                                /* subject= */ NULL, &rows[i]);
    }
    it->answers[rule] = answers;
    it->answer_rows[rule] = rows;
}

void reason_find_candidates(struct reasoning *it)
{
    const struct timeline *timeline = it->timeline;
    struct arena *arena = it->report->arena;
    struct indexes *of_rule = alloc_zeroed(it->rules->n, sizeof(*of_rule));
    uint32_t at = 0;

    it->answers = ARENA_ARRAY(arena, const enum tristate *, it->rules->n);
    it->answer_rows = ARENA_ARRAY(arena, const struct state_row *const *, it->rules->n);
    for (uint32_t node = 0; node < timeline->n_nodes; node++) {
        for (; at < timeline->n && timeline->events[at].node == node; at++) {
            vec_push(&of_rule[timeline->events[at].rule], at);
        }
        for (uint32_t rule = 0; rule < it->rules->n; rule++) {
            if (of_rule[rule].n) {
                ask_states(it, node, rule);
                judge_rule(it, rule, &of_rule[rule]);
            }
            vec_clear(&of_rule[rule]);
        }
    }
    for (size_t i = 0; i < it->rules->n; i++) {
        vec_free(&of_rule[i]);
    }
    free(of_rule);
}
