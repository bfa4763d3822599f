/* Facts of a finding: the latest values in its proofs and signs, and the last values in its
 * context before them. */

#include "reason/facts.h"

#include "base/map.h"
#include "signal/facts.h"

enum {
    MAX_LIST = 256
};

struct gathered {
    struct span name;
    const struct fact_declaration *declaration;
    VEC(struct fact) values;
    const struct fact_table *table;
    bool from_context;
    bool list;
};

struct gathered_facts {
    struct map *by_name;
    VEC(struct gathered) items;
};

static struct gathered *gathered_of(struct gathered_facts *facts, const struct rule *rule,
                                    struct span name)
{
    void **place = map_at(facts->by_name, name);

    if (!*place) {
        const struct fact_declaration *declaration = rule_fact(rule, name);

        *vec_add(&facts->items) = (struct gathered){
            .name = name,
            .declaration = declaration,
            .list = declaration && declaration->list,
        };
        *place = (void *)(uintptr_t)facts->items.n;
    }
    return &facts->items.items[(uintptr_t)*place - 1];
}

static bool is_empty(const struct gathered *gathered)
{
    return gathered->values.n == 0 && !gathered->table;
}

static void add_value(struct gathered *gathered, const struct fact *fact)
{
    if (!gathered->list) {
        vec_clear(&gathered->values);
    }
    for (size_t i = 0; i < gathered->values.n; i++) {
        if (span_equal(gathered->values.items[i].text, fact->text)) {
            return;
        }
    }
    if (gathered->values.n < MAX_LIST) {
        vec_push(&gathered->values, *fact);
    }
}

static void add_event(struct gathered_facts *facts, const struct rule *rule,
                      const struct event *event)
{
    const struct signal *signal = event->signal;

    for (size_t i = 0; i < signal->n_facts; i++) {
        add_value(gathered_of(facts, rule, signal->facts[i].name), &signal->facts[i]);
    }
    for (size_t i = 0; i < signal->n_tables; i++) {
        gathered_of(facts, rule, signal->tables[i].name)->table = &signal->tables[i];
    }
}

/* A later value of `thresholds` in the context is `thresholds_after`: what it was changed to. */
static struct gathered *gathered_after(struct reasoning *it, struct gathered_facts *facts,
                                       const struct rule *rule, struct span name)
{
    const char *after = arena_printf(it->report->arena, "%.*s_after", (int)name.size, name.data);

    return gathered_of(facts, rule, span_of(after));
}

static void add_context_value(struct reasoning *it, struct gathered_facts *facts,
                              const struct rule *rule, const struct fact *fact, bool after)
{
    struct gathered *gathered = gathered_of(facts, rule, fact->name);

    if (is_empty(gathered)) {
        gathered->from_context = true;
    } else if (!gathered->from_context) {
        return;
    }
    if (!after || is_empty(gathered) || gathered->list) {
        add_value(gathered, fact);
    } else if (!span_equal(gathered->values.items[0].text, fact->text)) {
        add_value(gathered_after(it, facts, rule, fact->name), fact);
    }
}

static void add_context_table(struct reasoning *it, struct gathered_facts *facts,
                              const struct rule *rule, const struct fact_table *table, bool after)
{
    struct gathered *gathered = gathered_of(facts, rule, table->name);

    if (is_empty(gathered)) {
        gathered->from_context = true;
    } else if (!gathered->from_context) {
        return;
    }
    if (!after || !gathered->table) {
        gathered->table = table;
    } else if (!fact_table_equal(gathered->table, table)) {
        gathered_after(it, facts, rule, table->name)->table = table;
    }
}

/* Did it happen after the last event of the finding that has a clock in common with it? Events
 * of Kubernetes have only an age, for example. */
static bool comes_after(const struct reasoning *it, const struct candidate *candidate,
                        uint32_t index)
{
    for (size_t i = candidate->events.n; i > 0; i--) {
        struct gap delay;

        if (event_gap(reason_event(it, candidate->events.items[i - 1]), reason_event(it, index),
                      &delay)) {
            return delay.least_us > 0 ||
                   (delay.most_us >= 0 && index > candidate->events.items[i - 1]);
        }
    }
    return index > candidate->events.items[candidate->events.n - 1];
}

static void add_context(struct reasoning *it, struct gathered_facts *facts,
                        const struct candidate *candidate, uint32_t index)
{
    const struct signal *signal = reason_event(it, index)->signal;
    bool after = comes_after(it, candidate, index);

    for (size_t i = 0; i < signal->n_facts; i++) {
        add_context_value(it, facts, candidate->rule, &signal->facts[i], after);
    }
    for (size_t i = 0; i < signal->n_tables; i++) {
        add_context_table(it, facts, candidate->rule, &signal->tables[i], after);
    }
}

/* The process that spoke, unless the rule has a `pid` of its own. */
static void add_pid(struct reasoning *it, struct gathered_facts *facts,
                    const struct candidate *candidate)
{
    const struct event *event = reason_event(it, candidate->events.items[candidate->events.n - 1]);
    struct gathered *gathered;

    if (event->seen->pid <= 1 || !(event->signal->streams & event->signal->unit_streams)) {
        return;
    }
    gathered = gathered_of(facts, candidate->rule, SPAN("pid"));
    if (is_empty(gathered)) {
        const char *text = arena_printf(it->report->arena, "%lld", (long long)event->seen->pid);
        struct fact fact = fact_parse(SPAN("pid"), FACT_INTEGER, span_of(text), it->report->arena);

        add_value(gathered, &fact);
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
    struct gathered_facts gathered = { .by_name = map_new() };
    struct finding_fact *facts;
    size_t n = 0;

    for (size_t i = 0; i < candidate->events.n; i++) {
        add_event(&gathered, candidate->rule, reason_event(it, candidate->events.items[i]));
    }
    add_pid(it, &gathered, candidate);
    for (size_t i = 0; i < candidate->context.n; i++) {
        add_context(it, &gathered, candidate, candidate->context.items[i]);
    }
    facts = ARENA_ARRAY(arena, struct finding_fact, gathered.items.n);
    for (size_t i = 0; i < gathered.items.n; i++) {
        struct gathered *one = &gathered.items.items[i];

        if (!is_empty(one)) {
            facts[n++] = (struct finding_fact){
                .name = arena_copy(arena, one->name),
                .values = facts_copy(arena, one->values.items, one->values.n),
                .n_values = one->values.n,
                .list = one->list,
                .table = one->table ? copy_table(arena, one->table) : NULL,
            };
        }
        vec_free(&one->values);
    }
    candidate->finding.facts = facts;
    candidate->finding.n_facts = n;
    vec_free(&gathered.items);
    map_free(gathered.by_name);
}
