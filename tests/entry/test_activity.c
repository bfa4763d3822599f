#include "entry/activity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct entry entry_at(int64_t time_us, uint64_t streams)
{
    struct entry entry = entry_empty();

    entry.when.time_us = time_us;
    entry.host = SPAN("node1");
    entry.streams = streams;
    return entry;
}

static void add(struct activity *activity, int64_t time_us, uint64_t streams)
{
    struct entry entry = entry_at(time_us, streams);

    activity_add(activity, &entry);
}

static void sources_are_kept_apart(void **state)
{
    CLEANUP(activity_free_at) struct activity *activity = activity_new();
    struct entry other = entry_at(3, 1);

    (void)state;
    add(activity, 1, 1);
    add(activity, 2, 2);
    add(activity, 9 * USEC_PER_SEC, 1);
    other.origin.input = 1;
    activity_add(activity, &other);
    add(activity, TIME_UNKNOWN, 4);
    assert_int_equal(activity_n_entries(activity), 5);
    assert_int_equal(activity_n_sources(activity), 3);
    assert_int_equal(activity_source(activity, 0).n, 2);
    assert_int_equal(activity_source(activity, 0).moments[1].time_us, 9 * USEC_PER_SEC);
    assert_int_equal(activity_source(activity, 1).streams, 2);
    assert_int_equal(activity_source(activity, 2).input, 1);
}

/* However many moments there are, few are kept, and no gap arises that was not there. */
static void many_moments_are_thinned(void **state)
{
    CLEANUP(activity_free_at) struct activity *activity = activity_new();
    const int64_t n = 100000, pause_us = 100 * 1000;
    struct activity_source source;

    (void)state;
    for (int64_t i = 0; i < n; i++) {
        add(activity, i * pause_us, 1);
    }
    source = activity_source(activity, 0);
    assert_in_range(source.n, 500, 2048);
    assert_int_equal(source.moments[0].time_us, 0);
    assert_int_equal(source.moments[source.n - 1].time_us, (n - 1) * pause_us);
    for (size_t i = 1; i < source.n; i++) {
        assert_in_range(source.moments[i].time_us - source.moments[i - 1].time_us, 1,
                        n * pause_us / 400);
    }
}

static void a_gap_stays_a_gap(void **state)
{
    CLEANUP(activity_free_at) struct activity *activity = activity_new();
    struct activity_source source;
    bool found = false;

    (void)state;
    for (int64_t i = 0; i < 20000; i++) {
        add(activity, i * USEC_PER_SEC + (i < 10000 ? 0 : USEC_PER_DAY), 1);
    }
    source = activity_source(activity, 0);
    for (size_t i = 1; i < source.n; i++) {
        found |= source.moments[i].time_us - source.moments[i - 1].time_us >= USEC_PER_DAY;
    }
    assert_true(found);
}

static void the_older_half_is_forgotten(void **state)
{
    CLEANUP(activity_free_at) struct activity *activity = activity_new();

    (void)state;
    for (int64_t i = 0; i < 10; i++) {
        add(activity, i * USEC_PER_MINUTE, 1);
    }
    activity_forget_older(activity);
    assert_int_equal(activity_source(activity, 0).n, 5);
    assert_int_equal(activity_source(activity, 0).moments[0].time_us, 5 * USEC_PER_MINUTE);
}

/* A hostile input names many hosts. */
static void sources_are_bounded(void **state)
{
    CLEANUP(activity_free_at) struct activity *activity = activity_new();

    (void)state;
    for (uint32_t i = 0; i < 5000; i++) {
        struct entry entry = entry_at(i, 1);

        entry.origin.input = i;
        activity_add(activity, &entry);
    }
    assert_int_equal(activity_n_sources(activity), 512);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_are_kept_apart), cmocka_unit_test(many_moments_are_thinned),
        cmocka_unit_test(a_gap_stays_a_gap),      cmocka_unit_test(the_older_half_is_forgotten),
        cmocka_unit_test(sources_are_bounded),
    };

    return cmocka_run_group_tests_name("activity", tests, NULL, NULL);
}
