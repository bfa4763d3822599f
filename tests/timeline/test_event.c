/* Comparing two events. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule/rule.h"
#include "timeline/event.h"

static void test_distance(void **state)
{
    const struct signal one = { .boot = SPAN("1") }, other = { .boot = SPAN("2") };
    const struct event wall = { .signal = &one, .time_us = 10, .monotonic_us = TIME_UNKNOWN };
    const struct event later = { .signal = &one, .time_us = 30, .monotonic_us = 5 };
    const struct event monotonic = { .signal = &one, .time_us = TIME_UNKNOWN, .monotonic_us = 3 };
    const struct event elsewhere = { .signal = &other, .time_us = TIME_UNKNOWN, .monotonic_us = 3 };
    int64_t us = 99;

    (void)state;
    assert_true(event_distance(&wall, &later, &us));
    assert_int_equal(us, 20);
    assert_true(event_distance(&later, &monotonic, &us));
    assert_int_equal(us, -2);
    assert_false(event_distance(&wall, &monotonic, &us));
    assert_false(event_distance(&monotonic, &elsewhere, &us));
    assert_int_equal(us, -2);
}

/* What is unknown separates nothing. */
static void test_shares(void **state)
{
    static const struct {
        unsigned same;
        uint32_t unit[2], run[2];
        int64_t pid[2];
        bool expected;
    } cases[] = {
        { SAME_UNIT, { 1, 1 }, { NO_RUN, NO_RUN }, { -1, -1 }, true },
        { SAME_UNIT, { 1, 2 }, { NO_RUN, NO_RUN }, { -1, -1 }, false },
        { SAME_UNIT, { 1, NO_UNIT }, { NO_RUN, NO_RUN }, { -1, -1 }, true },
        { SAME_RUN, { 1, 1 }, { 4, 5 }, { -1, -1 }, false },
        { SAME_RUN, { 1, 1 }, { 4, NO_RUN }, { -1, -1 }, true },
        { SAME_PID, { 1, 1 }, { 4, 4 }, { 7, 8 }, false },
        { SAME_PID, { 1, 1 }, { 4, 4 }, { 7, -1 }, true },
        { SAME_PID | SAME_RUN, { 1, 1 }, { 4, 5 }, { 7, 7 }, false },
        { 0, { 1, 2 }, { 4, 5 }, { 7, 8 }, true },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        const struct signal signal = { 0 };
        const struct occurrence seen[2] = { { .pid = cases[i].pid[0] },
                                            { .pid = cases[i].pid[1] } };
        struct event events[2];

        for (size_t k = 0; k < 2; k++) {
            events[k] = (struct event){ .seen = &seen[k],
                                        .signal = &signal,
                                        .unit = cases[i].unit[k],
                                        .run = cases[i].run[k] };
        }
        assert_int_equal(event_shares(&events[0], &events[1], cases[i].same), cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_shares),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}
