/* One rule from its file's tree. The schema has checked types and required keys; what is left are
 * patterns, and names inside the file. */

#include "rule/build.h"

#include "base/calendar.h"
#include "base/limits.h"
#include "base/pattern.h"
#include "rule/condition.h"
#include "rule/literal.h"
#include "rule/schema.h"

#include <errno.h>

enum {
    BLOCK_LINES = 256,
    BLOCK_KEEP = 10
};

#define TEXT_OF(span) (int)span_head(span, 64).size, (span).data ? (span).data : ""

struct builder {
    const struct build_options *options;
    struct arena *arena;
    struct pattern_table *patterns;
    struct draft *draft;
    struct error *reterr;
    VEC(struct span) known; /* names of facts: those with a field first, then signal by signal */
    size_t n_fields;        /* so many are facts with a field */
    size_t signal;          /* the facts of the signal at work begin here */
};

/* ---- small values ---- */

const char *const *build_strings(const struct yaml *node, struct arena *arena)
{
    size_t n;
    const struct yaml *item = yaml_items(node, &n);
    const char **strings = ARENA_ARRAY(arena, const char *, n + 1);

    for (size_t i = 0; i < n; i++, item = item->next) {
        strings[i] = item->text.data;
    }
    return strings;
}

static const struct span *build_spans(const struct yaml *node, struct arena *arena, size_t *ret_n)
{
    const struct yaml *item = yaml_items(node, ret_n);
    struct span *spans = ARENA_ARRAY(arena, struct span, *ret_n);

    for (size_t i = 0; i < *ret_n; i++, item = item->next) {
        spans[i] = item->text;
    }
    return spans;
}

/* The texts of the tree are terminated (arena_copy). */
static const char *string_of(const struct yaml *map, const char *key)
{
    return yaml_text(map, key).data;
}

static bool is_true(const struct yaml *map, const char *key)
{
    return span_is(yaml_text(map, key), "true");
}

static uint64_t number_of(const struct yaml *map, const char *key, uint64_t otherwise)
{
    uint64_t number = otherwise;

    (void)span_to_uint(yaml_text(map, key), &number);
    return number;
}

int64_t build_within(const struct yaml *map)
{
    int64_t us = 0;

    (void)calendar_duration(yaml_text(map, "within"), &us);
    return us;
}

/* The value of the word at the key, 0 when the map does not have it. */
static int choice_of(const struct yaml *map, const char *key, const char *const *words)
{
    int found = words_find(words, yaml_text(map, key));

    return found < 0 ? 0 : found;
}

unsigned build_same(const struct yaml *map, unsigned otherwise)
{
    size_t n;
    const struct yaml *item = yaml_items(yaml_get(map, "same"), &n);
    unsigned same = 0;

    for (size_t i = 0; i < n; i++, item = item->next) {
        same |= 1u << words_find(same_words, item->text);
    }
    return n ? same : otherwise;
}

/* ---- names of facts ---- */

static void add_fact(struct builder *builder, struct span name)
{
    vec_push(&builder->known, name);
}

static struct span column_name(struct builder *builder, struct span table, struct span column)
{
    return span_of(arena_printf(builder->arena, "%.*s.%.*s", (int)table.size, table.data,
                                (int)column.size, column.data));
}

static bool has_fact(const struct builder *builder, size_t first, struct span name)
{
    for (size_t i = first; i < builder->known.n; i++) {
        if (span_equal(builder->known.items[i], name)) {
            return true;
        }
    }
    for (size_t i = 0; i < builder->n_fields; i++) {
        if (span_equal(builder->known.items[i], name)) {
            return true;
        }
    }
    return false;
}

static int unknown_fact(const struct yaml *at, struct span name, const struct span *facts, size_t n,
                        struct error *reterr)
{
    struct span near = { 0 };

    for (size_t i = 0; i < n; i++) {
        near = schema_nearer(name, near, facts[i]);
    }
    if (span_empty(near)) {
        return yaml_error(at, reterr, "nothing gives a fact '%.*s'", TEXT_OF(name));
    }
    return yaml_error(at, reterr, "nothing gives a fact '%.*s', did you mean '%.*s'?",
                      TEXT_OF(name), TEXT_OF(near));
}

/* Is it a fact of the signal at work, or with `first` 0 of any? */
static int check_fact(struct builder *builder, const struct yaml *at, size_t first,
                      struct span name)
{
    size_t n = builder->known.n - first;

    if (builder->options->trusted || has_fact(builder, first, name)) {
        return 0;
    }
    return unknown_fact(at, name, n ? builder->known.items + first : NULL, n, builder->reterr);
}

/* All of them, for trees, which are built when the builder is gone. */
static void keep_facts(struct builder *builder)
{
    struct span *facts = ARENA_ARRAY(builder->arena, struct span, builder->known.n);

    for (size_t i = 0; i < builder->known.n; i++) {
        facts[i] = builder->known.items[i];
    }
    builder->draft->facts = facts;
    builder->draft->n_facts = builder->known.n;
    builder->draft->trusted = builder->options->trusted;
}

/* ---- patterns ---- */

/* Compiles it to see whether it is one, and adds its groups to the known facts, as columns when
 * `table` is not empty. */
static int check_pattern(struct builder *builder, const struct yaml *at, struct span text,
                         struct span table)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;
    struct error error = { 0 };
    size_t before = (size_t)(text.data - at->text.data);
    int r;

    r = pattern_compile(text, &pattern, &error);
    if (r < 0) {
        return yaml_error_inside(at, before + error.column - 1, builder->reterr, "%s", error.text);
    }
    for (size_t i = 0; i < pattern_n_groups(pattern); i++) {
        struct span name = arena_copy(builder->arena, pattern_group_name(pattern, i));

        add_fact(builder, span_empty(table) ? name : column_name(builder, table, name));
    }
    return 0;
}

static int add_pattern(struct builder *builder, const struct yaml *at, struct span text,
                       struct span table, uint32_t *ret)
{
    if (!builder->options->trusted) {
        int r = check_pattern(builder, at, text, table);

        if (r < 0) {
            return r;
        }
    }
    *ret = (uint32_t)builder->patterns->list.n;
    vec_push(&builder->patterns->list, (struct rule_pattern){ text, yaml_place(at) });
    return 0;
}

/* The pattern at a key of the map; PATTERN_NONE when there is none. */
static int add_pattern_of(struct builder *builder, const struct yaml *map, const char *key,
                          struct span table, uint32_t *ret)
{
    const struct yaml *node = yaml_get(map, key);

    *ret = PATTERN_NONE;
    return node ? add_pattern(builder, node, node->text, table, ret) : 0;
}

/* ---- conditions ---- */

static int build_condition(struct builder *builder, const struct yaml *node, struct condition *ret)
{
    size_t n_known = builder->known.n;
    int r;

    r = condition_parse(node, ret, builder->reterr);
    if (r < 0) {
        return r;
    }
    ret->name = node->key;
    if (ret->comparison != IS_MATCHING) {
        return 0;
    }
    r = add_pattern(builder, node, ret->text, (struct span){ 0 }, &ret->pattern);
    builder->known.n = n_known; /* groups of conditions are not facts */
    return r;
}

static int build_conditions(struct builder *builder, const struct yaml *map,
                            const struct condition **ret, size_t *ret_n)
{
    const struct yaml *child = map ? map->first : NULL;
    size_t n = map ? map->n : 0;
    struct condition *conditions = ARENA_ARRAY(builder->arena, struct condition, n);

    for (size_t i = 0; i < n; i++, child = child->next) {
        int r = build_condition(builder, child, &conditions[i]);

        if (r < 0) {
            return r;
        }
    }
    *ret = conditions;
    *ret_n = n;
    return 0;
}

static bool is_ordered(enum comparison comparison)
{
    return comparison == IS_LESS || comparison == IS_AT_MOST || comparison == IS_GREATER ||
           comparison == IS_AT_LEAST;
}

/* `'> 5m'` never holds on a fact that is no duration. */
static int check_unit(struct builder *builder, const struct yaml *at,
                      const struct condition *condition)
{
    const struct fact_declaration *declared = rule_fact(&builder->draft->rule, condition->name);
    enum fact_type type = declared && declared->type != FACT_TEXT ? declared->type : FACT_INTEGER;
    double number;

    if (!is_ordered(condition->comparison) || !span_empty(condition->other_fact) ||
        fact_number(type, condition->text, &number)) {
        return 0;
    }
    return yaml_error_inside(at, (size_t)(condition->text.data - at->text.data), builder->reterr,
                             "the fact '%.*s' is of type %s, which '%.*s' is not",
                             TEXT_OF(condition->name), fact_type_name(type),
                             TEXT_OF(condition->text));
}

/* The same, for conditions on facts of the signal at work. */
static int build_fact_conditions(struct builder *builder, const struct yaml *map,
                                 const struct condition **ret, size_t *ret_n)
{
    const struct yaml *child = map ? map->first : NULL;
    int r;

    r = build_conditions(builder, map, ret, ret_n);
    for (size_t i = 0; r >= 0 && child && i < *ret_n; i++, child = child->next) {
        r = check_fact(builder, child->key_at, builder->signal, (*ret)[i].name);
        if (r >= 0 && !span_empty((*ret)[i].other_fact)) {
            r = check_fact(builder, child, builder->signal, (*ret)[i].other_fact);
        }
        if (r >= 0) {
            r = check_unit(builder, child, &(*ret)[i]);
        }
    }
    return r;
}

static const struct field *build_fields(const struct yaml *map, struct arena *arena, size_t *ret_n)
{
    const struct yaml *child = map ? map->first : NULL;
    struct field *fields = ARENA_ARRAY(arena, struct field, map ? map->n : 0);

    *ret_n = map ? map->n : 0;
    for (size_t i = 0; i < *ret_n; i++, child = child->next) {
        fields[i] = (struct field){ child->key, child->text };
    }
    return fields;
}

/* ---- facts ---- */

static struct fact_declaration declaration_of(const struct yaml *node)
{
    struct fact_declaration fact = { .name = node->key, .type = FACT_TEXT };
    struct span type = node->text;

    if (node->type == YAML_LIST) {
        fact.list = true;
        type = node->first->text;
    } else if (node->type == YAML_MAP) {
        fact.field = yaml_text(node, "field");
        type = yaml_text(node, "type");
    }
    if (!span_empty(type)) {
        fact.type = fact_type_from_name(type);
    }
    return fact;
}

static void build_declarations(struct builder *builder, const struct yaml *map)
{
    const struct yaml *child = map ? map->first : NULL;
    size_t n = map ? map->n : 0;
    struct fact_declaration *facts = ARENA_ARRAY(builder->arena, struct fact_declaration, n);

    for (size_t i = 0; i < n; i++, child = child->next) {
        facts[i] = declaration_of(child);
        if (!span_empty(facts[i].field)) {
            add_fact(builder, facts[i].name);
        }
    }
    builder->n_fields = builder->known.n;
    builder->draft->rule.facts = facts;
    builder->draft->rule.n_facts = n;
}

static int check_declarations(struct builder *builder, const struct yaml *map)
{
    for (const struct yaml *child = map ? map->first : NULL; child; child = child->next) {
        int r = check_fact(builder, child->key_at, 0, child->key);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

/* ---- signals ---- */

static int build_reads(struct builder *builder, const struct yaml *node, struct block_rule *block)
{
    const struct yaml *item = yaml_items(node, &block->n_reads);
    uint32_t *reads = ARENA_ARRAY(builder->arena, uint32_t, block->n_reads);

    for (size_t i = 0; i < block->n_reads; i++, item = item->next) {
        int r = add_pattern(builder, item, item->text, (struct span){ 0 }, &reads[i]);

        if (r < 0) {
            return r;
        }
    }
    block->reads = reads;
    return 0;
}

static int build_rows(struct builder *builder, const struct yaml *map, struct block_rule *block)
{
    const struct yaml *top = yaml_get(map, "top");
    int r;

    block->rows_name = yaml_text(map, "name");
    block->rows_top = yaml_text(map, "top");
    block->rows_keep = (unsigned)number_of(map, "keep", BLOCK_KEEP);
    r = add_pattern_of(builder, map, "pattern", block->rows_name, &block->rows);
    if (r < 0 || !top) {
        return r;
    }
    return check_fact(builder, top, builder->signal,
                      column_name(builder, block->rows_name, block->rows_top));
}

static int build_block(struct builder *builder, const struct yaml *map, struct block_rule *block)
{
    uint64_t lines = number_of(map, "lines", BLOCK_LINES);
    struct span none = { 0 };
    int r;

    *block = (struct block_rule){ .from = PATTERN_NONE, .to = PATTERN_NONE, .rows = PATTERN_NONE };
    if (!map) {
        return 0;
    }
    if (lines > LIMIT_BLOCK_RECORDS) {
        return yaml_error(yaml_get(map, "lines"), builder->reterr, "'lines' can be at most %d",
                          LIMIT_BLOCK_RECORDS);
    }
    block->present = true;
    block->lines = (unsigned)lines;
    block->within_us = build_within(map);
    r = add_pattern_of(builder, map, "from", none, &block->from);
    if (r >= 0) {
        r = add_pattern_of(builder, map, "to", none, &block->to);
    }
    if (r >= 0) {
        r = build_reads(builder, yaml_get(map, "read"), block);
    }
    return r < 0 ? r : build_rows(builder, yaml_get(map, "rows"), block);
}

static int build_set_row(struct builder *builder, const struct yaml *map, struct set_row *row)
{
    int r;

    r = build_fact_conditions(builder, yaml_get(map, "if"), &row->conditions, &row->n_conditions);
    row->facts = build_fields(yaml_get(map, "then"), builder->arena, &row->n_facts);
    return r;
}

static int build_set(struct builder *builder, const struct yaml *list, struct signal_rule *signal)
{
    const struct yaml *item = yaml_items(list, &signal->n_set);
    struct set_row *rows = ARENA_ARRAY(builder->arena, struct set_row, signal->n_set);

    for (size_t i = 0; i < signal->n_set; i++, item = item->next) {
        int r = build_set_row(builder, item, &rows[i]);

        if (r < 0) {
            return r;
        }
    }
    for (size_t i = 0; i < signal->n_set; i++) {
        for (size_t j = 0; j < rows[i].n_facts; j++) {
            add_fact(builder, rows[i].facts[j].name);
        }
    }
    signal->set = rows;
    return 0;
}

/* A MESSAGE_ID stands in the raw record of the formats that have it, so it is a literal too. */
static void set_literals(struct builder *builder, struct signal_rule *signal,
                         const struct span *texts, size_t n)
{
    struct span *literals = ARENA_ARRAY(builder->arena, struct span, n + signal->n_message_ids);

    for (size_t i = 0; i < n; i++) {
        literals[i] = texts[i];
    }
    for (size_t i = 0; i < signal->n_message_ids; i++) {
        literals[n + i] = signal->message_ids[i];
    }
    signal->literals = literals;
    signal->n_literals = n + signal->n_message_ids;
}

static int check_literals(struct builder *builder, const struct yaml *node)
{
    size_t n;
    const struct yaml *item = yaml_items(node, &n);

    for (size_t i = 0; i < n; i++, item = item->next) {
        if (span_find_byte(item->text, '\n') >= 0) {
            return yaml_error(item, builder->reterr, "a literal cannot hold a newline");
        }
    }
    return 0;
}

/* Does only a state file say it? */
static bool is_state_only(const struct yaml *map)
{
    size_t n;
    const struct yaml *item = yaml_items(yaml_get(map, "stream"), &n);

    for (size_t i = 0; i < n; i++, item = item->next) {
        if (!span_starts(item->text, SPAN("state/"))) {
            return false;
        }
    }
    return true;
}

static int build_literals(struct builder *builder, const struct yaml *map,
                          struct signal_rule *signal)
{
    const struct yaml *given = yaml_get(map, "literal");
    const struct yaml *pattern = yaml_get(map, "pattern");
    struct literals found = { 0 };
    const struct span *texts;
    size_t n;

    if (pattern) {
        found = literals_of_pattern(pattern->text, builder->arena);
    }
    signal->literals_caseless = found.caseless;
    texts = given ? build_spans(given, builder->arena, &n) : found.items;
    if (!given) {
        n = found.n;
    }
    set_literals(builder, signal, texts, n);
    if (n || is_state_only(map)) {
        return check_literals(builder, given);
    }
    if (!pattern) {
        return yaml_error(map, builder->reterr, "a signal without 'pattern' needs 'literal'");
    }
    return yaml_error(pattern, builder->reterr,
                      "no text of 4 bytes stands in every match: give one as 'literal'");
}

/* Lines that are missing prove nothing by themselves. */
static int build_blind_spot(struct builder *builder, const struct yaml *map,
                            struct signal_rule *signal)
{
    const struct yaml *word = yaml_get(map, "blind_spot");

    signal->blind_spot = (enum blind_spot)choice_of(map, "blind_spot", blind_spot_words);
    if (word && signal->role != ROLE_CONTEXT) {
        return yaml_error(word, builder->reterr, "a blind spot is of the role 'context'");
    }
    return 0;
}

static int build_signal(struct builder *builder, const struct yaml *map, struct signal_rule *signal)
{
    struct span none = { 0 };
    int r;

    if (!yaml_get(map, "pattern") && !yaml_get(map, "message_id")) {
        return yaml_error(map, builder->reterr, "a signal needs 'pattern' or 'message_id'");
    }
    builder->signal = builder->known.n;
    signal->message_ids =
        build_spans(yaml_get(map, "message_id"), builder->arena, &signal->n_message_ids);
    signal->role = (enum signal_role)choice_of(map, "role", signal_role_words);
    signal->run = (enum run_mark)choice_of(map, "run", run_mark_words);
    signal->fatal = is_true(map, "fatal");
    r = build_blind_spot(builder, map, signal);
    if (r >= 0) {
        r = add_pattern_of(builder, map, "pattern", none, &signal->pattern);
    }
    if (r >= 0) {
        r = build_literals(builder, map, signal);
    }
    if (r >= 0) {
        r = build_block(builder, yaml_get(map, "block"), &signal->block);
    }
    if (r >= 0) {
        r = build_set(builder, yaml_get(map, "set"), signal);
    }
    if (r >= 0) {
        r = build_fact_conditions(builder, yaml_get(map, "where"), &signal->where,
                                  &signal->n_where);
    }
    if (r >= 0) {
        r = add_pattern_of(builder, map, "each", signal->name, &signal->each);
    }
    if (r >= 0) {
        r = build_conditions(builder, yaml_get(map, "fields"), &signal->fields, &signal->n_fields);
    }
    return r;
}

/* ---- states ---- */

static const char *const state_questions[] = {
    [STATE_ANY] = "any",   [STATE_ALL] = "all",     [STATE_NONE] = "none",
    [STATE_PATH] = "path", [STATE_COUNT] = "count",
};

/* Exactly one question, with the keys that belong to it. */
static int check_state(struct builder *builder, const struct yaml *map)
{
    unsigned n = 0;

    for (size_t i = 0; i < N_ELEMENTS(state_questions); i++) {
        n += yaml_get(map, state_questions[i]) != NULL;
    }
    if (n != 1) {
        return yaml_error(map, builder->reterr,
                          "a state asks exactly one of 'any', 'all', 'none', 'count' and 'path'");
    }
    if (!yaml_get(map, "path") != !yaml_get(map, "equals")) {
        return yaml_error(map, builder->reterr, "'path' and 'equals' belong together");
    }
    if (!yaml_get(map, "count") != !yaml_get(map, "at_least")) {
        return yaml_error(map, builder->reterr, "'count' and 'at_least' belong together");
    }
    return 0;
}

static int build_equals(struct builder *builder, const struct yaml *node, struct state_rule *state)
{
    struct condition *condition = ARENA_NEW(builder->arena, struct condition);
    int r;

    r = build_condition(builder, node, condition);
    condition->name = SPAN("value");
    state->conditions = condition;
    state->n_conditions = 1;
    return r;
}

static int build_state(struct builder *builder, const struct yaml *map, struct state_rule *state)
{
    unsigned match = 0;
    int r;

    r = check_state(builder, map);
    if (r < 0) {
        return r;
    }
    while (!yaml_get(map, state_questions[match])) {
        match++;
    }
    state->match = (enum state_match)match;
    state->from = yaml_text(map, "from");
    state->path = yaml_text(map, "path");
    state->at_least = number_of(map, "at_least", 0);
    if (state->match == STATE_PATH) {
        return build_equals(builder, yaml_get(map, "equals"), state);
    }
    return build_conditions(builder, yaml_get(map, state_questions[match]), &state->conditions,
                            &state->n_conditions);
}

/* ---- names of signals and states ---- */

static int64_t state_index(const struct rule *rule, struct span name)
{
    for (size_t i = 0; i < rule->n_states; i++) {
        if (span_equal(rule->states[i].name, name)) {
            return (int64_t)i;
        }
    }
    return -1;
}

static int unknown_name(const struct rule *rule, const struct yaml *node, const char *what,
                        bool signals, bool states, struct error *reterr)
{
    struct span near = { 0 };

    for (size_t i = 0; signals && i < rule->n_signals; i++) {
        near = schema_nearer(node->text, near, rule->signals[i].name);
    }
    for (size_t i = 0; states && i < rule->n_states; i++) {
        near = schema_nearer(node->text, near, rule->states[i].name);
    }
    if (span_empty(near)) {
        return yaml_error(node, reterr, "no %s is named '%.*s'", what, TEXT_OF(node->text));
    }
    return yaml_error(node, reterr, "no %s is named '%.*s', did you mean '%.*s'?", what,
                      TEXT_OF(node->text), TEXT_OF(near));
}

static int find_signal(const struct rule *rule, const struct yaml *node, uint32_t *ret,
                       struct error *reterr)
{
    int64_t found = rule_signal(rule, node->text);

    if (found < 0) {
        return unknown_name(rule, node, "signal", true, false, reterr);
    }
    *ret = (uint32_t)found;
    return 0;
}

static int find_state(const struct rule *rule, const struct yaml *node, uint32_t *ret,
                      struct error *reterr)
{
    int64_t found = state_index(rule, node->text);

    if (found < 0) {
        return unknown_name(rule, node, "state", false, true, reterr);
    }
    *ret = (uint32_t)found;
    return 0;
}

/* Signals and states share their names' space: a bare name is the one or the other, and so is
 * `{name.column}` in texts. */
static int check_unique(struct builder *builder, const struct yaml *signals)
{
    const struct rule *rule = &builder->draft->rule;
    const struct yaml *item = signals->first;

    for (size_t i = 0; i < rule->n_signals; i++, item = item->next) {
        struct span name = rule->signals[i].name;

        if (rule_signal(rule, name) != (int64_t)i || state_index(rule, name) >= 0) {
            return yaml_error(yaml_get(item, "name"), builder->reterr,
                              "the name '%.*s' is taken already", TEXT_OF(name));
        }
    }
    return 0;
}

/* All names first, so that everything else may refer to them. */
static void name_signals_and_states(struct builder *builder, const struct yaml *signals,
                                    const struct yaml *states)
{
    struct draft *draft = builder->draft;
    const struct yaml *item = signals->first;
    struct state_rule *named;

    draft->rule.n_signals = signals->n;
    draft->signals = ARENA_ARRAY(builder->arena, struct signal_rule, signals->n);
    draft->rule.signals = draft->signals;
    for (size_t i = 0; i < signals->n; i++, item = item->next) {
        draft->signals[i].name = yaml_text(item, "name");
        draft->signals[i].place = yaml_place(item);
    }
    draft->rule.n_states = states ? states->n : 0;
    named = ARENA_ARRAY(builder->arena, struct state_rule, draft->rule.n_states);
    draft->rule.states = named;
    item = states ? states->first : NULL;
    for (size_t i = 0; i < draft->rule.n_states; i++, item = item->next) {
        named[i].name = item->key;
        named[i].place = yaml_place(item->key_at);
    }
}

static int build_signals(struct builder *builder, const struct yaml *list)
{
    const struct yaml *item = list->first;

    for (size_t i = 0; i < list->n; i++, item = item->next) {
        int r = build_signal(builder, item, &builder->draft->signals[i]);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static int build_states(struct builder *builder, const struct yaml *map)
{
    const struct yaml *item = map ? map->first : NULL;
    struct state_rule *states = ARENA_ARRAY(builder->arena, struct state_rule, map ? map->n : 0);

    for (size_t i = 0; map && i < map->n; i++, item = item->next) {
        int r;

        states[i] = builder->draft->rule.states[i];
        r = build_state(builder, item, &states[i]);
        if (r < 0) {
            return r;
        }
    }
    builder->draft->rule.states = states;
    return 0;
}

/* ---- trees ---- */

struct tree_builder {
    const struct draft *draft;
    const struct rule *rule;
    struct arena *arena;
    struct error *reterr;
};

static int build_tree(const struct tree_builder *builder, const struct yaml *node,
                      struct when *ret);

/* A bare name. */
static int build_name(const struct tree_builder *builder, const struct yaml *node, struct when *ret)
{
    int64_t signal = rule_signal(builder->rule, node->text);
    int64_t state = state_index(builder->rule, node->text);

    if (signal < 0 && state < 0) {
        return unknown_name(builder->rule, node, "signal or state", true, true, builder->reterr);
    }
    ret->kind = signal >= 0 ? WHEN_SIGNAL : WHEN_STATE;
    ret->signal = signal >= 0 ? (uint32_t)signal : 0;
    ret->state = state >= 0 ? (uint32_t)state : 0;
    return 0;
}

static int build_state_question(const struct tree_builder *builder, const struct yaml *node,
                                struct when *ret)
{
    return find_state(builder->rule, node, &ret->state, builder->reterr);
}

static int build_children(const struct tree_builder *builder, const struct yaml *node,
                          struct when *ret)
{
    const struct yaml *item = yaml_items(node, &ret->n_children);
    struct when *children = ARENA_ARRAY(builder->arena, struct when, ret->n_children);

    for (size_t i = 0; i < ret->n_children; i++, item = item->next) {
        int r = build_tree(builder, item, &children[i]);

        if (r < 0) {
            return r;
        }
    }
    ret->children = children;
    return 0;
}

/* `unknown: a`, or a list: all of them are. */
static int build_unknown(const struct tree_builder *builder, const struct yaml *node,
                         struct when *ret)
{
    const struct yaml *item = yaml_items(node, &ret->n_children);
    struct when *children;

    if (node->type == YAML_TEXT) {
        ret->n_children = 0;
        return find_state(builder->rule, node, &ret->state, builder->reterr);
    }
    children = ARENA_ARRAY(builder->arena, struct when, ret->n_children);
    for (size_t i = 0; i < ret->n_children; i++, item = item->next) {
        int r;

        children[i] = (struct when){ .kind = WHEN_UNKNOWN, .place = yaml_place(item) };
        r = find_state(builder->rule, item, &children[i].state, builder->reterr);
        if (r < 0) {
            return r;
        }
    }
    ret->kind = WHEN_ALL;
    ret->children = children;
    return 0;
}

static int build_count(const struct tree_builder *builder, const struct yaml *map, struct when *ret)
{
    ret->at_least = number_of(map, "at_least", 1);
    ret->within_us = build_within(map);
    return find_signal(builder->rule, yaml_get(map, "signal"), &ret->signal, builder->reterr);
}

static int build_distinct(const struct tree_builder *builder, const struct yaml *map,
                          struct when *ret)
{
    const struct draft *draft = builder->draft;
    const struct yaml *fact = yaml_get(map, "fact");

    ret->fact = fact->text;
    for (size_t i = 0; i < draft->n_facts || draft->trusted; i++) {
        if (draft->trusted || span_equal(draft->facts[i], fact->text)) {
            return build_count(builder, map, ret);
        }
    }
    return unknown_fact(fact, fact->text, draft->facts, draft->n_facts, builder->reterr);
}

static int build_sequence(const struct tree_builder *builder, const struct yaml *map,
                          struct when *ret)
{
    const struct yaml *item = yaml_items(yaml_get(map, "signals"), &ret->n_sequence);
    uint32_t *signals = ARENA_ARRAY(builder->arena, uint32_t, ret->n_sequence);

    for (size_t i = 0; i < ret->n_sequence; i++, item = item->next) {
        int r = find_signal(builder->rule, item, &signals[i], builder->reterr);

        if (r < 0) {
            return r;
        }
    }
    ret->sequence = signals;
    ret->within_us = build_within(map);
    return 0;
}

static int build_absent(const struct tree_builder *builder, const struct yaml *map,
                        struct when *ret)
{
    const struct yaml *after = yaml_get(map, "after");
    int r;

    ret->within_us = build_within(map);
    if (ret->within_us && !after) {
        return yaml_error(map, builder->reterr, "'within' needs 'after'");
    }
    r = find_signal(builder->rule, yaml_get(map, "signal"), &ret->signal, builder->reterr);
    if (r < 0 || !after) {
        return r;
    }
    return find_signal(builder->rule, after, &ret->after, builder->reterr);
}

static const struct tree_key {
    const char *name;
    enum when_kind kind;
    int (*build)(const struct tree_builder *builder, const struct yaml *node, struct when *ret);
} tree_keys[] = {
    { "state", WHEN_STATE, build_state_question }, { "unknown", WHEN_UNKNOWN, build_unknown },
    { "all", WHEN_ALL, build_children },           { "any", WHEN_ANY, build_children },
    { "none", WHEN_NONE, build_children },         { "count", WHEN_COUNT, build_count },
    { "distinct", WHEN_DISTINCT, build_distinct }, { "sequence", WHEN_SEQUENCE, build_sequence },
    { "absent", WHEN_ABSENT, build_absent },
};

static int build_tree(const struct tree_builder *builder, const struct yaml *node, struct when *ret)
{
    size_t i = 0;

    *ret = (struct when){ .place = yaml_place(node), .after = UINT32_MAX };
    if (node->type == YAML_TEXT) {
        return build_name(builder, node, ret);
    }
    while (!span_is(node->first->key, tree_keys[i].name)) {
        i++;
    }
    ret->kind = tree_keys[i].kind;
    return tree_keys[i].build(builder, node->first, ret);
}

int build_when(const struct draft *draft, const struct yaml *node, struct arena *arena,
               const struct when **ret, struct error *reterr)
{
    struct tree_builder builder = { draft, &draft->rule, arena, reterr };
    struct when *when;
    int r;

    if (!node) {
        return 0;
    }
    when = ARENA_NEW(arena, struct when);
    r = build_tree(&builder, node, when);
    if (r < 0) {
        return r;
    }
    *ret = when;
    return 0;
}

/* ---- the finding ---- */

static int build_mover(struct builder *builder, const struct yaml *node,
                       struct confidence_mover *ret)
{
    bool named = node->type == YAML_TEXT;
    const struct yaml *condition = named ? node : yaml_get(node, "if");
    int r;

    r = build_when(builder->draft, condition, builder->arena, &ret->when, builder->reterr);
    if (r < 0) {
        return r;
    }
    ret->because = string_of(node, "because");
    if (named) {
        ret->because = arena_printf(builder->arena,
                                    ret->when->kind == WHEN_STATE ? "the state %s is true"
                                                                  : "the signal %s was seen",
                                    node->text.data);
    }
    return 0;
}

static int build_movers(struct builder *builder, const struct yaml *list,
                        const struct confidence_mover **ret, size_t *ret_n)
{
    const struct yaml *item = yaml_items(list, ret_n);
    struct confidence_mover *movers = ARENA_ARRAY(builder->arena, struct confidence_mover, *ret_n);

    for (size_t i = 0; i < *ret_n; i++, item = item->next) {
        int r = build_mover(builder, item, &movers[i]);

        if (r < 0) {
            return r;
        }
    }
    *ret = movers;
    return 0;
}

static int build_confidence(struct builder *builder, const struct yaml *map)
{
    struct rule *rule = &builder->draft->rule;
    int r;

    r = build_movers(builder, yaml_get(map, "raised_by"), &rule->raised_by, &rule->n_raised_by);
    if (r < 0) {
        return r;
    }
    return build_movers(builder, yaml_get(map, "lowered_by"), &rule->lowered_by,
                        &rule->n_lowered_by);
}

static int build_remedy(struct builder *builder, const struct yaml *map, struct remedy *remedy)
{
    const struct yaml *run = yaml_get(map, "run");

    remedy->kind = (enum remedy_kind)choice_of(map, "kind", remedy_kind_words);
    remedy->action = string_of(map, "do");
    remedy->run = run ? build_strings(run, builder->arena) : NULL;
    remedy->needs = string_of(map, "needs");
    remedy->risk = string_of(map, "risk");
    return build_when(builder->draft, yaml_get(map, "if"), builder->arena, &remedy->when,
                      builder->reterr);
}

static int build_remedies(struct builder *builder, const struct yaml *list)
{
    struct rule *rule = &builder->draft->rule;
    const struct yaml *item = yaml_items(list, &rule->n_remedies);
    struct remedy *remedies = ARENA_ARRAY(builder->arena, struct remedy, rule->n_remedies);

    for (size_t i = 0; i < rule->n_remedies; i++, item = item->next) {
        int r = build_remedy(builder, item, &remedies[i]);

        if (r < 0) {
            return r;
        }
    }
    rule->remedies = remedies;
    return 0;
}

static int build_key(struct builder *builder, const struct yaml *node)
{
    struct rule *rule = &builder->draft->rule;
    const struct yaml *item;

    rule->key = build_spans(node, builder->arena, &rule->n_key);
    item = yaml_items(node, &rule->n_key);
    for (size_t i = 0; i < rule->n_key; i++, item = item->next) {
        int r = check_fact(builder, item, 0, item->text);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

/* ---- tests ---- */

/* `{root: a, facts: {x.y: 1}}` reads `root` a, `facts.x.y` 1. */
static void build_expect(const struct yaml *map, struct arena *arena, struct rule_test *test)
{
    const struct yaml *facts = yaml_get(map, "facts");
    struct field *fields =
        ARENA_ARRAY(arena, struct field, (map ? map->n : 0) + (facts ? facts->n : 0));
    size_t n = 0;

    for (const struct yaml *child = map ? map->first : NULL; child; child = child->next) {
        if (child->type == YAML_TEXT && !span_is(child->key, "folds") &&
            !span_is(child->key, "findings")) {
            fields[n++] = (struct field){ child->key, child->text };
        }
    }
    for (const struct yaml *child = facts ? facts->first : NULL; child; child = child->next) {
        struct span name = span_of(arena_printf(arena, "facts.%s", child->key.data));

        fields[n++] = (struct field){ name, child->text };
    }
    test->expect = fields;
    test->n_expect = n;
}

static int build_test(struct builder *builder, const struct yaml *map, struct rule_test *test)
{
    const struct yaml *expect = yaml_get(map, "expect");
    const struct yaml *formats = yaml_get(map, "formats");

    if (formats && yaml_get(map, "format")) {
        return yaml_error(formats, builder->reterr, "either 'format' or 'formats'");
    }
    if (!expect && !yaml_get(map, "expect_none")) {
        return yaml_error(map, builder->reterr, "a test needs 'expect' or 'expect_none'");
    }
    if (!yaml_get(map, "input") && !yaml_get(map, "state")) {
        return yaml_error(map, builder->reterr, "a test needs 'input' or 'state'");
    }
    test->name = string_of(map, "name");
    test->place = yaml_place(map);
    test->formats = build_strings(formats ? formats : yaml_get(map, "format"), builder->arena);
    test->input = yaml_text(map, "input");
    test->state = build_fields(yaml_get(map, "state"), builder->arena, &test->n_state);
    build_expect(expect, builder->arena, test);
    test->folds = build_strings(yaml_get(expect, "folds"), builder->arena);
    test->expect_findings = build_strings(yaml_get(expect, "findings"), builder->arena);
    test->expect_none = build_strings(yaml_get(map, "expect_none"), builder->arena);
    test->versions = string_of(map, "versions");
    return 0;
}

static int build_tests(struct builder *builder, const struct yaml *list)
{
    struct rule *rule = &builder->draft->rule;
    size_t n;
    const struct yaml *item = yaml_items(list, &n);
    struct rule_test *tests = ARENA_ARRAY(builder->arena, struct rule_test, n);

    for (size_t i = 0; i < n; i++, item = item->next) {
        int r = build_test(builder, item, &tests[i]);

        if (r < 0) {
            return r;
        }
    }
    rule->checked = builder->options->with_tests;
    if (rule->checked && n) {
        rule->tests = tests;
        rule->n_tests = n;
    }
    return 0;
}

/* ---- the rule ---- */

static void build_head(struct builder *builder, const struct yaml *root)
{
    struct rule *rule = &builder->draft->rule;

    rule->title = string_of(root, "title");
    rule->severity = (enum rule_severity)choice_of(root, "severity", rule_severity_words);
    rule->symptom = is_true(root, "symptom");
    rule->same = build_same(root, SAME_HOST);
    rule->explain = string_of(root, "explain");
    rule->references = build_strings(yaml_get(root, "references"), builder->arena);
}

static int build_body(struct builder *builder, const struct yaml *root)
{
    const struct yaml *signals = yaml_get(root, "signals");
    const struct yaml *states = yaml_get(root, "state");
    struct draft *draft = builder->draft;
    int r;

    build_head(builder, root);
    build_declarations(builder, yaml_get(root, "facts"));
    name_signals_and_states(builder, signals, states);
    r = check_unique(builder, signals);
    if (r >= 0) {
        r = build_signals(builder, signals);
    }
    if (r >= 0) {
        r = check_declarations(builder, yaml_get(root, "facts"));
    }
    keep_facts(builder);
    if (r >= 0) {
        r = build_key(builder, yaml_get(root, "key"));
    }
    if (r >= 0) {
        r = build_states(builder, states);
    }
    if (r >= 0) {
        r = build_when(draft, yaml_get(root, "when"), builder->arena, &draft->rule.when,
                       builder->reterr);
    }
    if (r >= 0) {
        r = build_confidence(builder, yaml_get(root, "confidence"));
    }
    if (r >= 0) {
        r = build_remedies(builder, yaml_get(root, "remedies"));
    }
    return r < 0 ? r : build_tests(builder, yaml_get(root, "tests"));
}

int build_rule(const struct yaml *root, const struct build_options *options, struct arena *arena,
               struct pattern_table *patterns, struct draft *ret, struct error *reterr)
{
    struct builder builder = {
        .options = options, .arena = arena, .patterns = patterns, .draft = ret, .reterr = reterr
    };
    int r;

    ret->rule.tree = root;
    ret->rule.place = yaml_place(root);
    ret->disabled = is_true(root, "disabled");
    r = ret->disabled ? 0 : build_body(&builder, root);
    vec_free(&builder.known);
    return r;
}
