#include "entry/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A log of lines of LINE_BYTES, one each `pause_us`; a position is the number of the line. */
enum {
    LINE_BYTES = 128
};

struct log {
    size_t n_lines;
    int64_t pause_us;
    size_t n_decoded;
};

static position locate(void *owner, size_t offset)
{
    (void)owner;
    return (position)(offset / LINE_BYTES);
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct log *log = owner;

    (void)arena;
    log->n_decoded++;
    *ret = entry_empty();
    ret->when.time_us = at * log->pause_us;
    ret->streams = 1;
    return 1;
}

static int step(void *owner, position at, int direction, position *ret)
{
    const struct log *log = owner;

    if (at + direction < 0 || at + direction >= (position)log->n_lines) {
        return 0;
    }
    *ret = at + direction;
    return 1;
}

static void sample(struct activity *activity, struct log *log)
{
    struct batch batch = {
        .bytes = { "", log->n_lines * LINE_BYTES }, /* nobody reads them */
        .n_records = log->n_lines,
        .owner = log,
        .locate = locate,
        .decode = decode,
        .step = step,
    };

    sample_batch(activity, &batch);
}

static void a_short_log_is_taken_whole(void **state)
{
    CLEANUP(activity_free_at) struct activity *activity = activity_new();
    struct log log = { .n_lines = 1000, .pause_us = USEC_PER_MINUTE };

    (void)state;
    sample(activity, &log);
    assert_int_equal(log.n_decoded, 1000);
    assert_int_equal(activity_source(activity, 0).n, 1000);
}

/* Of many MiB few lines are decoded, the last one among them. */
static void a_long_log_is_sampled(void **state)
{
    CLEANUP(activity_free_at) struct activity *activity = activity_new();
    struct log log = { .n_lines = 8192, .pause_us = USEC_PER_SEC };
    struct activity_source source;

    (void)state;
    for (int i = 0; i < 64; i++) {
        sample(activity, &log);
    }
    assert_in_range(log.n_decoded, 64 * 16, SAMPLE_ALL + 64 * (SAMPLE_MAX_OF_MIB + 16));
    source = activity_source(activity, 0);
    assert_int_equal(source.moments[source.n - 1].time_us, (int64_t)8191 * USEC_PER_SEC);
}

static void nothing_is_nothing(void **state)
{
    CLEANUP(activity_free_at) struct activity *activity = activity_new();
    struct log log = { 0 };

    (void)state;
    sample(activity, &log);
    assert_int_equal(activity_n_entries(activity), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_log_is_taken_whole),
        cmocka_unit_test(a_long_log_is_sampled),
        cmocka_unit_test(nothing_is_nothing),
    };

    return cmocka_run_group_tests_name("sample", tests, NULL, NULL);
}
