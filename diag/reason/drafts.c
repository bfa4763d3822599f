/* Which rules stand where: events of a rule are parted by boot and key, each part into cells of
 * what the rule's signals must share, and a rule stands where one of its cells does. */

#include "base/buf.h"
#include "base/limits.h"
#include "base/map.h"
#include "reason/draft.h"

typedef VEC(uint32_t) indexes;

/* Events that belong together, under a name. */
struct part {
    indexes events;
};

struct parts {
    struct map *by_name;
    VEC(struct part) items;
    indexes everywhere; /* events that do not say to which part they belong */
};

static void parts_add(struct parts *parts, struct span name, uint32_t event)
{
    void **place = map_at(parts->by_name, name);

    if (!*place) {
        *vec_add(&parts->items) = (struct part){ 0 };
        *place = (void *)(uintptr_t)parts->items.n;
    }
    vec_push(&parts->items.items[(uintptr_t)*place - 1].events, event);
}

static int by_index(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

/* More parts than anybody reads: how it began and how it ends stay as they are, what is between
 * becomes one part. */
static void merge_middle(struct parts *parts)
{
    size_t half = LIMIT_FINDINGS_OF_RULE / 2, n = parts->items.n;
    indexes *middle;

    if (n <= LIMIT_FINDINGS_OF_RULE) {
        return;
    }
    middle = &parts->items.items[half].events;
    for (size_t i = half + 1; i < n - half; i++) {
        indexes *events = &parts->items.items[i].events;

        for (size_t k = 0; k < events->n; k++) {
            vec_push(middle, events->items[k]);
        }
        vec_free(events);
    }
    memmove(&parts->items.items[half + 1], &parts->items.items[n - half],
            half * sizeof(*parts->items.items));
    parts->items.n = 2 * half + 1;
}

/* What does not say where it belongs may belong to each part. */
static void parts_finish(struct parts *parts)
{
    if (parts->items.n == 0 && parts->everywhere.n) {
        *vec_add(&parts->items) = (struct part){ 0 };
    }
    for (size_t i = 0; i < parts->items.n; i++) {
        indexes *events = &parts->items.items[i].events;

        for (size_t k = 0; k < parts->everywhere.n; k++) {
            vec_push(events, parts->everywhere.items[k]);
        }
        qsort(events->items, events->n, sizeof(*events->items), by_index);
    }
}

static void parts_done(struct parts *parts)
{
    for (size_t i = 0; i < parts->items.n; i++) {
        vec_free(&parts->items.items[i].events);
    }
    vec_free(&parts->items);
    vec_free(&parts->everywhere);
    map_free(parts->by_name);
}

/* The boot and the key facts. False when a key fact is not said. */
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

/* Life, unit and pid, as far as the rule wants them shared. False when one of them is not known. */
static bool cell_name(const struct event *event, unsigned same, struct buf *name)
{
    buf_clear(name);
    if ((same & SAME_RUN) && event->life == NO_LIFE) {
        return false;
    }
    if ((same & SAME_UNIT) && event->unit == NO_UNIT) {
        return false;
    }
    if ((same & SAME_PID) && event->seen->pid < 0) {
        return false;
    }
    buf_printf(name, "%u %u %lld", same & SAME_RUN ? event->life : 0,
               same & SAME_UNIT ? event->unit : 0,
               same & SAME_PID ? (long long)event->seen->pid : 0);
    return true;
}

static bool several_boots(const struct reasoning *it, const indexes *events)
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

static const struct signal_rule *signal_of(const struct reasoning *it, uint32_t event)
{
    const struct event *at = reason_event(it, event);

    return &it->rules->items[at->rule].signals[at->index];
}

static bool has_role(const struct reasoning *it, const indexes *events, enum signal_role role)
{
    for (size_t i = 0; i < events->n; i++) {
        if (signal_of(it, events->items[i])->role == role) {
            return true;
        }
    }
    return false;
}

/* Does the rule stand on these events, and how surely? */
static bool stands(const struct reasoning *it, const struct draft *draft, const indexes *events,
                   enum finding_confidence *ret)
{
    struct when_scope scope = { &it->timeline, draft->rule, events->items, events->n,
                                draft->states };

    if (has_role(it, events, ROLE_PROOF)) {
        *ret = CONFIDENCE_CERTAIN;
    } else if (draft->rule->when && when_ask(draft->rule->when, &scope) == IS_TRUE) {
        *ret = CONFIDENCE_LIKELY;
    } else if (!draft->rule->when && has_role(it, events, ROLE_SIGN)) {
        *ret = CONFIDENCE_POSSIBLE;
    } else {
        return false;
    }
    return true;
}

static bool is_context(enum signal_role role)
{
    return role == ROLE_CONTEXT || role == ROLE_AGAINST;
}

static void take_events(const struct reasoning *it, struct draft *draft, const indexes *events)
{
    for (size_t i = 0; i < events->n; i++) {
        if (is_context(signal_of(it, events->items[i])->role)) {
            vec_push(&draft->context, events->items[i]);
        } else {
            vec_push(&draft->events, events->items[i]);
        }
    }
}

/* In order, each once. */
static void sort_events(uint32_t *events, size_t *n)
{
    size_t kept = 0;

    if (*n) {
        qsort(events, *n, sizeof(*events), by_index);
    }
    for (size_t i = 0; i < *n; i++) {
        if (kept == 0 || events[i] != events[kept - 1]) {
            events[kept++] = events[i];
        }
    }
    *n = kept;
}

static void draft_done(struct draft *draft)
{
    vec_free(&draft->events);
    vec_free(&draft->context);
    vec_free(&draft->reasons);
    vec_free(&draft->causes);
    vec_free(&draft->effects);
}

static void part_into_cells(const struct reasoning *it, const indexes *events, unsigned same,
                            struct parts *cells)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };

    for (size_t i = 0; i < events->n; i++) {
        if (cell_name(reason_event(it, events->items[i]), same, &name)) {
            parts_add(cells, buf_span(&name), events->items[i]);
        } else {
            vec_push(&cells->everywhere, events->items[i]);
        }
    }
    parts_finish(cells);
}

/* One part of a rule's events: a draft when one of its cells stands. */
static void draft_part(struct reasoning *it, uint32_t rule, const indexes *events)
{
    struct draft draft = {
        .rule = &it->rules->items[rule],
        .rule_index = rule,
        .node = reason_event(it, events->items[0])->node,
        .states = it->answers[rule],
        .state_rows = it->answer_rows[rule],
    };
    struct parts cells = { .by_name = map_new() };
    bool any = false;

    part_into_cells(it, events, draft.rule->same, &cells);
    for (size_t i = 0; i < cells.items.n; i++) {
        enum finding_confidence confidence;

        if (!stands(it, &draft, &cells.items.items[i].events, &confidence)) {
            continue;
        }
        if (!any || confidence > draft.confidence) {
            draft.confidence = confidence;
        }
        any = true;
        take_events(it, &draft, &cells.items.items[i].events);
    }
    sort_events(draft.events.items, &draft.events.n);
    sort_events(draft.context.items, &draft.context.n);
    parts_done(&cells);
    if (any && draft.events.n) {
        vec_push(&it->drafts, draft);
    } else {
        draft_done(&draft);
    }
}

static void draft_rule(struct reasoning *it, uint32_t rule, const indexes *events)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };
    struct parts parts = { .by_name = map_new() };
    bool boots = several_boots(it, events);

    for (size_t i = 0; i < events->n; i++) {
        const struct event *event = reason_event(it, events->items[i]);

        if (key_name(event, &it->rules->items[rule], boots, &name)) {
            parts_add(&parts, buf_span(&name), events->items[i]);
        } else {
            vec_push(&parts.everywhere, events->items[i]);
        }
    }
    merge_middle(&parts);
    parts_finish(&parts);
    for (size_t i = 0; i < parts.items.n; i++) {
        draft_part(it, rule, &parts.items.items[i].events);
    }
    parts_done(&parts);
}

static void ask_states(struct reasoning *it)
{
    struct arena *arena = it->report->arena;

    it->answers = ARENA_ARRAY(arena, const enum tristate *, it->rules->n);
    it->answer_rows = ARENA_ARRAY(arena, const struct state_row *const *, it->rules->n);
    for (size_t i = 0; i < it->rules->n; i++) {
        const struct rule *rule = &it->rules->items[i];
        enum tristate *answers = ARENA_ARRAY(arena, enum tristate, rule->n_states);
        const struct state_row **rows =
            ARENA_ARRAY(arena, const struct state_row *, rule->n_states);

        for (size_t k = 0; k < rule->n_states; k++) {
            answers[k] = states_ask(it->states, it->rules, &rule->states[k], &rows[k]);
        }
        it->answers[i] = answers;
        it->answer_rows[i] = rows;
    }
}

void reason_find_drafts(struct reasoning *it)
{
    const struct timeline *timeline = &it->timeline;
    indexes *of_rule = alloc_zeroed(it->rules->n, sizeof(*of_rule));
    uint32_t at = 0;

    ask_states(it);
    for (uint32_t node = 0; node < timeline->n_nodes; node++) {
        for (; at < timeline->n && timeline->events[at].node == node; at++) {
            vec_push(&of_rule[timeline->events[at].rule], at);
        }
        for (uint32_t rule = 0; rule < it->rules->n; rule++) {
            if (of_rule[rule].n) {
                draft_rule(it, rule, &of_rule[rule]);
            }
            vec_clear(&of_rule[rule]);
        }
    }
    for (size_t i = 0; i < it->rules->n; i++) {
        vec_free(&of_rule[i]);
    }
    free(of_rule);
}

/* --- suppression --------------------------------------------------------------------------- */

/* Without `same`: both speak of the same record. */
static bool is_company(const struct event *a, const struct event *b, unsigned same)
{
    return same ? event_shares(a, b, same) : event_same_record(a, b);
}

static bool has_company(const struct reasoning *it, const struct draft *draft, uint32_t event,
                        unsigned same)
{
    for (size_t i = 0; i < draft->events.n; i++) {
        if (is_company(reason_event(it, draft->events.items[i]), reason_event(it, event), same)) {
            return true;
        }
    }
    return false;
}

/* Takes from `victim` what the suppressing draft accounts for; without anything left it is silent.
 */
static void suppress(const struct reasoning *it, const struct draft *by, struct draft *victim,
                     unsigned same)
{
    size_t kept = 0;

    for (size_t i = 0; i < victim->events.n; i++) {
        if (!has_company(it, by, victim->events.items[i], same)) {
            victim->events.items[kept++] = victim->events.items[i];
        }
    }
    victim->events.n = kept;
    victim->silenced = kept == 0;
}

void reason_suppress(struct reasoning *it)
{
    for (size_t i = 0; i < it->drafts.n; i++) {
        const struct draft *draft = &it->drafts.items[i];

        for (size_t k = 0; k < draft->rule->n_suppresses; k++) {
            for (size_t j = 0; j < it->drafts.n; j++) {
                struct draft *other = &it->drafts.items[j];

                if (other->rule_index == draft->rule->suppresses[k].rule &&
                    other->node == draft->node && !other->silenced && other != draft) {
                    suppress(it, draft, other, draft->rule->suppresses[k].same);
                }
            }
        }
    }
}
