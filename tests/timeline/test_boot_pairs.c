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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_align) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
