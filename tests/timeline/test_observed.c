/* When a component logged, on the clock of the events. */

#include "timeline/observed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define MINUTE   USEC_PER_MINUTE
#define YEAR     (INT64_C(365) * 24 * 60 * MINUTE)
#define JULY     (INT64_C(1751500800) * USEC_PER_SEC) /* 2025-07-03 */
#define A_STREAM 4

/* One source of input 2, which logged from JULY on for ten minutes. The event is of input 1. */
static const struct row {
    const char *name;
    int64_t off_us; /* of the times of the source */
    bool guessed;
    int64_t last_us; /* as observed */
} rows[] = {
    { "the year of both is known", 0, false, JULY + 10 * MINUTE },
    { "a later year that was guessed", YEAR, true, JULY + 10 * MINUTE },
    { "an earlier year that was guessed", -YEAR, true, JULY + 10 * MINUTE },
    { "the year that was guessed is right", 0, true, JULY + 10 * MINUTE },
    { "another year that is known", YEAR, false, JULY + YEAR + 10 * MINUTE },
};

static void test_row(void **state)
{
    const struct row *row = *state;
    struct signal signal = { .streams = A_STREAM };
    struct occurrence seen = { .input = 1, .when = { .time_us = JULY, .year_known = true } };
    struct event event = { .seen = &seen, .signal = &signal, .time_us = JULY };
    struct span host = { 0 };
    struct timeline timeline = { .events = &event, .n = 1, .hosts = &host, .n_nodes = 1 };
    CLEANUP(activity_free_at) struct activity *activity = activity_new();
    CLEANUP(observed_free_at) struct observed *observed = NULL;
    int64_t first, last;

    for (int64_t i = 0; i <= 10; i++) {
        struct entry entry = { .origin = { .input = 2 },
                               .streams = A_STREAM,
                               .when = { .time_us = JULY + row->off_us + i * MINUTE,
                                         .monotonic_us = TIME_UNKNOWN,
                                         .year_known = true,
                                         .year_guessed = row->guessed } };

        activity_add(activity, &entry);
    }
    observed = observed_new(activity, &timeline);
    assert_true(observed_range(observed, &event, &first, &last));
    assert_int_equal(first, row->last_us - 10 * MINUTE);
    assert_int_equal(last, row->last_us);
}

int main(void)
{
    struct CMUnitTest tests[N_ELEMENTS(rows)];

    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        tests[i] =
            (struct CMUnitTest){ rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
    }
    return cmocka_run_group_tests_name("observed", tests, NULL, NULL);
}
