/* The MESSAGEs of a batch of entries, concatenated. */

#include "source/journal_batch.h"

#include "base/limits.h"
#include "source/source.h"

#include <stdlib.h>

enum {
    HELD_RECORDS = LIMIT_BLOCK_RECORDS
};

static const int64_t SETTLE_US = BATCH_SETTLE_MS * 1000;

void journal_batch_done(struct journal_batch *batch)
{
    buf_done(&batch->text);
    vec_free(&batch->offsets);
    vec_free(&batch->places);
    vec_free(&batch->times_us);
}

void journal_batch_clear(struct journal_batch *batch)
{
    buf_clear(&batch->text);
    vec_clear(&batch->offsets);
    vec_clear(&batch->places);
    vec_clear(&batch->times_us);
}

void journal_batch_add(struct journal_batch *batch, position at, int64_t time_us,
                       struct span message)
{
    vec_push(&batch->offsets, batch->text.size);
    vec_push(&batch->places, at);
    vec_push(&batch->times_us, time_us);
    buf_add(&batch->text, message);
    buf_add_byte(&batch->text, '\n');
}

position journal_batch_locate(const struct journal_batch *batch, size_t offset)
{
    size_t low = 0, high = batch->offsets.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (batch->offsets.items[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return batch->places.items[low];
}

position journal_batch_hold_back(struct journal_batch *batch)
{
    size_t n_all = batch->offsets.n, n = n_all;
    int64_t latest_us = n ? batch->times_us.items[n - 1] : batch->latest_us;

    while (n > 0 && latest_us != batch->latest_us && n_all - n < HELD_RECORDS &&
           llabs(latest_us - batch->times_us.items[n - 1]) < SETTLE_US) {
        n--;
    }
    batch->latest_us = latest_us;
    batch->holding = n < n_all;
    if (!batch->holding) {
        return -1;
    }
    batch->text.size = batch->offsets.items[n];
    batch->offsets.n = batch->times_us.n = n;
    batch->places.n = n;
    return batch->places.items[n];
}
