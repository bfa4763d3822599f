#include "base/span.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void cutting(void **state)
{
    struct span rest = SPAN("a,,b"), part, words = SPAN("  one\ttwo "), none = { 0 };

    (void)state;
    assert_true(span_cut(&rest, ',', &part) && span_is(part, "a"));
    assert_true(span_cut(&rest, ',', &part) && span_is(part, ""));
    assert_true(span_cut(&rest, ',', &part) && span_is(part, "b"));
    assert_false(span_cut(&rest, ',', &part));
    assert_true(span_word(&words, &part) && span_is(part, "one"));
    assert_true(span_word(&words, &part) && span_is(part, "two"));
    assert_false(span_word(&words, &part));
    assert_false(span_cut(&none, ',', &part));
    assert_true(span_is(span_trim(SPAN(" \r\n a b\t")), "a b"));
    assert_true(span_empty(span_trim(SPAN(" \n"))));
    assert_true(span_empty(span_skip(SPAN("abc"), 7)));
}

static void finding(void **state)
{
    (void)state;
    assert_int_equal(span_find(SPAN("a\0bc"), SPAN("bc")), 2);
    assert_int_equal(span_find(SPAN("abc"), SPAN("")), 0);
    assert_int_equal(span_find(SPAN("b"), SPAN("bc")), -1);
    assert_int_equal(span_find_byte(SPAN("abc"), 'c'), 2);
    assert_int_equal(span_find_byte((struct span){ 0 }, 'c'), -1);
}

static void numbers(void **state)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } rows[] = {
        { "0", true, 0 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 0 },
        { "-9223372036854775809", false, 0 },
        { "99999999999999999999", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { "1 ", false, 0 },
        { "0x1", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int64_t value = 0;

        if (span_to_int(span_of(rows[i].text), &value) != rows[i].good) {
            fail_msg("%s", rows[i].text);
        }
        assert_int_equal(value, rows[i].value);
    }
}

static void globs(void **state)
{
    static const struct {
        const char *text, *glob;
        bool matches;
    } rows[] = {
        { "kubelet", "kubelet", true },
        { "kubelet-wrapper", "kubelet-*", true },
        { "kubelet", "kubelet-*", false },
        { "rke2-x.service", "rke2-*.service", true },
        { "abcbc", "a*bc", true },
        { "abcb", "a*bc", false },
        { "", "*", true },
        { "", "", true },
        { "a", "?", true },
        { "", "?", false },
        { "a", "", false },
        { "aaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*c", false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (span_matches_glob(span_of(rows[i].text), rows[i].glob) != rows[i].matches) {
            fail_msg("%s %s", rows[i].text, rows[i].glob);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cutting),
        cmocka_unit_test(finding),
        cmocka_unit_test(numbers),
        cmocka_unit_test(globs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
