/* A word is found by its whole text only. */

#include "base/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum colour {
    RED,
    GREEN
};

static const char *const colour_words[] = { [RED] = "red", [GREEN] = "green", NULL };

const char *colour_name(enum colour value);
int colour_find(struct span word);

DEFINE_WORDS(colour)

static void words(void **state)
{
    (void)state;
    assert_string_equal(colour_name(GREEN), "green");
    assert_int_equal(colour_find(SPAN("red")), RED);
    assert_int_equal(colour_find(SPAN("green")), GREEN);
    assert_int_equal(colour_find(SPAN("gree")), -1);
    assert_int_equal(colour_find(SPAN("")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
