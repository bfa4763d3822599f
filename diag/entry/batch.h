#ifndef NODECAUSE_ENTRY_BATCH_H
#define NODECAUSE_ENTRY_BATCH_H

#include "entry/entry.h"
#include "entry/text_block.h"

/* Concatenated records, which are scanned as bytes first and decoded only where something matches.
 *
 * Both the sources of records (the journal) and the reader of text return batches; matching does
 * not depend on either. A position identifies one record relative to the batch; it is meaningful
 * only to the owner and valid until the next batch is requested. Positions can be before the first
 * or after the last record of the batch (neighbours), as far as the owner can still reach them. */
typedef int64_t position;

/* Where a record begins in the line of another one, its first byte in `bytes`: a list of JSON objects in one line. */
#define BATCH_RECORD_MARK '\x1e'

/* Records of an input that grows are handed out once what may belong to them had this time to come:
 * several lines of one message are written within milliseconds. */
enum {
    BATCH_SETTLE_MS = 200
};

struct batch {
    struct span bytes; /* the text to scan: whole records that were not in an earlier batch */
    uint64_t
        n_records; /* number of records in it; for text, lines. Records that cannot say anything
                         * may be counted without being in the bytes: then `nth` finds them */
    const struct text_block
        *blocks; /* in which its bytes are, in order; n_blocks 0: not searched yet */
    size_t n_blocks;
    uint64_t blocks_at; /* where `bytes` begins, as an offset in the input of the blocks */
    bool has_no_marks;  /* the owner has looked: no line but the first begins with `=` */
    bool newest_first;  /* the owner detected that the input is newest first (entry/direction.h) */
    void *owner;

    /* The record that contains the byte at `offset` of `bytes`. For text this is the first line of
     * the record if the byte is in a continuation line. Cannot fail. */
    position (*locate)(void *owner, size_t offset);

    /* The position of a record by its number from 0 to n_records - 1. NULL: only `locate` finds them,
     * and all of them are in the bytes. */
    position (*nth)(void *owner, uint64_t i);

    /* Decodes the record, joined with the records or lines that continue it. 1: *ret is filled, its
     * spans are valid until the next batch or until `arena` is cleared. 0: not an entry (empty
     * line, header, fragment). Negative errno: the source failed. */
    int (*decode)(void *owner, position at, struct arena *arena, struct entry *ret);

    /* The next (direction 1) or previous (-1) record in the order of the input. 1: *ret is set, 0:
     * there is none within reach, negative errno: the source failed. */
    int (*step)(void *owner, position at, int direction, position *ret);
};

/* The functions of the owner. */
static inline position batch_locate(const struct batch *batch, size_t offset)
{
    return batch->locate(batch->owner, offset);
}

/* Has it no record? */
static inline bool batch_is_empty(const struct batch *batch)
{
    return batch->nth ? batch->n_records == 0 : batch->bytes.size == 0;
}

/* The record at about `part` of `whole` of a batch that is not empty: 0 gives its first. */
static inline position batch_at_part(const struct batch *batch, uint64_t part, uint64_t whole)
{
    return batch->nth ? batch->nth(batch->owner, batch->n_records * part / whole)
                      : batch_locate(batch, batch->bytes.size / whole * part);
}

/* Its last record, if it is not empty. */
static inline position batch_last(const struct batch *batch)
{
    return batch->nth ? batch->nth(batch->owner, batch->n_records - 1)
                      : batch_locate(batch, batch->bytes.size - 1);
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
