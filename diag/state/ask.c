/* Questions of rules to tables, in three-valued logic: a condition on a missing value is unknown,
 * and so is the answer unless the other rows decide it. */

#include "state/ask.h"

#include "base/buf.h"
#include "base/pattern.h"
#include "signal/fact_number.h"

/* `and` of two answers (of conditions, of rows under `all`). */
static enum tristate both(enum tristate a, enum tristate b)
{
    if (a == IS_FALSE || b == IS_FALSE) {
        return IS_FALSE;
    }
    return a == IS_UNKNOWN || b == IS_UNKNOWN ? IS_UNKNOWN : IS_TRUE;
}

static enum tristate opposite(enum tristate a)
{
    if (a == IS_UNKNOWN) {
        return a;
    }
    return a == IS_TRUE ? IS_FALSE : IS_TRUE;
}

static enum tristate answer(bool yes)
{
    return yes ? IS_TRUE : IS_FALSE;
}

static enum tristate matches(const struct rules *rules, uint32_t index, struct span text)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;

    if (pattern_compile(rules->patterns[index].text, &pattern, NULL) < 0) {
        return IS_UNKNOWN;
    }
    return answer(pattern_match(pattern, text, 0) > 0);
}

static enum tristate matches_glob(struct span glob, struct span text)
{
    CLEANUP(buf_done_at) struct buf terminated = { 0 };

    buf_add(&terminated, glob);
    return answer(terminated.data && span_matches_glob(text, terminated.data));
}

/* `<` and similar operators require numbers on both sides: comparing texts is meaningless here. */
static enum tristate compares(const struct fact *left, enum comparison comparison,
                              const struct fact *right)
{
    int order = fact_compare(left, right);

    if (comparison == IS_EQUAL) {
        return answer(order == 0);
    }
    if (comparison == IS_NOT_EQUAL) {
        return answer(order != 0);
    }
    if (!left->has_number || !right->has_number) {
        return IS_UNKNOWN;
    }
    if (comparison == IS_LESS) {
        return answer(order < 0);
    }
    if (comparison == IS_AT_MOST) {
        return answer(order <= 0);
    }
    return answer(comparison == IS_GREATER ? order > 0 : order >= 0);
}

static enum tristate compares_with_text(const struct fact *fact, const struct condition *condition)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct fact right = fact_parse(fact->name, fact->type, condition->text, arena);

    right.has_number = fact_number(fact->type, condition->text, &right.number);
    return compares(fact, condition->comparison, &right);
}

static enum tristate holds(const struct rules *rules, const struct state_row *row,
                           const struct condition *condition)
{
    const struct fact *fact = state_row_fact(row, condition->name);
    const struct fact *other;

    if (!fact) {
        return IS_UNKNOWN;
    }
    if (comparison_by_pattern(condition->comparison)) {
        return matches(rules, condition->pattern, fact->text);
    }
    if (condition->comparison == IS_GLOB) {
        return matches_glob(condition->text, fact->text);
    }
    if (span_empty(condition->other_fact)) {
        return compares_with_text(fact, condition);
    }
    other = state_row_fact(row, condition->other_fact);
    return other ? compares(fact, condition->comparison, other) : IS_UNKNOWN;
}

static enum tristate row_holds(const struct rules *rules, const struct state_row *row,
                               const struct state_rule *question)
{
    enum tristate all = IS_TRUE;
    size_t i;

    for (i = 0; i < question->n_conditions && all != IS_FALSE; i++) {
        all = both(all, holds(rules, row, &question->conditions[i]));
    }
    return all;
}

/* Counts of the answers of the rows. */
struct row_tally {
    size_t count[IS_UNKNOWN + 1];
    const struct state_row *first; /* the first row that is true, or the one with the most */
};

/* The larger number in the column; what has none comes last. */
static bool has_more(const struct state_row *row, const struct state_row *than, struct span column)
{
    const struct fact *one = state_row_fact(row, column), *other = state_row_fact(than, column);

    return one && one->has_number && (!other || !other->has_number || one->number > other->number);
}

static struct row_tally ask_rows(const struct rules *rules, const struct state_table *table,
                                 const struct state_rule *question, struct span most)
{
    struct row_tally tally = { { 0 }, NULL };
    size_t i;

    for (i = 0; i < table->n_rows; i++) {
        enum tristate one = row_holds(rules, &table->rows[i], question);

        tally.count[one]++;
        if (one == IS_TRUE &&
            (!tally.first || (!span_empty(most) && has_more(&table->rows[i], tally.first, most)))) {
            tally.first = &table->rows[i];
        }
    }
    return tally;
}

static enum tristate at_least(const struct row_tally *tally, uint64_t n)
{
    if (tally->count[IS_TRUE] >= n) {
        return IS_TRUE;
    }
    return tally->count[IS_TRUE] + tally->count[IS_UNKNOWN] >= n ? IS_UNKNOWN : IS_FALSE;
}

static enum tristate every(const struct row_tally *tally)
{
    if (tally->count[IS_FALSE]) {
        return IS_FALSE;
    }
    return tally->count[IS_UNKNOWN] ? IS_UNKNOWN : IS_TRUE;
}

/* The last row with that path: later files and later lines override earlier ones. */
static const struct state_row *row_of_path(const struct state_table *table, struct span path)
{
    size_t i;

    for (i = table->n_rows; i > 0; i--) {
        const struct fact *fact = state_row_fact(&table->rows[i - 1], SPAN("path"));

        if (fact && span_equal(fact->text, path)) {
            return &table->rows[i - 1];
        }
    }
    return NULL;
}

static enum tristate ask_path(const struct rules *rules, const struct state_table *table,
                              const struct state_rule *question, const struct state_row **ret_row)
{
    *ret_row = row_of_path(table, question->path);
    return *ret_row ? row_holds(rules, *ret_row, question) : IS_UNKNOWN;
}

static enum tristate ask_table(const struct rules *rules, const struct state_table *table,
                               const struct state_rule *question, struct span most,
                               const struct state_row **ret_row)
{
    struct row_tally tally;

    if (question->match == STATE_PATH) {
        return ask_path(rules, table, question, ret_row);
    }
    tally = ask_rows(rules, table, question, most);
    *ret_row = question->match == STATE_NONE ? NULL : tally.first;
    if (question->match == STATE_ALL) {
        return every(&tally);
    }
    if (question->match == STATE_NONE) {
        return opposite(at_least(&tally, 1));
    }
    return at_least(&tally, question->match == STATE_COUNT ? question->at_least : 1);
}

/* Is the path the folder, or below it? */
static bool is_below(struct span path, struct span folder)
{
    if (span_is(folder, "/")) {
        return span_starts(path, folder);
    }
    return !span_empty(folder) && span_starts(path, folder) &&
           (path.size == folder.size || path.data[folder.size] == '/');
}

/* The row whose mount holds the path, or NULL. Of several on one mount the last one hides the others.
 */
static const struct state_row *row_of_mount(const struct state_table *table, struct span path,
                                            size_t *ret_size)
{
    const struct state_row *best = NULL;

    *ret_size = 0;
    for (size_t i = 0; table && i < table->n_rows; i++) {
        const struct fact *mount = state_row_fact(&table->rows[i], SPAN("mount"));

        if (mount && is_below(path, mount->text) && mount->text.size >= *ret_size) {
            best = &table->rows[i];
            *ret_size = mount->text.size;
        }
    }
    return best;
}

/* The table with only the row that holds the path; false if that row is unknown. */
static bool narrow(const struct states *states, struct span path, const struct state_table *table,
                   struct state_table *ret)
{
    size_t size, mounted;
    const struct state_row *row = span_empty(path) ? NULL : row_of_mount(table, path, &size);

    if (!row) {
        return false;
    }
    (void)row_of_mount(states_find(states, SPAN("mounts")), path, &mounted);
    *ret = *table;
    ret->rows = row;
    ret->n_rows = 1;
    return mounted <= size;
}

enum tristate states_ask(const struct states *states, const struct rules *rules,
                         const struct state_rule *question, const struct state_subject *subject,
                         const struct state_row **ret_row)
{
    static const struct state_subject none = { 0 };
    const struct state_table *table = states_find(states, question->from);
    const struct state_row *row = NULL;
    struct state_table narrowed;
    enum tristate result;

    subject = subject ? subject : &none;
    if (table && !span_empty(question->holding)) {
        table = narrow(states, subject->path, table, &narrowed) ? &narrowed : NULL;
    }
    result = table ? ask_table(rules, table, question, subject->column, &row) : IS_UNKNOWN;
    if (ret_row && result == IS_TRUE) {
        *ret_row = row;
    }
    return result;
}
