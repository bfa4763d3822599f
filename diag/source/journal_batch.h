#ifndef NODECAUSE_SOURCE_JOURNAL_BATCH_H
#define NODECAUSE_SOURCE_JOURNAL_BATCH_H

#include "base/buf.h"
#include "base/vec.h"
#include "entry/batch.h"

/* The MESSAGEs of a batch of entries, laid end to end, each with a newline. Zeros at the start. */
struct journal_batch {
    struct buf text;
    VEC(size_t) offsets;   /* of the records in the text */
    VEC(position) places;  /* and in the journal */
    VEC(int64_t) times_us; /* when they were written, where the journal is followed */

    int64_t latest_us; /* of the last entry that there was when we last looked */
    bool holding;      /* entries at the end were held back */
};

void journal_batch_done(struct journal_batch *batch);

/* Drops all records. */
void journal_batch_clear(struct journal_batch *batch);

/* `time_us` TIME_UNKNOWN: it is not followed. */
void journal_batch_add(struct journal_batch *batch, position at, int64_t time_us,
                       struct span message);

/* The position of the record that holds the byte at `offset`. */
position journal_batch_locate(const struct journal_batch *batch, size_t offset);

/* What a program says in several entries (a table of the kernel, a value of several lines) is
 * written within milliseconds. So when there is no more to read now, entries of the last
 * SETTLE_MS are held back for what may belong to them, until nothing new was found: takes them from
 * the batch again. Gives the position of the first of them; -1: none. */
position journal_batch_hold_back(struct journal_batch *batch);

#endif
