/* Facts of a finding: what its proofs and signs say, the latest word on each; and what the context
 * said last before them. */

#include "reason/facts.h"

#include "base/map.h"
#include "signal/facts.h"

enum {
    MAX_LIST = 256
};

struct slot {
    struct span name;
    const struct fact_declaration *declaration;
    VEC(struct fact) values;
    const struct fact_table *table;
    bool from_context;
    bool list;
};

struct slots {
    struct map *by_name;
    VEC(struct slot) items;
};

static struct slot *slot_of(struct slots *slots, const struct rule *rule, struct span name)
{
    void **place = map_at(slots->by_name, name);

    if (!*place) {
        const struct fact_declaration *declaration = rule_fact(rule, name);

        *vec_add(&slots->items) = (struct slot){
            .name = name,
            .declaration = declaration,
            .list = declaration && declaration->list,
        };
        *place = (void *)(uintptr_t)slots->items.n;
    }
    return &slots->items.items[(uintptr_t)*place - 1];
}

static bool is_empty(const struct slot *slot)
{
    return slot->values.n == 0 && !slot->table;
}

static void add_value(struct slot *slot, const struct fact *fact)
{
    if (!slot->list) {
        vec_clear(&slot->values);
    }
    for (size_t i = 0; i < slot->values.n; i++) {
        if (span_equal(slot->values.items[i].text, fact->text)) {
            return;
        }
    }
    if (slot->values.n < MAX_LIST) {
        vec_push(&slot->values, *fact);
    }
}

static void add_event(struct slots *slots, const struct rule *rule, const struct event *event)
{
    const struct signal *signal = event->signal;

    for (size_t i = 0; i < signal->n_facts; i++) {
        add_value(slot_of(slots, rule, signal->facts[i].name), &signal->facts[i]);
    }
    for (size_t i = 0; i < signal->n_tables; i++) {
        slot_of(slots, rule, signal->tables[i].name)->table = &signal->tables[i];
    }
}

/* `thresholds` said anew behind the finding is `thresholds_after`: what it was changed to. */
static struct slot *slot_after(struct reasoning *it, struct slots *slots, const struct rule *rule,
                               struct span name)
{
    const char *after = arena_printf(it->report->arena, "%.*s_after", (int)name.size, name.data);

    return slot_of(slots, rule, span_of(after));
}

static void add_context_value(struct reasoning *it, struct slots *slots, const struct rule *rule,
                              const struct fact *fact, bool behind)
{
    struct slot *slot = slot_of(slots, rule, fact->name);

    if (is_empty(slot)) {
        slot->from_context = true;
    } else if (!slot->from_context) {
        return;
    }
    if (!behind || is_empty(slot) || slot->list) {
        add_value(slot, fact);
    } else if (!span_equal(slot->values.items[0].text, fact->text)) {
        add_value(slot_after(it, slots, rule, fact->name), fact);
    }
}

static void add_context_table(struct reasoning *it, struct slots *slots, const struct rule *rule,
                              const struct fact_table *table, bool behind)
{
    struct slot *slot = slot_of(slots, rule, table->name);

    if (is_empty(slot)) {
        slot->from_context = true;
    } else if (!slot->from_context) {
        return;
    }
    if (!behind || !slot->table) {
        slot->table = table;
    } else if (!fact_table_equal(slot->table, table)) {
        slot_after(it, slots, rule, table->name)->table = table;
    }
}

/* Was it said after the last that was seen of the finding? What has no common clock with it does
 * not count, as an event of Kubernetes that only tells its age. */
static bool is_behind(const struct reasoning *it, const struct candidate *candidate, uint32_t index)
{
    for (size_t i = candidate->events.n; i > 0; i--) {
        int64_t delay;

        if (event_distance(reason_event(it, candidate->events.items[i - 1]),
                           reason_event(it, index), &delay)) {
            return delay > 0 || (delay == 0 && index > candidate->events.items[i - 1]);
        }
    }
    return index > candidate->events.items[candidate->events.n - 1];
}

static void add_context(struct reasoning *it, struct slots *slots,
                        const struct candidate *candidate, uint32_t index)
{
    const struct signal *signal = reason_event(it, index)->signal;
    bool behind = is_behind(it, candidate, index);

    for (size_t i = 0; i < signal->n_facts; i++) {
        add_context_value(it, slots, candidate->rule, &signal->facts[i], behind);
    }
    for (size_t i = 0; i < signal->n_tables; i++) {
        add_context_table(it, slots, candidate->rule, &signal->tables[i], behind);
    }
}

/* The process that spoke, unless the rule has a `pid` of its own. */
static void add_pid(struct reasoning *it, struct slots *slots, const struct candidate *candidate)
{
    const struct event *event = reason_event(it, candidate->events.items[candidate->events.n - 1]);
    struct slot *slot;

    if (event->seen->pid <= 1 || !(event->signal->streams & event->signal->life_streams)) {
        return;
    }
    slot = slot_of(slots, candidate->rule, SPAN("pid"));
    if (is_empty(slot)) {
        const char *text = arena_printf(it->report->arena, "%lld", (long long)event->seen->pid);
        struct fact fact = fact_parse(SPAN("pid"), FACT_INTEGER, span_of(text), it->report->arena);

        add_value(slot, &fact);
    }
}

static const struct fact_table *copy_table(struct arena *arena, const struct fact_table *table)
{
    struct fact_table *copy = ARENA_NEW(arena, struct fact_table);

    *copy = fact_table_copy(arena, table);
    return copy;
}

void reason_collect_facts(struct reasoning *it, struct candidate *candidate)
{
    struct arena *arena = it->report->arena;
    struct slots slots = { .by_name = map_new() };
    struct finding_fact *facts;
    size_t n = 0;

    for (size_t i = 0; i < candidate->events.n; i++) {
        add_event(&slots, candidate->rule, reason_event(it, candidate->events.items[i]));
    }
    add_pid(it, &slots, candidate);
    for (size_t i = 0; i < candidate->context.n; i++) {
        add_context(it, &slots, candidate, candidate->context.items[i]);
    }
    facts = ARENA_ARRAY(arena, struct finding_fact, slots.items.n);
    for (size_t i = 0; i < slots.items.n; i++) {
        struct slot *slot = &slots.items.items[i];

        if (!is_empty(slot)) {
            facts[n++] = (struct finding_fact){
                .name = arena_copy(arena, slot->name),
                .values = facts_copy(arena, slot->values.items, slot->values.n),
                .n_values = slot->values.n,
                .list = slot->list,
                .table = slot->table ? copy_table(arena, slot->table) : NULL,
            };
        }
        vec_free(&slot->values);
    }
    candidate->finding.facts = facts;
    candidate->finding.n_facts = n;
    vec_free(&slots.items);
    map_free(slots.by_name);
}
