/* Which records of a batch are decoded to learn who logged when. */

#include "entry/sample.h"

#include <stdlib.h>

static const size_t MIB = 1024 * 1024;

enum {
    RECORD_BYTES = 256 /* a typical one */
};

struct sampler {
    struct activity *activity;
    const struct batch *batch;
    struct arena *arena;
    int64_t first_us; /* of what was taken; TIME_UNKNOWN: nothing with a time */
};

static void take(struct sampler *sampler, position at)
{
    struct entry entry;

    if (batch_decode(sampler->batch, at, sampler->arena, &entry) > 0) {
        activity_add(sampler->activity, &entry);
        if (sampler->first_us == TIME_UNKNOWN) {
            sampler->first_us = entry.when.time_us;
        }
    }
    arena_clear(sampler->arena);
}

/* From `at` to `end`, both included, at most `n` records. */
static void take_range(struct sampler *sampler, position at, position end, uint64_t n)
{
    while (n-- > 0) {
        take(sampler, at);
        if (at == end || batch_step(sampler->batch, at, 1, &at) <= 0) {
            return;
        }
    }
}

/* The first of the last `n` records. */
static position step_back(const struct batch *batch, position last, uint64_t n)
{
    while (--n > 0 && batch_step(batch, last, -1, &last) > 0) {
        ;
    }
    return last;
}

/* The time of the batch's last record, without taking it yet: moments are added in order. */
static int64_t time_at(const struct sampler *sampler, position at)
{
    struct entry entry;
    int64_t time_us = TIME_UNKNOWN;

    if (batch_decode(sampler->batch, at, sampler->arena, &entry) > 0) {
        time_us = entry.when.time_us;
    }
    arena_clear(sampler->arena);
    return time_us;
}

/* The bytes of a batch may be those of a few records only. */
static size_t size_of(const struct batch *batch)
{
    return batch->nth ? (size_t)batch->n_records * RECORD_BYTES : batch->bytes.size;
}

/* One for each minute, within the limits; more as long as few were taken. */
static size_t n_spread(const struct sampler *sampler, position last)
{
    size_t size = size_of(sampler->batch);
    size_t least = size * SAMPLE_MIN_OF_MIB / MIB, most = size * SAMPLE_MAX_OF_MIB / MIB;
    uint64_t taken = activity_n_entries(sampler->activity);
    int64_t last_us = time_at(sampler, last);
    uint64_t minutes;

    if (taken < SAMPLE_ALL) {
        return SAMPLE_ALL - (size_t)taken;
    }
    if (last_us == TIME_UNKNOWN || sampler->first_us == TIME_UNKNOWN) {
        return least;
    }
    minutes = (uint64_t)llabs(last_us - sampler->first_us) / USEC_PER_MINUTE;
    return minutes < least ? least : minutes > most ? most : (size_t)minutes;
}

/* A record from the beginning of each of `n` equal parts but the first, between the two positions. */
static void take_spread(struct sampler *sampler, position first, position last, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        position at = batch_at_part(sampler->batch, i, n);

        if (at > first && at < last) {
            take(sampler, at);
        }
    }
}

static void take_sample(struct sampler *sampler, position first, position last)
{
    position last_ones = step_back(sampler->batch, last, SAMPLE_AT_ENDS);

    take_range(sampler, first, last, SAMPLE_AT_ENDS);
    take_spread(sampler, first, last_ones, n_spread(sampler, last));
    take_range(sampler, last_ones, last, SAMPLE_AT_ENDS);
}

void sample_batch(struct activity *activity, const struct batch *batch)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct sampler sampler = { activity, batch, arena, TIME_UNKNOWN };
    uint64_t n = batch->n_records;
    position first, last;

    if (batch_is_empty(batch)) {
        return;
    }
    first = batch_at_part(batch, 0, 1);
    last = batch_last(batch);
    if (n <= 2 * SAMPLE_AT_ENDS || activity_n_entries(activity) + n <= SAMPLE_ALL) {
        take_range(&sampler, first, last, n);
    } else {
        take_sample(&sampler, first, last);
    }
}
