/* Names in the texts of rules. `{devise}` for `{device}` would silently leave out its sentence. */

#include "workbench/lint_texts.h"

#include "base/map.h"
#include "base/near.h"
#include "base/pattern.h"
#include "finding/template_check.h"
#include "state/state.h"

struct texts {
    struct lint_list *list;
    const struct rule *rule;
    struct map *names;     /* all that a text of the rule may name */
    const struct yaml *at; /* the text being checked */
};

/* ---- what can be named ---- */

static void add_name(struct texts *texts, struct span table, struct span name)
{
    CLEANUP(buf_done_at) struct buf whole = { 0 };

    buf_add(&whole, table);
    if (!span_empty(table) && !span_empty(name)) {
        buf_add_byte(&whole, '.');
    }
    buf_add(&whole, name);
    *map_at(texts->names, buf_span(&whole)) = texts;
}

/* The groups of the pattern at the key, as facts or as columns of the table. */
static void add_groups(struct texts *texts, const struct yaml *text, struct span table)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;

    if (!text || pattern_compile(text->text, &pattern, NULL) < 0) {
        return;
    }
    add_name(texts, table, (struct span){ 0 });
    for (size_t i = 0; i < pattern_n_groups(pattern); i++) {
        add_name(texts, table, pattern_group_name(pattern, i));
    }
}

static void add_block(struct texts *texts, const struct yaml *block)
{
    const struct yaml *read = yaml_get(block, "read"), *rows = yaml_get(block, "rows");

    if (read && read->type == YAML_TEXT) {
        add_groups(texts, read, (struct span){ 0 });
    }
    for (read = read ? read->first : NULL; read; read = read->next) {
        add_groups(texts, read, (struct span){ 0 });
    }
    add_groups(texts, yaml_get(rows, "pattern"), yaml_text(rows, "name"));
}

static void add_set(struct texts *texts, const struct yaml *set)
{
    for (const struct yaml *row = set ? set->first : NULL; row; row = row->next) {
        const struct yaml *then = yaml_get(row, "then");

        for (const struct yaml *fact = then ? then->first : NULL; fact; fact = fact->next) {
            add_name(texts, (struct span){ 0 }, fact->key);
        }
    }
}

static void add_signals(struct texts *texts)
{
    const struct yaml *signals = yaml_get(texts->rule->tree, "signals");

    for (const struct yaml *signal = signals->first; signal; signal = signal->next) {
        add_groups(texts, yaml_get(signal, "pattern"), (struct span){ 0 });
        add_groups(texts, yaml_get(signal, "each"), yaml_text(signal, "name"));
        add_block(texts, yaml_get(signal, "block"));
        add_set(texts, yaml_get(signal, "set"));
    }
    for (size_t i = 0; i < texts->rule->n_facts; i++) {
        add_name(texts, (struct span){ 0 }, texts->rule->facts[i].name);
    }
}

static void add_states(struct texts *texts)
{
    for (size_t i = 0; i < texts->rule->n_states; i++) {
        const struct state_rule *state = &texts->rule->states[i];
        const struct state_kind *kind = state_kind_find(state->from);
        struct span rest = span_of(kind ? kind->columns : "line"), column;

        while (span_word(&rest, &column)) {
            add_name(texts, state->name, column);
        }
    }
}

/* What is known of every node: see reason/node_facts.h. */
static void add_node_names(struct texts *texts, const struct streams *streams)
{
    for (size_t i = 0; i < streams->n; i++) {
        const struct stream *stream = &streams->items[i];
        CLEANUP(buf_done_at) struct buf unit = { 0 };

        buf_printf(&unit, "%s_unit", stream->name);
        if (stream->units && stream->units[0]) {
            add_name(texts, (struct span){ 0 }, buf_span(&unit));
        }
        for (size_t k = 0; k < stream->n_variants; k++) {
            for (size_t m = 0; m < stream->variants[k].n_texts; m++) {
                add_name(texts, (struct span){ 0 }, stream->variants[k].texts[m].name);
            }
        }
    }
}

static void add_all_names(struct texts *texts, const struct streams *streams)
{
    static const char *const built_in[] = { "count", "first", "last", "host", "lives", "node" };

    for (size_t i = 0; i < N_ELEMENTS(built_in); i++) {
        add_name(texts, (struct span){ 0 }, span_of(built_in[i]));
    }
    add_node_names(texts, streams);
    add_signals(texts);
    add_states(texts);
}

/* ---- what is named ---- */

/* After the dot, or all of it. */
static struct span last_part(struct span name)
{
    ptrdiff_t dot = span_find_byte(name, '.');

    return dot < 0 ? name : span_skip(name, (size_t)dot + 1);
}

/* Offset of `name` after a brace of the text, or -1. */
static ptrdiff_t find_slot(struct span text, struct span name)
{
    CLEANUP(buf_done_at) struct buf slot = { 0 };
    ptrdiff_t at;

    buf_printf(&slot, "{%.*s", (int)name.size, name.data);
    at = span_find(text, buf_span(&slot));
    return at < 0 ? at : at + 1;
}

/* Where the text says `{name`, or inside a table's row `{column`. */
static size_t offset_of(struct span text, struct span name)
{
    ptrdiff_t at = find_slot(text, name);

    if (at < 0) {
        at = find_slot(text, last_part(name));
    }
    return at < 0 ? 0 : (size_t)at;
}

/* `thresholds_after` and `thresholds_after.signal` are what `thresholds` was changed to. */
static bool is_known(const struct texts *texts, struct span name)
{
    CLEANUP(buf_done_at) struct buf before = { 0 };
    ptrdiff_t dot = span_find_byte(name, '.');
    struct span first = dot < 0 ? name : span_head(name, (size_t)dot), after = SPAN("_after");

    if (map_find(texts->names, name)) {
        return true;
    }
    if (!span_ends(first, after)) {
        return false;
    }
    buf_add(&before, span_head(first, first.size - after.size));
    buf_add(&before, span_skip(name, first.size));
    return map_find(texts->names, buf_span(&before)) != NULL;
}

/* A column in the row of a table: a name that is not a column is searched for outside, and a table that is not
 * known has a message of its own. */
static bool is_excused(const struct texts *texts, struct span name)
{
    ptrdiff_t dot = span_find_byte(name, '.');

    return dot >= 0 && find_slot(texts->at->text, name) < 0 &&
           (is_known(texts, last_part(name)) || !is_known(texts, span_head(name, (size_t)dot)));
}

static void visit_name(void *data, struct span name)
{
    const struct texts *texts = data;
    struct span near = { 0 };

    if (is_known(texts, name) || is_excused(texts, name)) {
        return;
    }
    for (size_t i = 0; i < map_size(texts->names); i++) {
        near = near_better(name, near, map_key(texts->names, i));
    }
    if (span_empty(near)) {
        lint_add_inside(texts->list, "unknown-name", texts->rule, texts->at,
                        offset_of(texts->at->text, name), "unknown fact '%.*s'", TEXT_OF(name));
    } else {
        lint_add_inside(texts->list, "unknown-name", texts->rule, texts->at,
                        offset_of(texts->at->text, name),
                        "unknown fact '%.*s', did you mean '%.*s'?", TEXT_OF(name), TEXT_OF(near));
    }
}

static void check_text(struct texts *texts, const struct yaml *text)
{
    struct error error = { 0 };

    if (!text) {
        return;
    }
    texts->at = text;
    if (template_check(text->text.data, visit_name, texts, &error) < 0) {
        lint_add_inside(texts->list, "bad-text", texts->rule, text,
                        error.column ? error.column - 1 : 0, "%s", error.text);
    }
}

static void check_texts_of(struct texts *texts, const struct yaml *list, const char *key)
{
    for (const struct yaml *item = list ? list->first : NULL; item; item = item->next) {
        const struct yaml *value = yaml_get(item, key);

        if (value && value->type == YAML_TEXT) {
            check_text(texts, value);
        }
        for (value = value && value->type == YAML_LIST ? value->first : NULL; value;
             value = value->next) {
            check_text(texts, value);
        }
    }
}

/* `given: { resource: memory }`: a condition on an unknown fact never holds. */
static void check_given(struct texts *texts, const struct yaml *maps)
{
    size_t n;
    const struct yaml *map = yaml_items(maps, &n);

    for (size_t i = 0; i < n; i++, map = map->next) {
        for (const struct yaml *fact = map->first; fact; fact = fact->next) {
            texts->at = fact->key_at;
            visit_name(texts, fact->key);
        }
    }
}

static void check_conditions(struct texts *texts, const struct yaml *remedies)
{
    for (const struct yaml *remedy = remedies ? remedies->first : NULL; remedy;
         remedy = remedy->next) {
        check_given(texts, yaml_get(remedy, "given"));
        check_given(texts, yaml_get(remedy, "unless"));
    }
}

void lint_texts(struct lint_list *list, const struct rule *rule, const struct streams *streams)
{
    CLEANUP(map_free_at) struct map *names = map_new();
    struct texts texts = { .list = list, .rule = rule, .names = names };
    const struct yaml *confidence = yaml_get(rule->tree, "confidence");
    const struct yaml *remedies = yaml_get(rule->tree, "remedies");

    add_all_names(&texts, streams);
    check_text(&texts, yaml_get(rule->tree, "title"));
    check_text(&texts, yaml_get(rule->tree, "explain"));
    check_texts_of(&texts, remedies, "do");
    check_texts_of(&texts, remedies, "run");
    check_texts_of(&texts, remedies, "risk");
    check_texts_of(&texts, remedies, "undo");
    check_conditions(&texts, remedies);
    check_texts_of(&texts, yaml_get(rule->tree, "rules_out"), "because");
    check_texts_of(&texts, yaml_get(confidence, "raised_by"), "because");
    check_texts_of(&texts, yaml_get(confidence, "lowered_by"), "because");
}
