/* Inputs in local time beside inputs in UTC. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "timeline/offsets.h"

enum {
    MOST = 4
};

#define HOUR_US (60 * USEC_PER_MINUTE)

static void test_align(void **state)
{
    static const struct {
        struct {
            uint32_t input;
            bool zone;
            int64_t pid, time_us;
            const char *message;
        } seen[MOST];
        int64_t moved_us; /* of the events without a zone */
    } cases[] = {
        /* the same entry in both: proof, for all entries of the input */
        { { { 0, true, 7, 8 * HOUR_US, "failed to start the kubelet" },
            { 1, false, 7, 10 * HOUR_US + USEC_PER_SEC, "failed to start the kubelet" },
            { 1, false, 7, 11 * HOUR_US, "another message of it" } },
          -2 * HOUR_US },
        /* another process, no zone can be so, not in both, twice */
        { { { 0, true, 7, 8 * HOUR_US, "failed to start the kubelet" },
            { 1, false, 8, 10 * HOUR_US, "failed to start the kubelet" } },
          0 },
        { { { 0, true, 7, 8 * HOUR_US, "failed to start the kubelet" },
            { 1, false, 7, 10 * HOUR_US + USEC_PER_MINUTE, "failed to start the kubelet" } },
          0 },
        { { { 0, true, 7, 8 * HOUR_US, "failed to start the kubelet" },
            { 1, false, 7, 10 * HOUR_US, "failed to stop the kubelet" } },
          0 },
        { { { 0, true, 7, 8 * HOUR_US, "failed to start the kubelet" },
            { 1, false, 7, 10 * HOUR_US, "failed to start the kubelet" },
            { 1, false, 7, 12 * HOUR_US, "failed to start the kubelet" } },
          0 },
        /* rotated files of one format */
        { { { 0, false, 7, 8 * HOUR_US, "failed to start the kubelet" },
            { 1, false, 7, 10 * HOUR_US, "failed to start the kubelet" } },
          0 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct signal signals[MOST] = { 0 };
        struct occurrence seen[MOST] = { 0 };
        struct event events[MOST] = { 0 };
        size_t n = 0;

        for (; n < MOST && cases[i].seen[n].message; n++) {
            signals[n].message = span_of(cases[i].seen[n].message);
            seen[n] = (struct occurrence){
                .when = { .time_us = cases[i].seen[n].time_us,
                          .zone_known = cases[i].seen[n].zone },
                .input = cases[i].seen[n].input,
                .pid = cases[i].seen[n].pid,
                .whole = &signals[n],
            };
            events[n] = (struct event){ .seen = &seen[n],
                                        .signal = &signals[n],
                                        .time_us = seen[n].when.time_us };
        }
        offsets_align(events, n);
        for (size_t k = 0; k < n; k++) {
            int64_t moved_us = events[k].time_us - seen[k].when.time_us;

            assert_int_equal(moved_us, seen[k].when.zone_known ? 0 : cases[i].moved_us);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_align),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}
