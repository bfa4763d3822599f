#ifndef NODECAUSE_MATCH_NEIGHBOURS_H
#define NODECAUSE_MATCH_NEIGHBOURS_H

#include "entry/batch.h"

/* The decoded records of one batch, each decoded once, with the way from one to the next. A storm
 * of signals that all read the same lines around them costs no more than those lines. */
struct neighbours;

struct neighbour {
    position at;
    bool is_entry; /* false: debris, `entry` is empty */
    struct entry entry;
    struct neighbour *side[2]; /* before and after it in the input, when `reached` */
    bool reached[2];
    uint64_t generation;    /* serial number; what is older is forgotten first */
    uint64_t number;        /* for the matcher: serial number as a candidate; 0: not one yet */
    const void *missed_for; /* whose patterns `missed` is about */
    uint64_t missed;        /* bit i: the i-th of those patterns does not match */
};

struct neighbours *neighbours_new(void);
void neighbours_free(struct neighbours *neighbours); /* NULL is fine */
DEFINE_CLEANUP(struct neighbours, neighbours_free)

/* Forgets all and continues with this batch, which is borrowed. */
void neighbours_begin(struct neighbours *neighbours, const struct batch *batch);

/* Forgets what was decoded long ago when much was. Call it where no neighbour is in use. */
void neighbours_trim(struct neighbours *neighbours);

/* The record at the position. Valid until the next begin or trim. Negative errno when the batch's
 * owner failed. */
int neighbours_get(struct neighbours *neighbours, position at, struct neighbour **ret) MUST_CHECK;

/* The record before (-1) or after (1) in the input: 1; 0 when none can be reached; negative
 * errno. */
int neighbours_step(struct neighbours *neighbours, struct neighbour *from, int direction,
                    struct neighbour **ret) MUST_CHECK;

/* The batch that it began with. */
const struct batch *neighbours_batch(const struct neighbours *neighbours);

/* The same batch for others: records that are decoded already are given from here, others are decoded
 * by the batch's owner and not kept. Valid until the next begin or trim. */
struct batch neighbours_share(struct neighbours *neighbours);

/* Records decoded, over all batches, without those of neighbours_share(). */
uint64_t neighbours_n_decoded(const struct neighbours *neighbours);

#endif
