#ifndef NODECAUSE_ENTRY_TEXT_BLOCK_H
#define NODECAUSE_ENTRY_TEXT_BLOCK_H

#include "base/traits.h"
#include "entry/line_filter.h"

/* A block of a text, and what was seen in it when it was read, by whichever thread: where nothing was
 * found the bytes are not read again. */

enum {
    TEXT_BLOCK_BYTES = 128 * 1024,
    TEXT_STEP_BYTES = 1024,
    TEXT_BLOCK_STEPS = TEXT_BLOCK_BYTES / TEXT_STEP_BYTES
};

struct text_block {
    struct span bytes; /* TEXT_BLOCK_BYTES; only the last block has fewer */
    uint64_t offset;   /* of them in the input */
    struct traits traits;
    const uint16_t *newlines; /* in each step of TEXT_STEP_BYTES */

    /* The literals that a line filter found in its whole lines. Those at its ends were not searched. */
    struct span lines;
    const struct literal_hit *hits; /* whose ends count from the start of `lines` */
    size_t n_hits;
};

#endif
