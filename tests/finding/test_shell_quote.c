/* Values in shell commands. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "finding/shell_quote.h"

static void test_add(void **state)
{
    static const struct {
        const char *before; /* the command so far */
        enum quoting quoting;
        const char *value;
        const char *expected; /* NULL: refused */
    } cases[] = {
        { "ls ", QUOTE_NONE, "/var/log", "ls /var/log" },
        { "ls ", QUOTE_NONE, "a b", "ls 'a b'" },
        { "ls ", QUOTE_NONE, "it's", "ls 'it'\\''s'" },
        { "ls ", QUOTE_NONE, "$(reboot)", "ls '$(reboot)'" },
        { "ls ", QUOTE_NONE, "--help", NULL },
        { "", QUOTE_NONE, "-rf", NULL },
        { "ls /x", QUOTE_NONE, "-1", "ls /x-1" },
        { "grep '", QUOTE_SINGLE, "a b", "grep 'a b" },
        { "grep '", QUOTE_SINGLE, "it's", "grep 'it'\\''s" },
        { "grep \"", QUOTE_DOUBLE, "$HOME", "grep \"\"'$HOME'\"" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf out = { 0 };

        buf_add_string(&out, cases[i].before);
        if (cases[i].expected) {
            assert_true(shell_quote_add(&out, cases[i].quoting, span_of(cases[i].value)));
            assert_string_equal(out.data, cases[i].expected);
        } else {
            assert_false(shell_quote_add(&out, cases[i].quoting, span_of(cases[i].value)));
            assert_true(span_is(buf_span(&out), cases[i].before));
        }
    }
}

static void test_after(void **state)
{
    (void)state;
    assert_int_equal(shell_quote_after(QUOTE_NONE, '\''), QUOTE_SINGLE);
    assert_int_equal(shell_quote_after(QUOTE_SINGLE, '\''), QUOTE_NONE);
    assert_int_equal(shell_quote_after(QUOTE_SINGLE, '"'), QUOTE_SINGLE);
    assert_int_equal(shell_quote_after(QUOTE_NONE, '"'), QUOTE_DOUBLE);
    assert_int_equal(shell_quote_after(QUOTE_DOUBLE, 'a'), QUOTE_DOUBLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add),
        cmocka_unit_test(test_after),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}
