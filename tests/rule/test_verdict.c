/* What the report prints, a test in a rule file can expect. */

#include "rule/verdict.h"

#include "base/buf.h"
#include "rule/schema.h"
#include "rule/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char rule[] =
    "title: T\nseverity: error\nexplain: E\n"
    "signals: [{ name: a, stream: kubelet, pattern: some text, role: proof }]\n"
    "tests: [{ name: n, input: some text, expect: { %s: %s } }]\n";

static int check(const char *key, const char *word)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };
    const struct yaml *root;

    buf_printf(&text, rule, key, word);
    assert_int_equal(yaml_parse("r.yaml", buf_span(&text), arena, &root, NULL), 0);
    return schema_check_rule(root, NULL);
}

static void every_status_can_be_expected(void **state)
{
    (void)state;
    for (int i = STATUS_ONGOING; i <= STATUS_EARLIER_BOOT; i++) {
        const char *name = finding_status_name((enum finding_status)i);

        assert_int_equal(check("status", name), 0);
        assert_int_equal(finding_status_find(span_of(name)), i);
    }
    assert_true(check("status", "earlier_boot") < 0);
}

static void every_confidence_can_be_expected(void **state)
{
    (void)state;
    for (int i = CONFIDENCE_POSSIBLE; i <= CONFIDENCE_CERTAIN; i++) {
        const char *name = finding_confidence_name((enum finding_confidence)i);

        assert_int_equal(check("confidence", name), 0);
        assert_int_equal(finding_confidence_find(span_of(name)), i);
    }
    assert_true(check("confidence", "sure") < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_can_be_expected),
        cmocka_unit_test(every_confidence_can_be_expected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
