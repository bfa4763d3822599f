#include "helpers/verdict_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "helpers/summary.h"
#include "pipeline.h"
#include "rule/load.h"

static struct rule_set *load(const struct verdict_case *row)
{
    struct rule_set *set = rule_set_new();
    struct error error = { 0 };

    assert_true(rule_set_add_builtin(set, &error) >= 0);
    for (size_t i = 0; i + 1 < 8 && row->rules[i]; i += 2) {
        if (rule_set_add_text(set, row->rules[i], row->rules[i], span_of(row->rules[i + 1]),
                              /* with_tests= */ false, &error) < 0) {
            fail_msg("%s: %s:%u: %s", row->name, row->rules[i], error.line, error.text);
        }
    }
    if (rule_set_finish(set, &error) < 0) {
        fail_msg("%s: %s: %s", row->name, error.path, error.text);
    }
    return set;
}

static void add_unit(struct buf *out, const struct node *node, const struct node_unit *unit)
{
    buf_printf(out, "%.*s/%.*s %s", (int)node->host.size, node->host.data, (int)unit->unit.size,
               unit->unit.data, unit_state_name(unit->state));
    if (unit->stopped_by) {
        buf_printf(out, " (%s)", unit->stopped_by);
    }
    for (size_t i = 0; i < unit->n_evidence; i++) {
        buf_printf(out, "%s %.*s", i ? "" : ":", (int)unit->evidence[i].signal.size,
                   unit->evidence[i].signal.data);
    }
    buf_add_byte(out, '\n');
}

static void check_units(const struct report *report, const char *expected)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };

    buf_add_string(&out, "");
    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_units; k++) {
            add_unit(&out, &report->nodes[i], &report->nodes[i].units[k]);
        }
    }
    assert_string_equal(out.data, expected);
}

static void check_findings(const struct report *report, const struct verdict_case *row)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };

    buf_add_string(&out, "");
    summary_add(&out, report, row->prefix ? row->prefix : "test/");
    assert_string_equal(out.data, row->findings);
}

static void check_unexplained(const struct report *report, const char *expected)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };

    buf_add_string(&out, "");
    for (size_t i = 0; i < report->n_unexplained; i++) {
        const struct unexplained *unit = &report->unexplained[i];

        buf_printf(&out, "%.*s %s\n", (int)unit->unit.size, unit->unit.data,
                   unit->deaths ? unit->deaths : "died");
    }
    assert_string_equal(out.data, expected);
}

void verdict_case_check(const struct verdict_case *row)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = load(row);
    struct pipeline_options options = { .rules = rule_set_rules(set), .fail_on = RULE_ERROR };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);
    CLEANUP(report_free_at) struct report *report = report_new();

    for (size_t i = 0; i + 1 < 4 && row->state[i]; i += 2) {
        assert_true(pipeline_read_state(pipeline, row->state[i], span_of(row->state[i + 1])));
    }
    pipeline_read_text(pipeline, "log", span_of(row->input));
    pipeline_finish(pipeline, report);
    if (row->units) {
        check_units(report, row->units);
    }
    if (row->findings) {
        check_findings(report, row);
    }
    if (row->unexplained) {
        check_unexplained(report, row->unexplained);
    }
    if (row->sentence) {
        assert_string_equal(report->sentence, row->sentence);
    }
    if (row->exit >= 0) {
        assert_int_equal(report->exit, row->exit);
    }
}

static void test_row(void **state)
{
    verdict_case_check(*state);
}

int verdict_cases_run(const char *group, const struct verdict_case *rows, size_t n)
{
    struct CMUnitTest *tests = alloc_zeroed(n, sizeof(*tests));
    int failed;

    for (size_t i = 0; i < n; i++) {
        tests[i] =
            (struct CMUnitTest){ rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
    }
    failed = _cmocka_run_group_tests(group, tests, n, NULL, NULL);
    free(tests);
    return failed;
}
