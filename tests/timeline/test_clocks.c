/* Events on the clock of their node. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "timeline/clocks.h"

static int64_t at(int year, int month, int day)
{
    return civil_to_us(&(struct civil){ .year = year, .month = month, .day = day });
}

/* The year comes from the other log of the node, across the turn of the year. */
static void test_year(void **state)
{
    const struct signal signal = { 0 };
    const struct span host = SPAN("node1");
    const struct occurrence seen[] = {
        { .when = { .time_us = at(2024, 1, 2), .monotonic_us = TIME_UNKNOWN, .year_known = true } },
        { .when = { .time_us = at(2000, 12, 31), .monotonic_us = TIME_UNKNOWN } },
        { .when = { .time_us = at(2000, 1, 3), .monotonic_us = TIME_UNKNOWN } },
    };
    struct event events[N_ELEMENTS(seen)];

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(seen); i++) {
        events[i] = (struct event){ .seen = &seen[i], .signal = &signal };
    }
    clocks_assign(events, N_ELEMENTS(seen), &host, 1, (struct time_range){ 0 }, /* notes= */ NULL);
    assert_int_equal(events[0].time_us, at(2024, 1, 2));
    assert_int_equal(events[1].time_us, at(2023, 12, 31));
    assert_int_equal(events[2].time_us, at(2024, 1, 3));
}

/* A year that was guessed gives way to that of the other inputs; one that agrees stays. */
static void test_guessed_year(void **state)
{
    const struct signal signal = { 0 };
    const struct span host = SPAN("node1");
    const struct time_range inputs = { at(2019, 8, 20), at(2019, 8, 22), true };
    const struct occurrence seen[] = {
        { .when = { .time_us = at(2026, 8, 21),
                    .monotonic_us = TIME_UNKNOWN,
                    .year_known = true,
                    .year_guessed = true } },
        { .when = { .time_us = at(2019, 8, 21),
                    .monotonic_us = TIME_UNKNOWN,
                    .year_known = true,
                    .year_guessed = true } },
    };
    struct event events[N_ELEMENTS(seen)];

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(seen); i++) {
        events[i] = (struct event){ .seen = &seen[i], .signal = &signal };
    }
    clocks_assign(events, N_ELEMENTS(seen), &host, 1, inputs, /* notes= */ NULL);
    assert_int_equal(events[0].time_us, at(2019, 8, 21));
    assert_int_equal(events[1].time_us, at(2019, 8, 21));
}

/* Inside a boot the monotonic clock decides; what has only that gets the wall clock of the boot. */
static void test_boot(void **state)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    const struct signal signal = { .boot = SPAN("b") };
    const struct span host = SPAN("node1");
    int64_t noon = at(2024, 6, 2) + 12 * USEC_PER_HOUR;
    const struct occurrence seen[] = {
        { .when = { .time_us = noon, .monotonic_us = 10 * USEC_PER_SEC, .year_known = true } },
        { .when = { .time_us = noon - 3 * USEC_PER_HOUR,
                    .monotonic_us = 20 * USEC_PER_SEC,
                    .year_known = true } },
        { .when = { .time_us = TIME_UNKNOWN, .monotonic_us = 15 * USEC_PER_SEC } },
    };
    struct event events[N_ELEMENTS(seen)];

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(seen); i++) {
        events[i] = (struct event){ .seen = &seen[i], .signal = &signal };
    }
    clocks_assign(events, N_ELEMENTS(seen), &host, 1, (struct time_range){ 0 }, notes);
    assert_int_equal(events[1].time_us - events[0].time_us, 10 * USEC_PER_SEC);
    assert_int_equal(events[2].time_us - events[0].time_us, 5 * USEC_PER_SEC);
    assert_int_equal(notes_count(notes), 1);
    assert_int_equal(notes_get(notes, 0)->kind, NOTE_CLOCK_JUMP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_year),
        cmocka_unit_test(test_guessed_year),
        cmocka_unit_test(test_boot),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}
