#include "base/traits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check_equal(struct traits traits, struct traits expected)
{
    assert_int_equal(traits.n_newlines, expected.n_newlines);
    assert_int_equal(traits.has_nul, expected.has_nul);
    assert_int_equal(traits.has_high, expected.has_high);
    assert_int_equal(traits.has_marks, expected.has_marks);
}

static void check(struct span text, struct traits expected)
{
    check_equal(traits_of(text), expected);
    check_equal(traits_of_plain(text), expected);
}

/* Each trait is seen wherever it is, also at the ends of what is summed up together. */
static void test_every_place(void **state)
{
    char text[400];

    (void)state;
    for (size_t size = 0; size < sizeof(text); size++) {
        memset(text, '=', sizeof(text));
        check((struct span){ text, size }, (struct traits){ 0 });
        for (size_t at = 0; at < size; at++) {
            text[at] = '\0';
            check((struct span){ text, size }, (struct traits){ .has_nul = true });
            text[at] = '\xc3';
            check((struct span){ text, size }, (struct traits){ .has_high = true });
            text[at] = '\n';
            check((struct span){ text, size },
                  (struct traits){ .n_newlines = 1, .has_marks = at + 1 < size });
            text[at] = '=';
        }
    }
}

static void test_only_newlines(void **state)
{
    char text[20000];

    (void)state;
    memset(text, '\n', sizeof(text));
    check((struct span){ text, sizeof(text) }, (struct traits){ .n_newlines = sizeof(text) });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_place),
        cmocka_unit_test(test_only_newlines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
