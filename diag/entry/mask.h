#ifndef NODECAUSE_ENTRY_MASK_H
#define NODECAUSE_ENTRY_MASK_H

#include "base/buf.h"
#include "base/span.h"

/* What stays and what varies in a message, told by the looks of its words alone, so that lines of
 * the same kind can be counted, and a pattern for them be written. */

enum mask_kind {
    MASK_SAME,     /* stays */
    MASK_NUMBER,   /* 23143, 0.5 */
    MASK_DURATION, /* 1m30s, 250ms */
    MASK_HEX,      /* 0xc42000e001, a container's id, a uuid */
    MASK_NAME,     /* a word with numbers in it: worker-12, v1.12.3, 10.0.0.1:6443 */
    MASK_PATH,     /* /var/lib/kubelet/config.yaml */
    MASK_QUOTED,   /* what stands between quotes; they stay */
};

struct mask_piece {
    enum mask_kind kind;
    struct span text;
};

enum {
    MASK_PIECES_MAX = 64
};

/* Cuts the first line of the message into pieces, at most MASK_PIECES_MAX and 512 bytes of it.
 * Returns their number. The pieces borrow from the message. */
size_t mask_split(struct span message, struct mask_piece *ret);

/* The message with what varies replaced: `node <name> not found after <duration>`. */
void mask_add(struct buf *buf, struct span message);

#endif
