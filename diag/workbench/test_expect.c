/* Compares a report with what a rule's test expects (rules/README.md, "Tests"). */

#include "workbench/test_expect.h"

#include <string.h>

struct test_comparison {
    const struct report *report;
    const struct node *node;    /* of the root; NULL when there is none */
    const struct finding *root; /* the first root cause, or NULL */
    struct buf *out;
};

static void differ(const struct test_comparison *comparison, const char *what, const char *expected,
                   struct span found)
{
    buf_printf(comparison->out, "    %s: expected %s, found ", what, expected);
    buf_add(comparison->out, span_empty(found) ? SPAN("nothing") : found);
    buf_add_byte(comparison->out, '\n');
}

/* The finding that the verdict names first, else the first root of any severity. */
static void find_root(struct test_comparison *comparison)
{
    const char *first = comparison->report->root_causes[0];

    for (size_t i = 0; i < comparison->report->n_nodes; i++) {
        const struct node *node = &comparison->report->nodes[i];

        for (size_t k = 0; k < node->n_findings && !comparison->root; k++) {
            const struct finding *finding = &node->findings[k];

            if (finding->role != FINDING_ROOT || (first && strcmp(finding->rule->id, first) != 0)) {
                continue;
            }
            comparison->node = node;
            comparison->root = finding;
        }
    }
}

static bool has_finding(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            if (strcmp(report->nodes[i].findings[k].rule->id, id) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Is the rule among what the finding explains, directly or through others? The graph has no cycles.
 */
static bool folds(const struct node *node, const struct finding *finding, const char *id)
{
    for (size_t i = 0; i < finding->n_explains; i++) {
        const struct finding *effect = &node->findings[finding->explains[i]];

        if (strcmp(effect->rule->id, id) == 0 || folds(node, effect, id)) {
            return true;
        }
    }
    return false;
}

static const struct finding_fact *find_fact(const struct finding *finding, struct span name)
{
    return finding ? finding_fact_find(finding->facts, finding->n_facts, name) : NULL;
}

/* `pid`, or `swaps.device`: the first value, or the column of the first row. */
static const struct fact *find_value(const struct finding *finding, struct span path)
{
    const struct finding_fact *fact = find_fact(finding, path);
    ptrdiff_t dot = span_find_byte(path, '.');

    if (fact) {
        return !fact->table && fact->n_values ? &fact->values[0] : NULL;
    }
    if (dot < 0) {
        return NULL;
    }
    fact = find_fact(finding, span_head(path, (size_t)dot));
    if (!fact || !fact->table) {
        return NULL;
    }
    return fact->table->n_rows ? fact_row_find(fact->table->rows, span_skip(path, (size_t)dot + 1))
                               : NULL;
}

/* As the log wrote it, or as the number it is. */
static bool is_value(const struct fact *fact, struct span expected)
{
    CLEANUP(buf_done_at) struct buf number = { 0 };

    if (span_equal(fact->text, expected)) {
        return true;
    }
    buf_printf(&number, "%.15g", fact->number);
    return fact->has_number && span_equal(buf_span(&number), expected);
}

static void compare_fact(const struct test_comparison *comparison, struct span path,
                         struct span expected)
{
    const struct fact *fact = find_value(comparison->root, path);
    CLEANUP(buf_done_at) struct buf name = { 0 };
    CLEANUP(buf_done_at) struct buf value = { 0 };

    if (fact && is_value(fact, expected)) {
        return;
    }
    buf_add(&name, path);
    buf_add(&value, expected);
    differ(comparison, name.data, value.data ? value.data : "",
           fact ? fact->text : (struct span){ 0 });
}

static void compare_word(const struct test_comparison *comparison, const char *what,
                         struct span expected, const char *found)
{
    CLEANUP(buf_done_at) struct buf value = { 0 };

    if (span_is(expected, found ? found : "")) {
        return;
    }
    buf_add(&value, expected);
    differ(comparison, what, value.data ? value.data : "", span_of(found));
}

/* What the log itself said was missing; other trouble of the input is not the rule's. */
static void compare_blind_spot(const struct test_comparison *comparison, struct span expected)
{
    const char *found = "none";

    for (size_t i = 0; i < comparison->report->n_blind_spots; i++) {
        enum note_kind kind = comparison->report->blind_spots[i].kind;

        if (kind == NOTE_SUPPRESSED || kind == NOTE_MISSED) {
            found = note_kind_name(kind);
        }
    }
    compare_word(comparison, "blind_spot", expected, found);
}

static void compare_expectation(const struct test_comparison *comparison, const struct field *field)
{
    const struct finding *root = comparison->root;
    CLEANUP(buf_done_at) struct buf code = { 0 };

    if (span_is(field->name, "root")) {
        compare_word(comparison, "root", field->value, root ? root->rule->id : NULL);
    } else if (span_is(field->name, "confidence")) {
        compare_word(comparison, "confidence", field->value,
                     root ? finding_confidence_name(root->confidence) : NULL);
    } else if (span_is(field->name, "status")) {
        compare_word(comparison, "status", field->value,
                     root ? finding_status_name(root->status) : NULL);
    } else if (span_is(field->name, "exit")) {
        buf_printf(&code, "%d", (int)comparison->report->exit);
        compare_word(comparison, "exit", field->value, code.data);
    } else if (span_is(field->name, "blind_spot")) {
        compare_blind_spot(comparison, field->value);
    } else if (span_starts(field->name, SPAN("facts."))) {
        compare_fact(comparison, span_skip(field->name, strlen("facts.")), field->value);
    }
}

static void compare_rules(const struct test_comparison *comparison, const struct rule_test *test)
{
    const char *const *id;

    for (id = test->folds; id && *id; id++) {
        if (!comparison->root || !folds(comparison->node, comparison->root, *id)) {
            differ(comparison, "folds", *id, (struct span){ 0 });
        }
    }
    for (id = test->expect_findings; id && *id; id++) {
        if (!has_finding(comparison->report, *id)) {
            differ(comparison, "findings", *id, (struct span){ 0 });
        }
    }
    for (id = test->expect_none; id && *id; id++) {
        if (has_finding(comparison->report, *id)) {
            differ(comparison, "expect_none", "nothing", span_of(*id));
        }
    }
}

/* Is the text in the remedies of the root, or in their commands? */
static bool is_advised(const struct test_comparison *comparison, const char *text)
{
    for (size_t i = 0; comparison->root && i < comparison->root->n_remedies; i++) {
        const struct finding_remedy *remedy = &comparison->root->remedies[i];

        if (strstr(remedy->action, text) || (remedy->risk && strstr(remedy->risk, text))) {
            return true;
        }
        for (const char *const *run = remedy->run; run && *run; run++) {
            if (strstr(*run, text)) {
                return true;
            }
        }
    }
    return false;
}

static void compare_remedies(const struct test_comparison *comparison, const struct rule_test *test)
{
    const char *const *text;

    for (text = test->remedies; text && *text; text++) {
        if (!is_advised(comparison, *text)) {
            differ(comparison, "remedies", *text, (struct span){ 0 });
        }
    }
    for (text = test->no_remedies; text && *text; text++) {
        if (is_advised(comparison, *text)) {
            differ(comparison, "no_remedies", "nothing", span_of(*text));
        }
    }
}

void test_expect_compare(const struct rule_test *test, const struct report *report, struct buf *out)
{
    struct test_comparison comparison = { .report = report, .out = out };

    find_root(&comparison);
    for (size_t i = 0; i < test->n_expect; i++) {
        compare_expectation(&comparison, &test->expect[i]);
    }
    compare_rules(&comparison, test);
}

void test_expect_remedies(const struct rule_test *test, const struct report *report,
                          struct buf *out)
{
    struct test_comparison comparison = { .report = report, .out = out };

    find_root(&comparison);
    compare_remedies(&comparison, test);
}
