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

enum {
    M = 60
};

/* A time in minutes, or an age of `least` to `most` minutes in a table printed at minute 100 or up to
 * `late` minutes later. */
struct when_seen {
    int at, least, most, late;
};

static void place_event(const struct when_seen *place, struct occurrence *seen, struct event *event)
{
    static const struct signal signal = { 0 };

    *seen = (struct occurrence){ 0 };
    *event = (struct event){ .seen = seen,
                             .signal = &signal,
                             .time_us = place->at ? place->at * M : TIME_UNKNOWN,
                             .monotonic_us = TIME_UNKNOWN };
    if (place->most) {
        seen->when.collected_us = (int64_t)100 * M;
        seen->when.collected_spread_us = (int64_t)place->late * M;
        event->earliest_us = (100 - place->most) * (int64_t)M;
        event->spread_us = (place->late + place->most - place->least) * (int64_t)M;
    }
}

/* A range orders what is certain and nothing else. */
static void test_gap(void **state)
{
    static const struct {
        struct when_seen a, b;
        bool known;
        int least, most;
    } cases[] = {
        { { .at = 10 }, { .at = 12 }, true, 2, 2 },
        { { .at = 90 }, { .least = 5, .most = 6 }, true, 4, 5 },
        { { .least = 5, .most = 6 }, { .at = 90 }, true, -5, -4 },
        { { .at = 94 }, { .least = 5, .most = 6, .late = 9 }, true, 0, 10 },
        { { .at = 97 }, { .least = 5, .most = 6, .late = 9 }, true, -3, 7 },
        /* both of one table: when it was printed does not matter */
        { { .least = 9, .most = 10, .late = 9 }, { .least = 5, .most = 6, .late = 9 }, true, 3, 5 },
        { { .least = 5, .most = 6, .late = 9 }, { .least = 5, .most = 6, .late = 9 }, true, -1, 1 },
        { { .at = 10 }, { 0 }, false, 0, 0 },
        { { .least = 5, .most = 6 }, { 0 }, false, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct occurrence seen[2];
        struct event a, b;
        struct gap gap = { 0 };

        place_event(&cases[i].a, &seen[0], &a);
        place_event(&cases[i].b, &seen[1], &b);
        assert_int_equal(event_gap(&a, &b, &gap), cases[i].known);
        assert_int_equal(gap.least_us, cases[i].least * M);
        assert_int_equal(gap.most_us, cases[i].most * M);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_gap),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}
