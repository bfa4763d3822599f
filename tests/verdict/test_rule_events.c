/* The events of one rule, from the last one back. */

#include "verdict/rule_events.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_before(void **state)
{
    static const uint32_t of_rule[] = { 1, 3, 1, 0, 1, 3 };
    struct event events[N_ELEMENTS(of_rule)] = { 0 };
    struct timeline timeline = { .events = events, .n = N_ELEMENTS(of_rule) };
    struct arena *arena = arena_new();
    struct rule_events found;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(of_rule); i++) {
        events[i].rule = of_rule[i];
    }
    found = rule_events_of(&timeline, 4, arena);
    assert_int_equal(rule_events_before(&found, 1, 6), 4);
    assert_int_equal(rule_events_before(&found, 1, 4), 2);
    assert_int_equal(rule_events_before(&found, 1, 2), 0);
    assert_int_equal(rule_events_before(&found, 1, 0), NO_EVENT);
    assert_int_equal(rule_events_before(&found, 3, 6), 5);
    assert_int_equal(rule_events_before(&found, 3, 1), NO_EVENT);
    assert_int_equal(rule_events_before(&found, 2, 6), NO_EVENT);
    arena_free(arena);
}

static void test_none(void **state)
{
    struct timeline timeline = { 0 };
    struct arena *arena = arena_new();
    struct rule_events found = rule_events_of(&timeline, 2, arena);

    (void)state;
    assert_int_equal(rule_events_before(&found, 1, 0), NO_EVENT);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_before),
        cmocka_unit_test(test_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
