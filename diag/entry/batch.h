#ifndef NODECAUSE_ENTRY_BATCH_H
#define NODECAUSE_ENTRY_BATCH_H

#include "entry/entry.h"

/* Records laid end to end, to be scanned as bytes first and decoded only where something hits.
 *
 * The sources of records (the journal) and the reader of text both hand out batches; matching knows
 * nothing of either. A position names one record: where it stands relative to the batch, meaningful
 * only to the owner, valid until the next batch is asked for. Positions may be before the first or
 * behind the last record of the batch (neighbours), as far as the owner can still reach. */
typedef int64_t position;

struct batch {
    struct span bytes;  /* what to scan: whole records that were not in an earlier batch */
    uint64_t n_records; /* records in it; for text, lines */
    bool newest_first;  /* the owner saw that the input stands so (entry/direction.h) */
    void *owner;

    /* The record that holds the byte at `offset` of `bytes`. For text this is the first line of the
     * record when the byte is in a continuation line. Cannot fail. */
    position (*locate)(void *owner, size_t offset);

    /* Decodes the record, joined with the records or lines that continue it. 1: *ret is filled, its
     * spans live until the next batch or until `arena` is cleared. 0: this is no entry (blank line,
     * header, debris). Negative errno: the source failed. */
    int (*decode)(void *owner, position at, struct arena *arena, struct entry *ret);

    /* The next (direction 1) or previous (-1) record in the order of the input. 1: *ret is set,
     * 0: there is none that can still be reached, negative errno: the source failed. */
    int (*step)(void *owner, position at, int direction, position *ret);
};

/* The three questions, put to the owner. */
static inline position batch_locate(const struct batch *batch, size_t offset)
{
    return batch->locate(batch->owner, offset);
}

static inline int batch_decode(const struct batch *batch, position at, struct arena *arena,
                               struct entry *ret)
{
    return batch->decode(batch->owner, at, arena, ret);
}

static inline int batch_step(const struct batch *batch, position at, int direction, position *ret)
{
    return batch->step(batch->owner, at, direction, ret);
}

#endif
