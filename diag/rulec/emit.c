/* Rules as C initializers. A sample, of a remedy:
 *
 *   { 4, "The node is Ready", (const char *const[]){ "kubectl get node {node}", 0 }, 0, 0, 0, 0 }
 *
 * Lists are compound literals, which at file scope last as long as the program. */

#include "rulec/emit.h"

#include <inttypes.h>

/* --- values --- */

/* Always three digits: a digit may follow. */
static void emit_quoted(struct buf *buf, struct span text)
{
    buf_add_byte(buf, '"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];

        if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?') {
            buf_printf(buf, "\\%03o", c);
        } else {
            buf_add_byte(buf, (char)c);
        }
    }
    buf_add_byte(buf, '"');
}

static void emit_string(struct buf *buf, const char *string)
{
    if (string) {
        emit_quoted(buf, span_of(string));
    } else {
        buf_add_string(buf, "0");
    }
}

static void emit_span(struct buf *buf, const void *item)
{
    const struct span *span = item;

    if (!span->data) {
        buf_add_string(buf, "{ 0, 0 }");
        return;
    }
    buf_add_string(buf, "{ ");
    emit_quoted(buf, *span);
    buf_printf(buf, ", %zu }", span->size);
}

/* A span, and the comma after it. */
static void emit_next_span(struct buf *buf, struct span span)
{
    emit_span(buf, &span);
    buf_add_string(buf, ", ");
}

static void emit_next_string(struct buf *buf, const char *string)
{
    emit_string(buf, string);
    buf_add_string(buf, ", ");
}

/* Everything that is written as a number: enums, sets, booleans and counts. */
static void emit_next_number(struct buf *buf, uint64_t number)
{
    buf_printf(buf, "UINT64_C(%" PRIu64 "), ", number);
}

static void emit_next_time(struct buf *buf, int64_t time_us)
{
    buf_printf(buf, "INT64_C(%" PRId64 "), ", time_us);
}

static void emit_uint32(struct buf *buf, const void *item)
{
    const uint32_t *number = item;

    buf_printf(buf, "UINT32_C(%" PRIu32 ")", *number);
}

static void emit_next_place(struct buf *buf, const struct place *place)
{
    buf_add_string(buf, "{ ");
    emit_string(buf, place->path);
    buf_printf(buf, ", %u, %u }, ", place->line, place->column);
}

/* --- lists --- */

typedef void emitter(struct buf *buf, const void *item);

/* `items` is an array of `n` elements of `size` bytes. */
static void emit_items(struct buf *buf, const char *type, const void *items, size_t n, size_t size,
                       emitter *emit)
{
    if (n == 0) {
        buf_add_string(buf, "0, ");
        return;
    }
    buf_printf(buf, "(const %s[]){ ", type);
    for (size_t i = 0; i < n; i++) {
        emit(buf, (const char *)items + i * size);
        buf_add_string(buf, i + 1 < n ? ", " : " }, ");
    }
}

/* The list and its number of items, as the structs have them. */
#define EMIT_LIST(buf, type, items, n, emit)                                                       \
    (emit_items(buf, type, items, n, sizeof(*(items)), emit), emit_next_number(buf, n))

static void emit_next_strings(struct buf *buf, const char *const *strings)
{
    if (!strings) {
        buf_add_string(buf, "0, ");
        return;
    }
    buf_add_string(buf, "(const char *const[]){ ");
    for (; *strings; strings++) {
        emit_next_string(buf, *strings);
    }
    buf_add_string(buf, "0 }, ");
}

/* --- signals --- */

static void emit_fact(struct buf *buf, const void *item)
{
    const struct fact_declaration *fact = item;

    buf_add_string(buf, "{ ");
    emit_next_span(buf, fact->name);
    emit_next_number(buf, fact->type);
    emit_next_number(buf, fact->list);
    emit_span(buf, &fact->field);
    buf_add_string(buf, " }");
}

static void emit_condition(struct buf *buf, const void *item)
{
    const struct condition *condition = item;

    buf_add_string(buf, "{ ");
    emit_next_span(buf, condition->name);
    emit_next_number(buf, condition->comparison);
    emit_next_span(buf, condition->text);
    emit_next_span(buf, condition->other_fact);
    emit_uint32(buf, &condition->pattern);
    buf_add_string(buf, " }");
}

static void emit_field(struct buf *buf, const void *item)
{
    const struct field *field = item;

    buf_add_string(buf, "{ ");
    emit_next_span(buf, field->name);
    emit_span(buf, &field->value);
    buf_add_string(buf, " }");
}

static void emit_set_row(struct buf *buf, const void *item)
{
    const struct set_row *row = item;

    buf_add_string(buf, "{ ");
    EMIT_LIST(buf, "struct condition", row->conditions, row->n_conditions, emit_condition);
    EMIT_LIST(buf, "struct field", row->facts, row->n_facts, emit_field);
    buf_add_string(buf, "}");
}

static void emit_next_block(struct buf *buf, const struct block_rule *block)
{
    buf_add_string(buf, "{ ");
    emit_next_number(buf, block->present);
    emit_next_number(buf, block->from);
    emit_next_number(buf, block->to);
    emit_next_number(buf, block->lines);
    emit_next_time(buf, block->within_us);
    EMIT_LIST(buf, "uint32_t", block->reads, block->n_reads, emit_uint32);
    emit_next_span(buf, block->rows_name);
    emit_next_number(buf, block->rows);
    emit_next_span(buf, block->rows_top);
    emit_next_number(buf, block->rows_keep);
    buf_add_string(buf, "}, ");
}

static void emit_signal(struct buf *buf, const void *item)
{
    const struct signal_rule *signal = item;

    buf_add_string(buf, "\n      { ");
    emit_next_span(buf, signal->name);
    emit_next_place(buf, &signal->place);
    emit_next_number(buf, signal->streams);
    emit_next_span(buf, signal->state_kind);
    emit_next_number(buf, signal->pattern);
    EMIT_LIST(buf, "struct span", signal->literals, signal->n_literals, emit_span);
    emit_next_number(buf, signal->literals_caseless);
    EMIT_LIST(buf, "struct span", signal->also, signal->n_also, emit_span);
    EMIT_LIST(buf, "struct span", signal->message_ids, signal->n_message_ids, emit_span);
    EMIT_LIST(buf, "struct condition", signal->fields, signal->n_fields, emit_condition);
    emit_next_number(buf, signal->role);
    emit_next_number(buf, signal->fatal);
    emit_next_number(buf, signal->anonymous);
    emit_next_number(buf, signal->run);
    emit_next_number(buf, signal->blind_spot);
    EMIT_LIST(buf, "struct condition", signal->where, signal->n_where, emit_condition);
    emit_next_number(buf, signal->each);
    EMIT_LIST(buf, "struct set_row", signal->set, signal->n_set, emit_set_row);
    emit_next_block(buf, &signal->block);
    buf_add_string(buf, "}");
}

/* --- states and questions --- */

static void emit_state(struct buf *buf, const void *item)
{
    const struct state_rule *state = item;

    buf_add_string(buf, "{ ");
    emit_next_span(buf, state->name);
    emit_next_place(buf, &state->place);
    emit_next_span(buf, state->from);
    emit_next_number(buf, state->match);
    EMIT_LIST(buf, "struct condition", state->conditions, state->n_conditions, emit_condition);
    emit_next_span(buf, state->path);
    emit_next_number(buf, state->at_least);
    emit_next_span(buf, state->holding);
    emit_next_span(buf, state->most);
    buf_add_string(buf, "}");
}

static void emit_when(struct buf *buf, const void *item)
{
    const struct when *when = item;

    buf_add_string(buf, "{ ");
    emit_next_number(buf, when->kind);
    emit_next_place(buf, &when->place);
    emit_next_number(buf, when->signal);
    emit_next_number(buf, when->after);
    emit_next_number(buf, when->before);
    emit_next_number(buf, when->state);
    emit_next_span(buf, when->fact);
    emit_next_number(buf, when->at_least);
    emit_next_time(buf, when->within_us);
    EMIT_LIST(buf, "uint32_t", when->sequence, when->n_sequence, emit_uint32);
    EMIT_LIST(buf, "struct when", when->children, when->n_children, emit_when);
    buf_add_string(buf, "}");
}

/* A pointer to one; may be NULL. */
static void emit_next_when(struct buf *buf, const struct when *when)
{
    emit_items(buf, "struct when", when, when ? 1 : 0, sizeof(*when), emit_when);
}

/* --- other rules --- */

static void emit_explains(struct buf *buf, const void *item)
{
    const struct explains *explains = item;

    buf_add_string(buf, "{ ");
    emit_next_number(buf, explains->rule);
    emit_next_time(buf, explains->within_us);
    emit_next_number(buf, explains->same);
    emit_next_place(buf, &explains->place);
    buf_add_string(buf, "}");
}

static void emit_suppresses(struct buf *buf, const void *item)
{
    const struct suppresses *suppresses = item;

    buf_add_string(buf, "{ ");
    emit_next_number(buf, suppresses->rule);
    emit_next_number(buf, suppresses->same);
    buf_add_string(buf, "}");
}

static void emit_rules_out(struct buf *buf, const void *item)
{
    const struct rules_out *rules_out = item;

    buf_add_string(buf, "{ ");
    emit_next_number(buf, rules_out->rule);
    emit_next_when(buf, rules_out->when);
    emit_string(buf, rules_out->because);
    buf_add_string(buf, " }");
}

static void emit_mover(struct buf *buf, const void *item)
{
    const struct confidence_mover *mover = item;

    buf_add_string(buf, "{ ");
    emit_next_when(buf, mover->when);
    emit_string(buf, mover->because);
    buf_add_string(buf, " }");
}

static void emit_globs(struct buf *buf, const void *item)
{
    const struct fact_globs *globs = item;

    buf_add_string(buf, "{ ");
    EMIT_LIST(buf, "struct field", globs->facts, globs->n_facts, emit_field);
    buf_add_string(buf, "}");
}

static void emit_remedy(struct buf *buf, const void *item)
{
    const struct remedy *remedy = item;

    buf_add_string(buf, "{ ");
    emit_next_number(buf, remedy->kind);
    emit_next_string(buf, remedy->action);
    emit_next_strings(buf, remedy->run);
    emit_next_string(buf, remedy->needs);
    emit_next_string(buf, remedy->risk);
    emit_next_string(buf, remedy->undo);
    emit_next_when(buf, remedy->when);
    EMIT_LIST(buf, "struct fact_globs", remedy->given, remedy->n_given, emit_globs);
    EMIT_LIST(buf, "struct fact_globs", remedy->unless, remedy->n_unless, emit_globs);
    buf_add_string(buf, "}");
}

/* --- rules --- */

static void emit_head(struct buf *buf, const struct rule *rule)
{
    emit_next_string(buf, rule->id);
    emit_next_place(buf, &rule->place);
    emit_next_string(buf, rule->origin);
    emit_next_string(buf, rule->title);
    emit_next_number(buf, rule->severity);
    emit_next_number(buf, rule->lasts);
    emit_next_number(buf, rule->symptom);
}

static void emit_questions(struct buf *buf, const struct rule *rule)
{
    EMIT_LIST(buf, "struct signal_rule", rule->signals, rule->n_signals, emit_signal);
    EMIT_LIST(buf, "struct fact_declaration", rule->facts, rule->n_facts, emit_fact);
    EMIT_LIST(buf, "struct state_rule", rule->states, rule->n_states, emit_state);
    emit_next_when(buf, rule->when);
    emit_next_number(buf, rule->same);
    EMIT_LIST(buf, "struct span", rule->key, rule->n_key, emit_span);
}

static void emit_relations(struct buf *buf, const struct rule *rule)
{
    EMIT_LIST(buf, "struct explains", rule->explains, rule->n_explains, emit_explains);
    EMIT_LIST(buf, "struct suppresses", rule->suppresses, rule->n_suppresses, emit_suppresses);
    EMIT_LIST(buf, "struct rules_out", rule->rules_out, rule->n_rules_out, emit_rules_out);
    EMIT_LIST(buf, "uint32_t", rule->recovered_by, rule->n_recovered_by, emit_uint32);
    emit_items(buf, "struct confidence_mover", rule->raised_by, rule->n_raised_by,
               sizeof(*rule->raised_by), emit_mover);
    emit_items(buf, "struct confidence_mover", rule->lowered_by, rule->n_lowered_by,
               sizeof(*rule->lowered_by), emit_mover);
    emit_next_number(buf, rule->n_raised_by);
    emit_next_number(buf, rule->n_lowered_by);
}

static void emit_rule(struct buf *buf, const void *item)
{
    const struct rule *rule = item;

    buf_add_string(buf, "\n    { ");
    emit_head(buf, rule);
    emit_questions(buf, rule);
    emit_relations(buf, rule);
    emit_next_string(buf, rule->explain);
    EMIT_LIST(buf, "struct remedy", rule->remedies, rule->n_remedies, emit_remedy);
    emit_next_strings(buf, rule->references);
    buf_add_string(buf, /* tests, n_tests, checked, tree */ "0, 0, 0, 0 }");
}

static void emit_disabled(struct buf *buf, const void *item)
{
    const struct disabled_rule *disabled = item;

    buf_add_string(buf, "{ ");
    emit_next_string(buf, disabled->id);
    emit_next_place(buf, &disabled->place);
    emit_next_number(buf, disabled->idle);
    buf_add_string(buf, "}");
}

static void emit_pattern(struct buf *buf, const void *item)
{
    const struct rule_pattern *pattern = item;

    buf_add_string(buf, "\n    { ");
    emit_next_span(buf, pattern->text);
    emit_next_place(buf, &pattern->place);
    emit_next_span(buf, pattern->units);
    emit_next_number(buf, pattern->negated);
    buf_add_string(buf, "}");
}

static void emit_variant(struct buf *buf, const void *item)
{
    const struct variant *variant = item;

    buf_add_string(buf, "{ ");
    emit_next_string(buf, variant->name);
    emit_next_strings(buf, variant->units);
    emit_next_strings(buf, variant->identifiers);
    emit_next_strings(buf, variant->hosts);
    emit_next_strings(buf, variant->runs);
    EMIT_LIST(buf, "struct field", variant->texts, variant->n_texts, emit_field);
    emit_next_number(buf, variant->assumed);
    buf_add_string(buf, "}");
}

static void emit_stream(struct buf *buf, const void *item)
{
    const struct stream *stream = item;

    buf_add_string(buf, "\n    { ");
    emit_next_string(buf, stream->name);
    emit_next_strings(buf, stream->units);
    emit_next_strings(buf, stream->identifiers);
    emit_next_strings(buf, stream->transports);
    emit_next_strings(buf, stream->klog_wrappers);
    emit_next_strings(buf, stream->all_in_one);
    emit_next_strings(buf, stream->callers);
    emit_next_strings(buf, stream->headings);
    emit_next_strings(buf, stream->paths);
    emit_next_strings(buf, stream->words);
    emit_next_number(buf, stream->shared_words);
    emit_next_number(buf, stream->container_ids);
    emit_next_number(buf, stream->expected);
    emit_next_number(buf, stream->anonymous);
    EMIT_LIST(buf, "struct variant", stream->variants, stream->n_variants, emit_variant);
    buf_add_string(buf, "}");
}

void emit_rules(struct buf *buf, const struct rules *rules)
{
    buf_add_string(buf, "{ ");
    EMIT_LIST(buf, "struct rule", rules->items, rules->n, emit_rule);
    EMIT_LIST(buf, "struct disabled_rule", rules->disabled, rules->n_disabled, emit_disabled);
    buf_add_string(buf, /* skipped, n_skipped */ "0, 0, ");
    EMIT_LIST(buf, "struct rule_pattern", rules->patterns, rules->n_patterns, emit_pattern);
    buf_add_string(buf, "{ ");
    EMIT_LIST(buf, "struct stream", rules->streams.items, rules->streams.n, emit_stream);
    buf_add_string(buf, "} }");
}
