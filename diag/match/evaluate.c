/* Whether one signal of a rule fires on one entry, and the facts that it then has. */

#include "match/evaluate.h"

#include "base/limits.h"
#include "match/block.h"

/* Does the entry have the MESSAGE_ID or match the pattern of the signal? The pattern is always tried,
 * for the facts that it captures. */
static bool message_matches(struct attempt *attempt)
{
    const struct signal_rule *signal = attempt->signal;
    const struct pattern *match =
        attempt_match(attempt, signal->pattern, attempt->entry->message, /* start = */ 0);
    struct span id;

    if (match) {
        attempt_add_groups(attempt, match);
    }
    if (match || (signal->pattern == PATTERN_NONE && signal->n_message_ids == 0)) {
        return true;
    }
    if (signal->n_message_ids == 0) {
        return false;
    }
    id = entry_field(attempt->entry, SPAN("MESSAGE_ID"), attempt->arena);
    for (size_t i = 0; i < signal->n_message_ids; i++) {
        if (span_equal(signal->message_ids[i], id)) {
            return true;
        }
    }
    return false;
}

static bool fields_hold(struct attempt *attempt)
{
    for (size_t i = 0; i < attempt->signal->n_fields; i++) {
        const struct condition *condition = &attempt->signal->fields[i];
        struct span text = entry_field(attempt->entry, condition->name, attempt->arena);
        struct fact fact = fact_parse(condition->name, FACT_INTEGER, text, attempt->arena);

        if (!attempt_holds(attempt, condition, span_empty(text) ? NULL : &fact)) {
            attempt->failed = condition;
            return false;
        }
    }
    return true;
}

/* Conditions on facts that are not known hold only when no more facts can come. */
static bool facts_hold(struct attempt *attempt, const struct condition *conditions, size_t n,
                       bool more_to_come)
{
    for (size_t i = 0; i < n; i++) {
        const struct fact *fact = attempt_fact(attempt, conditions[i].name);
        bool open = !fact || (!span_empty(conditions[i].other_fact) &&
                              !attempt_fact(attempt, conditions[i].other_fact));

        if (!(more_to_come && open) && !attempt_holds(attempt, &conditions[i], fact)) {
            attempt->failed = &conditions[i];
            return false;
        }
    }
    return true;
}

static void add_field_facts(struct attempt *attempt)
{
    for (size_t i = 0; i < attempt->rule->n_facts; i++) {
        const struct fact_declaration *declared = &attempt->rule->facts[i];
        struct span text;

        if (span_empty(declared->field)) {
            continue;
        }
        text = entry_field(attempt->entry, declared->field, attempt->arena);
        if (!span_empty(text)) {
            attempt_set_fact(attempt, declared->name, text);
        }
    }
}

static void add_each_table(struct attempt *attempt)
{
    struct span message = attempt->entry->message, whole;
    const struct pattern *match;
    struct fact_row *rows;
    size_t n = 0, start = 0;

    if (attempt->signal->each == PATTERN_NONE) {
        return;
    }
    rows = ARENA_ARRAY(attempt->arena, struct fact_row, LIMIT_EACH_ROWS);
    while (n < LIMIT_EACH_ROWS && start <= message.size &&
           (match = attempt_match(attempt, attempt->signal->each, message, start))) {
        rows[n++] = attempt_row(attempt, match, attempt->signal->name);
        whole = pattern_whole(match);
        start = (size_t)(whole.data - message.data) + whole.size + (whole.size == 0);
    }
    if (n == LIMIT_EACH_ROWS) {
        attempt_note(attempt, NOTE_LIMIT, "one record has more table rows than are kept");
    }
    if (n > 0) {
        vec_push(&attempt->tables, (struct fact_table){ attempt->signal->name, rows, n });
    }
}

static void add_set_facts(struct attempt *attempt)
{
    for (size_t i = 0; i < attempt->signal->n_set; i++) {
        const struct set_row *row = &attempt->signal->set[i];

        if (!facts_hold(attempt, row->conditions, row->n_conditions, /* more_to_come = */ false)) {
            continue;
        }
        for (size_t j = 0; j < row->n_facts; j++) {
            attempt_set_fact(attempt, row->facts[j].name, row->facts[j].value);
        }
        return;
    }
}

int evaluate_signal(struct attempt *attempt, struct neighbours *neighbours,
                    struct neighbour *record)
{
    const struct signal_rule *signal = attempt->signal;
    int r;

    if (!message_matches(attempt) || !fields_hold(attempt)) {
        return 0;
    }
    add_field_facts(attempt);
    if (signal->block.present && record) {
        /* Before the expensive part. */
        if (!facts_hold(attempt, signal->where, signal->n_where, /* more_to_come = */ true)) {
            return 0;
        }
        r = block_read(attempt, neighbours, record);
        if (r < 0) {
            return r;
        }
    }
    add_set_facts(attempt);
    if (!facts_hold(attempt, signal->where, signal->n_where, /* more_to_come = */ false)) {
        return 0;
    }
    add_each_table(attempt);
    return 1;
}
