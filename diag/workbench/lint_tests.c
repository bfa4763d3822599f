/* What shows only when the tests are run. */

#include "workbench/lint_tests.h"

#include "workbench/test_run.h"

struct test_runs {
    struct lint_list *list;
    const struct rules *rules;
    bool **fired; /* by rule and signal, over the tests of all rules */
};

static void mark_fired(void *data, const struct store *signals)
{
    struct test_runs *runs = data;

    for (size_t i = 0; i < store_n_groups(signals); i++) {
        const struct signal *signal = store_group(signals, i)->signal;

        runs->fired[signal->rule][signal->signal] = true;
    }
}

static const struct yaml *test_node(const struct rule *rule, size_t index)
{
    const struct yaml *node = yaml_get(rule->tree, "tests")->first;

    while (index-- > 0) {
        node = node->next;
    }
    return node;
}

/* The place of the rule's id in `expect`, or of the test. */
static const struct yaml *expectation(const struct yaml *test)
{
    const struct yaml *expect = yaml_get(test, "expect");

    return expect ? expect : test;
}

static void check_silent(struct test_runs *runs, const struct rule *rule,
                         const struct rule_test *test, const struct yaml *node,
                         const struct report *report)
{
    if (test_expects(test, rule->id) && !test_finds(report, rule->id)) {
        lint_add(runs->list, "silent-test", rule, expectation(node),
                 "the test expects this rule, but the report does not have it");
    }
}

static bool is_certain_root(const struct finding *finding)
{
    return finding->role == FINDING_ROOT && finding->confidence == CONFIDENCE_CERTAIN &&
           finding->rule->severity >= RULE_ERROR;
}

/* Another rule as certain as this one, which the test does not expect: one of them should explain
 * or suppress the other, or match less. */
static void check_rivals(struct test_runs *runs, const struct rule *rule,
                         const struct rule_test *test, const struct yaml *at,
                         const struct node *node)
{
    bool is_root = false;

    for (size_t i = 0; i < node->n_findings; i++) {
        is_root =
            is_root || (node->findings[i].rule == rule && is_certain_root(&node->findings[i]));
    }
    for (size_t i = 0; is_root && i < node->n_findings; i++) {
        const struct finding *other = &node->findings[i];

        if (other->rule != rule && is_certain_root(other) && !test_expects(test, other->rule->id)) {
            lint_add(runs->list, "rival", rule, at,
                     "%s is a certain root here too, but the test does not expect it",
                     other->rule->id);
        }
    }
}

static void run_test(struct test_runs *runs, const struct rule *rule, size_t index)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    const struct rule_test *test = &rule->tests[index];
    const struct yaml *node = test_node(rule, index);
    const char *format = test->formats ? test->formats[0] : NULL;
    struct test_run run = {
        .rules = runs->rules,
        .test = test,
        .format = format ? format_find(span_of(format)) : NULL,
        .look = mark_fired,
        .data = runs,
    };
    struct error error = { 0 };

    if (test_run_report(&run, report, &error) < 0) { /* lint_states() reports why */
        return;
    }
    if (!rule->checked) {
        return;
    }
    check_silent(runs, rule, test, node, report);
    for (size_t i = 0; i < report->n_nodes; i++) {
        check_rivals(runs, rule, test, node, &report->nodes[i]);
    }
}

static void check_signals(struct test_runs *runs, size_t index)
{
    const struct rule *rule = &runs->rules->items[index];
    const struct yaml *node = yaml_get(rule->tree, "signals")->first;

    for (size_t i = 0; i < rule->n_signals; i++, node = node->next) {
        if (!runs->fired[index][i]) {
            lint_add(runs->list, "silent-signal", rule, node, "no test matches the signal '%.*s'",
                     (int)rule->signals[i].name.size, rule->signals[i].name.data);
        }
    }
}

void lint_tests(struct lint_list *list, const struct rules *rules)
{
    struct test_runs runs = { .list = list, .rules = rules };

    runs.fired = ARENA_ARRAY(list->arena, bool *, rules->n);
    for (size_t i = 0; i < rules->n; i++) {
        runs.fired[i] = ARENA_ARRAY(list->arena, bool, rules->items[i].n_signals);
    }
    for (size_t i = 0; i < rules->n; i++) {
        for (size_t k = 0; k < rules->items[i].n_tests; k++) {
            run_test(&runs, &rules->items[i], k);
        }
    }
    for (size_t i = 0; i < rules->n; i++) {
        if (rules->items[i].checked && rules->items[i].n_tests) {
            check_signals(&runs, i);
        }
    }
}
