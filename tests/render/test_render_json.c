/* Schema 1: every key is there whatever the report holds, and bytes of a log cannot break it. */

#include "render/render.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct rule rule = { .id = "a/b", .severity = RULE_ERROR };
static const struct fact values[] = {
    { .name = { "size", 4 },
      .type = FACT_KIBIBYTES,
      .has_number = true,
      .number = 2048,
      .text = { "2", 1 } },
    { .name = { "pid", 3 },
      .type = FACT_INTEGER,
      .has_number = true,
      .number = 7,
      .text = { "7", 1 } },
    { .name = { "part", 4 },
      .type = FACT_PERCENT,
      .has_number = true,
      .number = 0.5,
      .text = { "", 0 } },
    { .name = { "text", 4 }, .text = { "a\xff\x1b", 3 } },
};
static const struct finding_fact facts[] = {
    { .name = { "size", 4 }, .values = &values[0], .n_values = 1 },
    { .name = { "pid", 3 }, .values = &values[1], .n_values = 1, .list = true },
    { .name = { "part", 4 }, .values = &values[2], .n_values = 1 },
    { .name = { "text", 4 }, .values = &values[3], .n_values = 1 },
};
static const struct evidence evidence = {
    .when = { .time_us = 0, .monotonic_us = TIME_UNKNOWN }, /* its year is not known */
    .stamp = { "Jan 01 00:00:00", 15 },
    .message = { "\0\xfe", 2 },
    .pid = -1,
    .count = 1,
};
static const struct finding finding = {
    .rule = &rule,
    .title = "t",
    .first = { .time_us = TIME_UNKNOWN },
    .last = { .time_us = TIME_UNKNOWN },
    .facts = facts,
    .n_facts = 4,
    .evidence = &evidence,
    .n_evidence = 1,
};
static const struct node node = { .findings = &finding, .n_findings = 1 };

static json_t *rendered(const struct report *report)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct render_options options = { .version = "1" };
    json_t *root;

    renderer_find(SPAN("json"))->render(report, &options, &out);
    root = json_loadb(out.data, out.size, JSON_ALLOW_NUL, NULL);
    assert_non_null(root);
    return root;
}

static void test_empty_report(void **state)
{
    static const char *const keys[] = { "schema", "version",     "exit",        "verdict", "inputs",
                                        "nodes",  "unexplained", "blind_spots", "stats" };
    CLEANUP(report_free_at) struct report *report = report_new();
    json_t *root = rendered(report);

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(keys); i++) {
        assert_non_null(json_object_get(root, keys[i]));
    }
    json_decref(root);
}

static json_t *first(const json_t *object, const char *key)
{
    return json_array_get(json_object_get(object, key), 0);
}

static void test_finding(void **state)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    json_t *root, *found, *fact, *seen;

    (void)state;
    report->nodes = &node;
    report->n_nodes = 1;
    root = rendered(report);
    found = first(first(root, "nodes"), "findings");
    fact = json_object_get(found, "facts");
    seen = first(found, "evidence");
    assert_int_equal(json_integer_value(json_object_get(fact, "size_bytes")), 2048);
    assert_int_equal(json_integer_value(first(fact, "pid")), 7);
    assert_true(json_is_real(json_object_get(fact, "part")));
    assert_string_equal(json_string_value(json_object_get(fact, "text")), "a\xef\xbf\xbd\x1b");
    assert_true(json_is_null(json_object_get(found, "first")));
    assert_true(json_is_null(json_object_get(seen, "time")));
    assert_true(json_is_null(json_object_get(seen, "pid")));
    assert_string_equal(json_string_value(json_object_get(seen, "stamp")), "Jan 01 00:00:00");
    assert_int_equal(json_string_length(json_object_get(seen, "message")), 4);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_report),
        cmocka_unit_test(test_finding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
