/* Patterns that lint warns about, by their text alone. */

#include "rule/lint_pattern.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void anchors(void **state)
{
    static const struct {
        const char *pattern;
        bool fails;
    } rows[] = {
        { "some text (?<x>\\d+)$", true },
        { "some text (?<x>\\d+)\\z", true },
        { "some text (?<x>\\d+)\\s*$", true },
        { "some text \\\\$", true },
        { "some text \\$", false },
        { "some text (?<x>.+)$", false },
        { "some text (?<x>\\S+)(?: and .*)?$", false },
        { "^some text$", false },
        { "some text", false },
        { "", false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (lint_fails_on_cut_lines(span_of(rows[i].pattern)) != rows[i].fails) {
            fail_msg("%s", rows[i].pattern);
        }
    }
}

static void speed(void **state)
{
    const struct span literal = SPAN("some text");

    (void)state;
    assert_true(lint_is_slow(SPAN("some text(?:a+)+b"), &literal, 1));
    assert_false(lint_is_slow(SPAN("some text a+b"), &literal, 1));
    assert_false(lint_is_slow(SPAN("some text ("), &literal, 1));
    assert_false(lint_is_slow(SPAN("some text"), NULL, 0));
}

static void groups(void **state)
{
    static const struct {
        const char *pattern;
        bool numbered;
    } rows[] = {
        { "a (b)", true },       { "a(", true },     { "[(](b)", true }, { "a (?<x>b)", false },
        { "a (?:b)", false },    { "\\(b", false },  { "[(]b", false },  { "[](]b", false },
        { "a(*ACCEPT)", false }, { "[^](]", false }, { "", false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (lint_has_numbered_group(span_of(rows[i].pattern)) != rows[i].numbered) {
            fail_msg("%s", rows[i].pattern);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anchors),
        cmocka_unit_test(speed),
        cmocka_unit_test(groups),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
