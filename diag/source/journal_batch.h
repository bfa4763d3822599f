#ifndef NODECAUSE_SOURCE_JOURNAL_BATCH_H
#define NODECAUSE_SOURCE_JOURNAL_BATCH_H

#include "base/buf.h"
#include "base/vec.h"
#include "entry/batch.h"

/* The MESSAGEs of a batch of entries, concatenated, each with a newline. All zero at the start. */
struct journal_batch {
    struct buf text;
    VEC(size_t) offsets;   /* of the records in the text */
    VEC(position) places;  /* and in the journal */
    VEC(int64_t) times_us; /* times of the entries, if the journal is followed */

    int64_t latest_us; /* of the last entry at the last check */
    bool holding;      /* entries at the end were held back */
};

void journal_batch_done(struct journal_batch *batch);

/* Drops all records. */
void journal_batch_clear(struct journal_batch *batch);

/* `time_us` is TIME_UNKNOWN if the journal is not followed. */
void journal_batch_add(struct journal_batch *batch, position at, int64_t time_us,
                       struct span message);

/* The position of the record that contains the byte at `offset`. */
position journal_batch_locate(const struct journal_batch *batch, size_t offset);

/* Messages that a program splits over several entries (a table of the kernel, a value of several
 * lines) are written within milliseconds. So if no more data is available now, entries of the last
 * BATCH_SETTLE_MS are held back for related ones, until nothing new was found: removes them from
 * the batch. Returns the position of the first of them; -1: none. */
position journal_batch_hold_back(struct journal_batch *batch);

#endif
