/* A kernel log without times beside a journal. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "timeline/boot_pairs.h"

enum {
    MOST = 5
};

#define S       USEC_PER_SEC
#define BEGAN   (INT64_C(1718180000) * USEC_PER_SEC)
#define UNKNOWN TIME_UNKNOWN

struct sample {
    uint32_t hash;
    int64_t time_us, monotonic_us;
    int64_t earliest_us, spread_us;
};

static const struct {
    struct sample seen[MOST];
    int64_t last_us; /* time of the last one afterwards */
} cases[] = {
    /* one pair dates all of the input */
    { { { 1, BEGAN + 10 * S, UNKNOWN, 0, 0 },
        { 1, UNKNOWN, 10 * S, 0, 0 },
        { 2, UNKNOWN, 15 * S, 0, 0 } },
      BEGAN + 15 * S },
    /* none, twice, contradicted, of another boot than the known one */
    { { { 1, BEGAN + 10 * S, UNKNOWN, 0, 0 }, { 2, UNKNOWN, 15 * S, 0, 0 } }, UNKNOWN },
    { { { 1, BEGAN + 10 * S, UNKNOWN, 0, 0 },
        { 1, BEGAN + 20 * S, UNKNOWN, 0, 0 },
        { 1, UNKNOWN, 10 * S, 0, 0 },
        { 2, UNKNOWN, 15 * S, 0, 0 } },
      UNKNOWN },
    { { { 1, BEGAN + 10 * S, UNKNOWN, 0, 0 },
        { 2, BEGAN + 50 * S, UNKNOWN, 0, 0 },
        { 1, UNKNOWN, 10 * S, 0, 0 },
        { 2, UNKNOWN, 15 * S, 0, 0 } },
      UNKNOWN },
    { { { 1, BEGAN + 10 * S, UNKNOWN, 0, 0 },
        { 1, UNKNOWN, 10 * S, BEGAN + 900 * S, 60 * S },
        { 2, UNKNOWN, 15 * S, BEGAN + 905 * S, 60 * S } },
      UNKNOWN },
    /* what the pair says is inside the known range */
    { { { 1, BEGAN + 10 * S, UNKNOWN, 0, 0 },
        { 1, UNKNOWN, 10 * S, BEGAN, 60 * S },
        { 2, UNKNOWN, 15 * S, BEGAN + 5 * S, 60 * S } },
      BEGAN + 15 * S },
};

static void test_align(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct signal signal = { 0 };
        struct occurrence seen[MOST] = { 0 };
        struct event events[MOST] = { 0 };
        size_t n = 0;

        for (; n < MOST && cases[i].seen[n].hash; n++) {
            const struct sample *sample = &cases[i].seen[n];

            seen[n] = (struct occurrence){ .when = { .time_us = sample->time_us,
                                                     .monotonic_us = sample->monotonic_us },
                                           .input = sample->time_us == UNKNOWN,
                                           .message_hash = sample->hash };
            events[n] = (struct event){ .seen = &seen[n],
                                        .signal = &signal,
                                        .time_us = sample->time_us,
                                        .monotonic_us = sample->monotonic_us,
                                        .earliest_us = sample->earliest_us,
                                        .spread_us = sample->spread_us };
        }
        boot_pairs_align(events, n);
        if (events[n - 1].time_us != cases[i].last_us) {
            fail_msg("case %zu: %lld", i, (long long)events[n - 1].time_us);
        }
    }
}

/* One note for the node whose kernel log cannot be placed beside its other logs; none where it can be, or is alone. */
static void test_note(void **state)
{
    const struct span hosts[] = { SPAN("n1"), SPAN("n2"), SPAN("n3") };
    const struct signal signal = { 0 };
    const struct occurrence seen = { 0 };
    const struct event events[] = {
        { .node = 0, .time_us = BEGAN, .monotonic_us = UNKNOWN },
        { .node = 0, .time_us = UNKNOWN, .monotonic_us = S },
        { .node = 0, .time_us = UNKNOWN, .monotonic_us = 2 * S },
        { .node = 1, .time_us = BEGAN, .monotonic_us = UNKNOWN },
        { .node = 1, .time_us = UNKNOWN, .monotonic_us = S, .earliest_us = BEGAN, .spread_us = S },
        { .node = 2, .time_us = UNKNOWN, .monotonic_us = S },
    };
    struct event copies[N_ELEMENTS(events)];
    CLEANUP(notes_free_at) struct notes *notes = notes_new();

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(events); i++) {
        copies[i] = events[i];
        copies[i].signal = &signal;
        copies[i].seen = &seen;
    }
    boot_pairs_note(copies, N_ELEMENTS(copies), hosts, N_ELEMENTS(hosts), notes);
    assert_int_equal(notes_count(notes), 1);
    assert_true(span_is(notes_get(notes, 0)->where, "n1"));
    assert_int_equal(notes_get(notes, 0)->count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_align),
        cmocka_unit_test(test_note),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
