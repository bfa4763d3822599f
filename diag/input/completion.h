#ifndef NODECAUSE_INPUT_COMPLETION_H
#define NODECAUSE_INPUT_COMPLETION_H

#include "entry/batch.h"
#include "entry/streams.h"

/* What every entry gets, whether a reader or a source of records decoded it: the number of its input
 * and its streams. A source of records also leaves the layers that programs wrap their messages in;
 * of text the reader has decoded them, since they may give the time. */
struct completion {
    const struct streams *streams; /* borrowed; NULL: entries get none */
    uint32_t input;                /* its number, for origins */
    bool layers;                   /* decode them, too */
    struct batch inner;            /* set by completion_apply() */
};

/* The same batch, in which each entry is complete. Valid as long as `batch`, one at a time. */
struct batch completion_apply(struct completion *completion, const struct batch *batch);

#endif
