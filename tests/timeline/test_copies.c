/* The same entry in two inputs. */

#include "timeline/copies.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct signal no_signal;

struct entry_row {
    uint32_t input;
    int64_t time_us, pid;
    uint32_t message;
};

#define S(seconds) ((int64_t)((seconds)*1e6))

static const struct row {
    const char *name;
    struct entry_row entries[6];
    size_t n, expected;
} rows[] = {
    { "in one input, lines may repeat", { { 1, S(5), 7, 1 }, { 1, S(5), 7, 1 } }, 2, 2 },
    { "in two inputs", { { 1, S(5.5), 7, 1 }, { 2, S(5.5), 7, 1 } }, 2, 1 },
    { "in three inputs", { { 1, S(5), 7, 1 }, { 2, S(5), 7, 1 }, { 3, S(5), 7, 1 } }, 3, 1 },
    { "whole seconds in one of them", { { 1, S(5.7), 7, 1 }, { 2, S(5), 7, 1 } }, 2, 1 },
    { "another second", { { 1, S(5.7), 7, 1 }, { 2, S(6), 7, 1 } }, 2, 2 },
    { "it arrived a moment later", { { 1, S(5.360), 7, 1 }, { 2, S(5.361), 7, 1 } }, 2, 1 },
    { "without a pid, exact times are equal",
      { { 1, S(5.360), -1, 1 }, { 2, S(5.361), 7, 1 } },
      2,
      2 },
    { "another process", { { 1, S(5), 7, 1 }, { 2, S(5), 8, 1 } }, 2, 2 },
    { "another message", { { 1, S(5), 7, 1 }, { 2, S(5), 7, 2 } }, 2, 2 },
    { "three of them in one, two in the other",
      { { 1, S(5), 7, 1 },
        { 1, S(5), 7, 1 },
        { 2, S(5), 7, 1 },
        { 2, S(5), 7, 1 },
        { 2, S(5), 7, 1 } },
      5,
      3 },
    { "without a time", { { 1, TIME_UNKNOWN, 7, 1 }, { 2, TIME_UNKNOWN, 7, 1 } }, 2, 2 },
};

/* Of Kubernetes events, some have a time, others a range (seconds from, and its length). */
static const struct ranged_row {
    const char *name;
    struct {
        uint32_t input;
        int64_t time_s, from_s, spread_s; /* a range: time_s is 0 */
        uint32_t message;
    } entries[4];
    size_t n, expected;
} ranged[] = {
    { "a time in the range of another", { { 1, 5, 0, 0, 1 }, { 2, 0, 4, 2, 1 } }, 2, 1 },
    { "a time beside the range", { { 1, 7, 0, 0, 1 }, { 2, 0, 4, 2, 1 } }, 2, 2 },
    { "ranges that meet", { { 1, 0, 1, 9, 1 }, { 2, 0, 4, 2, 1 } }, 2, 1 },
    { "ranges that do not meet", { { 1, 0, 1, 2, 1 }, { 2, 0, 4, 2, 1 } }, 2, 2 },
    { "ranges of one input", { { 1, 0, 4, 2, 1 }, { 1, 0, 4, 2, 1 }, { 2, 9, 0, 0, 1 } }, 3, 3 },
    { "two times, and their ranges",
      { { 1, 4, 0, 0, 1 }, { 1, 5, 0, 0, 1 }, { 2, 0, 3, 3, 1 }, { 2, 0, 3, 3, 1 } },
      4,
      2 },
    { "another message", { { 1, 5, 0, 0, 2 }, { 2, 0, 4, 2, 1 } }, 2, 2 },
};

static void test_ranges(void **state)
{
    (void)state;
    for (size_t k = 0; k < N_ELEMENTS(ranged); k++) {
        const struct ranged_row *row = &ranged[k];
        struct occurrence seen[4] = { 0 };
        struct event events[4] = { 0 };
        uint64_t copies[1] = { 0 };

        for (size_t i = 0; i < row->n; i++) {
            int64_t time_us = S(row->entries[i].time_s);

            seen[i] = (struct occurrence){ .input = row->entries[i].input,
                                           .sequence = i,
                                           .pid = -1,
                                           .message_hash = row->entries[i].message };
            events[i] = (struct event){ .seen = &seen[i],
                                        .place = &seen[i],
                                        .signal = &no_signal,
                                        .time_us = time_us ? time_us : TIME_UNKNOWN,
                                        .monotonic_us = TIME_UNKNOWN,
                                        .earliest_us = S(row->entries[i].from_s),
                                        .spread_us = S(row->entries[i].spread_s),
                                        .unit = NO_UNIT,
                                        .run = NO_RUN };
        }
        if (copies_remove(events, row->n, copies) != row->expected ||
            copies[0] != row->n - row->expected) {
            fail_msg("%s", row->name);
        }
    }
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct occurrence seen[N_ELEMENTS(row->entries)] = { 0 };
    struct event events[N_ELEMENTS(row->entries)] = { 0 };
    uint64_t copies[1] = { 0 };

    for (size_t i = 0; i < row->n; i++) {
        const struct entry_row *entry = &row->entries[i];

        seen[i] = (struct occurrence){
            .input = entry->input, .sequence = i, .pid = entry->pid, .message_hash = entry->message
        };
        events[i] = (struct event){ .seen = &seen[i],
                                    .place = &seen[i],
                                    .signal = &no_signal,
                                    .time_us = entry->time_us,
                                    .monotonic_us = TIME_UNKNOWN,
                                    .unit = NO_UNIT,
                                    .run = NO_RUN };
    }
    assert_int_equal(copies_remove(events, row->n, copies), row->expected);
    assert_int_equal(copies[0], row->n - row->expected);
}

/* Of two copies, the one that is known better stays. */
static void test_better(void **state)
{
    struct occurrence seen[] = { { .input = 1, .pid = -1 }, { .input = 2, .pid = 7 } };
    struct event events[] = {
        { .seen = &seen[0],
          .place = &seen[0],
          .signal = &no_signal,
          .time_us = S(5),
          .unit = NO_UNIT },
        { .seen = &seen[1],
          .place = &seen[1],
          .signal = &no_signal,
          .time_us = S(5),
          .unit = NO_UNIT },
    };
    uint64_t copies[1] = { 0 };

    (void)state;
    assert_int_equal(copies_remove(events, N_ELEMENTS(events), copies), 1);
    assert_int_equal(events[0].seen->pid, 7);
}

/* The order is that of the longer input, whichever copy stays. */
static void test_place(void **state)
{
    struct occurrence seen[] = { { .input = 1, .pid = 7, .message_hash = 1 },
                                 { .input = 2, .pid = -1, .message_hash = 1 },
                                 { .input = 2, .pid = -1, .message_hash = 2 } };
    struct event events[N_ELEMENTS(seen)];
    uint64_t copies[1] = { 0 };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(seen); i++) {
        events[i] = (struct event){ .seen = &seen[i],
                                    .place = &seen[i],
                                    .signal = &no_signal,
                                    .time_us = S(5),
                                    .unit = NO_UNIT };
    }
    assert_int_equal(copies_remove(events, N_ELEMENTS(events), copies), 2);
    assert_ptr_equal(events[0].seen, &seen[0]);
    assert_ptr_equal(events[0].place, &seen[1]);
}

int main(void)
{
    struct CMUnitTest tests[N_ELEMENTS(rows) + 3] = { cmocka_unit_test(test_better),
                                                      cmocka_unit_test(test_place),
                                                      cmocka_unit_test(test_ranges) };

    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        tests[i + 3] =
            (struct CMUnitTest){ rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
    }
    return _cmocka_run_group_tests("copies", tests, N_ELEMENTS(tests), NULL, NULL);
}
