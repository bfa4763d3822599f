#ifndef NODECAUSE_ENTRY_SAMPLE_H
#define NODECAUSE_ENTRY_SAMPLE_H

#include "entry/activity.h"
#include "entry/batch.h"

/* Which entries are taken to learn who logged when. All of a short input; most of a long one are
 * never decoded: one for each minute is, but of each MiB not fewer and not more than the limits
 * say. */
enum {
    SAMPLE_ALL = 2048,  /* a run that has no more takes them all */
    SAMPLE_AT_ENDS = 4, /* so are these at each end of a batch */
    SAMPLE_MIN_OF_MIB = 16,
    SAMPLE_MAX_OF_MIB = 128,
};

/* Adds what was logged in the batch. */
void sample_batch(struct activity *activity, const struct batch *batch);

#endif
