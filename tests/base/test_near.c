/* Mistyped names and the nearest known one. */

#include "base/near.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void distances(void **state)
{
    static const struct {
        const char *a, *b;
        size_t distance;
    } rows[] = {
        { "", "", 0 },
        { "a", "", 1 },
        { "", "ab", 2 },
        { "same", "same", 0 },
        { "smae", "same", 1 },
        { "pattern", "patern", 1 },
        { "kitten", "sitting", 3 },
        { "within", "wihtin", 1 },
        { "abc", "xyz", 3 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(near_distance(span_of(rows[i].a), span_of(rows[i].b)), rows[i].distance);
    }
}

static void the_nearer_one_wins(void **state)
{
    struct span best = { 0 };

    (void)state;
    best = near_better(SPAN("wihtin"), best, SPAN("signal"));
    assert_true(span_empty(best));
    best = near_better(SPAN("wihtin"), best, SPAN("begin"));
    best = near_better(SPAN("wihtin"), best, SPAN("within"));
    best = near_better(SPAN("wihtin"), best, SPAN("withing"));
    assert_true(span_is(best, "within"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances),
        cmocka_unit_test(the_nearer_one_wins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
