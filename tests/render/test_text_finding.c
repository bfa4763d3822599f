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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_remedies_of_each) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
