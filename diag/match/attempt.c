#include "match/attempt.h"

#include "signal/fact_number.h"
#include "signal/facts.h"

#include <assert.h>

void attempt_init(struct attempt *attempt, const struct rules *rules)
{
    *attempt = (struct attempt){
        .rules = rules,
        .patterns = alloc_zeroed(rules->n_patterns, sizeof(*attempt->patterns)),
        .arena = arena_new(),
    };
}

void attempt_done(struct attempt *attempt)
{
    for (size_t i = 0; attempt->patterns && i < attempt->rules->n_patterns; i++) {
        pattern_free(attempt->patterns[i]);
    }
    free(attempt->patterns);
    arena_free(attempt->arena);
    vec_free(&attempt->facts);
    vec_free(&attempt->tables);
}

void attempt_begin(struct attempt *attempt, const struct rule *rule,
                   const struct signal_rule *signal, const struct entry *entry)
{
    arena_clear(attempt->arena);
    vec_clear(&attempt->facts);
    vec_clear(&attempt->tables);
    attempt->rule = rule;
    attempt->signal = signal;
    attempt->entry = entry;
    attempt->failed = NULL;
}

static struct pattern *compiled(struct attempt *attempt, uint32_t index)
{
    struct pattern **pattern = &attempt->patterns[index];
    int r = 0;

    if (!*pattern) {
        r = pattern_compile(attempt->rules->patterns[index].text, pattern, /* reterr = */ NULL);
    }
    assert(r >= 0); /* the loader compiled it before us */
    return r < 0 ? NULL : *pattern;
}

void attempt_note(struct attempt *attempt, enum note_kind kind, const char *detail)
{
    struct span where =
        span_of(arena_printf(attempt->arena, "%s, signal %.*s", attempt->rule->id,
                             (int)attempt->signal->name.size, attempt->signal->name.data));

    notes_add(attempt->notes, kind, where, attempt->entry->origin.line, "%s, first in %.*s", detail,
              (int)attempt->input_name.size, attempt->input_name.data);
}

struct pattern *attempt_match(struct attempt *attempt, uint32_t pattern, struct span subject,
                              size_t start)
{
    struct pattern *match;
    int r;

    if (pattern == PATTERN_NONE) {
        return NULL;
    }
    assert(pattern < attempt->rules->n_patterns);
    match = compiled(attempt, pattern);
    if (!match) {
        return NULL;
    }
    attempt->n_tried++;
    r = pattern_match(match, subject, start);
    if (r < 0) {
        attempt_note(attempt, NOTE_PATTERN_LIMIT,
                     "a pattern took too long on a record and was stopped");
    }
    return r > 0 ? match : NULL;
}

static enum fact_type type_of(const struct attempt *attempt, struct span name)
{
    const struct fact_declaration *declaration = rule_fact(attempt->rule, name);

    return declaration ? declaration->type : FACT_TEXT;
}

const struct fact *attempt_fact(const struct attempt *attempt, struct span name)
{
    return facts_find(attempt->facts.items, attempt->facts.n, name);
}

void attempt_set_fact(struct attempt *attempt, struct span name, struct span text)
{
    struct fact fact = fact_parse(name, type_of(attempt, name), text, attempt->arena);

    for (size_t i = 0; i < attempt->facts.n; i++) {
        if (span_equal(attempt->facts.items[i].name, name)) {
            attempt->facts.items[i] = fact;
            return;
        }
    }
    vec_push(&attempt->facts, fact);
}

void attempt_add_groups(struct attempt *attempt, const struct pattern *match)
{
    for (size_t i = 0; i < pattern_n_groups(match); i++) {
        struct span name = pattern_group_name(match, i), text = pattern_group(match, i);

        if (text.data && !attempt_fact(attempt, name)) {
            attempt_set_fact(attempt, name, text);
        }
    }
}

/* Of a column, declared as `table.column`. */
static enum fact_type column_type(const struct attempt *attempt, struct span table,
                                  struct span column)
{
    for (size_t i = 0; i < attempt->rule->n_facts; i++) {
        struct span name = attempt->rule->facts[i].name;

        if (name.size == table.size + 1 + column.size && span_starts(name, table) &&
            name.data[table.size] == '.' && span_ends(name, column)) {
            return attempt->rule->facts[i].type;
        }
    }
    return FACT_TEXT;
}

struct fact_row attempt_row(struct attempt *attempt, const struct pattern *match, struct span table)
{
    struct fact *facts = ARENA_ARRAY(attempt->arena, struct fact, pattern_n_groups(match));
    size_t n = 0;

    for (size_t i = 0; i < pattern_n_groups(match); i++) {
        struct span name = pattern_group_name(match, i), text = pattern_group(match, i);

        if (text.data) {
            facts[n++] = fact_parse(name, column_type(attempt, table, name), text, attempt->arena);
        }
    }
    return (struct fact_row){ .facts = facts, .n_facts = n };
}

/* The right side of the condition, as a value to compare the fact with. */
static struct fact right_side(const struct attempt *attempt, const struct condition *condition,
                              enum fact_type type)
{
    const struct fact *other;
    struct fact fact = { .type = type, .text = condition->text };

    if (!span_empty(condition->other_fact)) {
        other = attempt_fact(attempt, condition->other_fact);
        return other ? *other : (struct fact){ .type = FACT_TYPES };
    }
    fact.has_number = fact_number(type == FACT_TEXT ? FACT_INTEGER : type, fact.text, &fact.number);
    return fact;
}

bool attempt_holds(struct attempt *attempt, const struct condition *condition,
                   const struct fact *fact)
{
    struct fact right;
    bool equal, ordered;

    if (!fact) {
        return condition->comparison == IS_NOT_EQUAL;
    }
    if (comparison_by_pattern(condition->comparison)) {
        return attempt_match(attempt, condition->pattern, fact->text, /* start = */ 0) != NULL;
    }
    if (condition->comparison == IS_GLOB) {
        return span_matches_glob(fact->text, arena_string(attempt->arena, condition->text));
    }
    right = right_side(attempt, condition, fact->type);
    ordered = fact->has_number && right.has_number;
    equal = right.type != FACT_TYPES &&
            (ordered ? fact->number == right.number : span_equal(fact->text, right.text));
    switch (condition->comparison) {
    case IS_EQUAL:
        return equal;
    case IS_NOT_EQUAL:
        return !equal;
    case IS_LESS:
        return ordered && fact->number < right.number;
    case IS_AT_MOST:
        return ordered && fact->number <= right.number;
    case IS_GREATER:
        return ordered && fact->number > right.number;
    case IS_AT_LEAST:
        return ordered && fact->number >= right.number;
    case IS_MATCHING:
    case IS_UNIT_OF:
    case IS_NOT_UNIT_OF:
    case IS_GLOB:
        break;
    }
    return false;
}
