/* Findings in the text report. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/text_finding.h"

/* Two findings of one rule: a remedy that is the same is printed once, one that differs twice. */
static void test_remedies_of_each(void **state)
{
    static const char *const one[] = { "du -x /a", NULL }, *const other[] = { "du -x /b", NULL };
    static const struct rule rule = { .id = "disk/full", .severity = RULE_ERROR };
    const struct finding_remedy first[] = {
        { .kind = REMEDY_NOW, .action = "Free space", .run = one },
        { .kind = REMEDY_VERIFY, .action = "Same" }
    };
    const struct finding_remedy second[] = {
        { .kind = REMEDY_NOW, .action = "Free space", .run = other },
        { .kind = REMEDY_VERIFY, .action = "Same" }
    };
    const struct finding findings[] = {
        { .rule = &rule,
          .title = "Full",
          .severity = RULE_ERROR,
          .remedies = first,
          .n_remedies = 2,
          .status = STATUS_ONGOING },
        { .rule = &rule,
          .title = "Full",
          .severity = RULE_ERROR,
          .remedies = second,
          .n_remedies = 2,
          .status = STATUS_ONGOING },
    };
    const struct node node = { .findings = findings, .n_findings = 2 };
    const struct report report = { .nodes = &node, .n_nodes = 1 };
    const struct render_options options = { 0 };
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct text_report text = text_report_of(&report, &options, &out);
    ptrdiff_t at;

    (void)state;
    text_add_findings(&text);
    assert_true(span_find(buf_span(&out), SPAN("du -x /a")) >= 0);
    assert_true(span_find(buf_span(&out), SPAN("du -x /b")) >= 0);
    at = span_find(buf_span(&out), SPAN("Same"));
    assert_true(at >= 0);
    assert_true(span_find(span_skip(buf_span(&out), (size_t)at + 1), SPAN("Same")) < 0);
}

/* How often the text has the words. */
static int count_of(const struct buf *out, const char *words)
{
    struct span rest = buf_span(out);
    ptrdiff_t at;
    int n = 0;

    while ((at = span_find(rest, span_of(words))) >= 0) {
        rest = span_skip(rest, (size_t)at + 1);
        n++;
    }
    return n;
}

#define FACT(called, value)                                                                        \
    {                                                                                              \
        .name = SPAN(called), .values = &(const struct fact){ .text = SPAN(value) }, .n_values = 1 \
    }

/* Three kills of one group are one finding with a table of what differs; one with another status is
 * not part of it. */
static void test_group_is_one_table(void **state)
{
    const struct span key[] = { SPAN("pid") };
    const struct rule rule = {
        .id = "memory/kill", .severity = RULE_ERROR, .key = key, .n_key = 1
    };
    const struct finding_fact facts[][3] = {
        { FACT("limit", "128Mi"), FACT("comm", "java"), FACT("pid", "41") },
        { FACT("limit", "128Mi"), FACT("comm", "nginx"), FACT("pid", "42") },
        { FACT("limit", "128Mi"), FACT("comm", "java"), FACT("pid", "43") },
    };
    static const char *const stamps[] = { "10:00:01", "10:00:02", "10:00:03" };
    struct finding findings[3];
    const struct node node = { .findings = findings, .n_findings = 3 };
    const struct report report = { .nodes = &node, .n_nodes = 1 };
    const struct render_options options = { 0 };
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct text_report text = text_report_of(&report, &options, &out);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        findings[i] = (struct finding){ .rule = &rule,
                                        .title = "Killed",
                                        .severity = RULE_ERROR,
                                        .status = STATUS_HAPPENED,
                                        .group = 1,
                                        .count = 1 + i,
                                        .first = MOMENT_UNKNOWN,
                                        .last = MOMENT_UNKNOWN,
                                        .first_stamp = span_of(stamps[i]),
                                        .last_stamp = span_of(stamps[i]),
                                        .facts = facts[i],
                                        .n_facts = 3 };
    }
    text_add_findings(&text);
    assert_int_equal(count_of(&out, "Killed"), 1);
    assert_int_equal(count_of(&out, "seen 6 times"), 1);
    assert_int_equal(count_of(&out, "    time      pid  comm\n"), 1);
    assert_int_equal(count_of(&out, "    10:00:01  41   java\n"), 1);
    assert_int_equal(count_of(&out, "    10:00:02  42   nginx  2 times\n"), 1);
    assert_int_equal(count_of(&out, "    10:00:03  43   java   3 times\n"), 1);
    assert_int_equal(count_of(&out, "limit"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_remedies_of_each),
                                        cmocka_unit_test(test_group_is_one_table) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
