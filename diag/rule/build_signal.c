/* `signals:` patterns, literals, blocks and derived facts. */

#include "rule/build_signal.h"

#include "base/limits.h"
#include "rule/build_condition.h"
#include "rule/literal.h"
#include "rule/value.h"

enum {
    BLOCK_LINES = 256,
    BLOCK_KEEP = 10
};

static int build_reads(struct builder *builder, const struct yaml *node, struct block_rule *block)
{
    const struct yaml *item = yaml_items(node, &block->n_reads);
    uint32_t *reads = ARENA_ARRAY(builder->arena, uint32_t, block->n_reads);

    for (size_t i = 0; i < block->n_reads; i++, item = item->next) {
        int r = builder_add_pattern(builder, item, item->text, (struct span){ 0 }, &reads[i]);

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
    block->rows_keep = (unsigned)value_number(map, "keep", BLOCK_KEEP);
    r = builder_pattern_of(builder, map, "pattern", block->rows_name, &block->rows);
    if (r < 0 || !top) {
        return r;
    }
    return builder_check_fact(builder, top, builder->signal,
                              builder_column(builder, block->rows_name, block->rows_top));
}

static int build_block(struct builder *builder, const struct yaml *map, struct block_rule *block)
{
    uint64_t lines = value_number(map, "lines", BLOCK_LINES);
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
    block->within_us = value_within(map);
    r = builder_pattern_of(builder, map, "from", none, &block->from);
    if (r >= 0) {
        r = builder_pattern_of(builder, map, "to", none, &block->to);
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
    row->facts = value_fields(yaml_get(map, "then"), builder->arena, &row->n_facts);
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
            builder_add_fact(builder, rows[i].facts[j].name);
        }
    }
    signal->set = rows;
    return 0;
}

/* A MESSAGE_ID is in the raw record of the formats that have it, so it is a literal too. */
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
            return yaml_error(item, builder->reterr, "a literal cannot contain a newline");
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
    texts = given ? value_spans(given, builder->arena, &n) : found.items;
    if (!given) {
        n = found.n;
    }
    set_literals(builder, signal, texts, n);
    if (n || is_state_only(map)) {
        return check_literals(builder, given);
    }
    if (!pattern) {
        return yaml_error(map, builder->reterr, "a signal without 'pattern' requires 'literal'");
    }
    return yaml_error(pattern, builder->reterr,
                      "the pattern has no fixed text of 4 or more bytes; add 'literal'");
}

/* Where texts that are rare only together show that a record is not worth decoding. A MESSAGE_ID is
 * sufficient alone. */
static int build_also(struct builder *builder, const struct yaml *map, struct signal_rule *signal)
{
    const struct yaml *given = yaml_get(map, "also");

    if (given && signal->n_message_ids) {
        return yaml_error(given, builder->reterr, "a signal with 'message_id' cannot have 'also'");
    }
    if (given) {
        signal->also = value_spans(given, builder->arena, &signal->n_also);
    }
    return check_literals(builder, given);
}

/* Missing lines are not evidence of any problem. */
static int build_blind_spot(struct builder *builder, const struct yaml *map,
                            struct signal_rule *signal)
{
    const struct yaml *word = yaml_get(map, "blind_spot");

    signal->blind_spot = (enum blind_spot)value_choice(map, "blind_spot", blind_spot_words);
    if (word && signal->role != ROLE_CONTEXT) {
        return yaml_error(word, builder->reterr,
                          "a signal with 'blind_spot' must have the role 'context'");
    }
    return 0;
}

static int build_signal(struct builder *builder, const struct yaml *map, struct signal_rule *signal)
{
    struct span none = { 0 };
    int r;

    if (!yaml_get(map, "pattern") && !yaml_get(map, "message_id")) {
        return yaml_error(map, builder->reterr, "a signal requires 'pattern' or 'message_id'");
    }
    builder->signal = builder->known.n;
    signal->message_ids =
        value_spans(yaml_get(map, "message_id"), builder->arena, &signal->n_message_ids);
    signal->role = (enum signal_role)value_choice(map, "role", signal_role_words);
    signal->run = (enum run_mark)value_choice(map, "run", run_mark_words);
    signal->fatal = value_true(map, "fatal");
    signal->anonymous = value_true(map, "anonymous");
    r = build_blind_spot(builder, map, signal);
    if (r >= 0) {
        r = builder_pattern_of(builder, map, "pattern", none, &signal->pattern);
    }
    if (r >= 0) {
        r = build_literals(builder, map, signal);
    }
    if (r >= 0) {
        r = build_also(builder, map, signal);
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
        r = builder_pattern_of(builder, map, "each", signal->name, &signal->each);
    }
    if (r >= 0) {
        r = build_conditions(builder, yaml_get(map, "fields"), &signal->fields, &signal->n_fields);
    }
    return r;
}

int build_signals(struct builder *builder, const struct yaml *list)
{
    const struct yaml *item = list->first;

    for (size_t i = 0; i < list->n; i++, item = item->next) {
        int r = build_signal(builder, item, &builder->built->signals[i]);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}
