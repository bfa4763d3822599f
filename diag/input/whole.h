#ifndef NODECAUSE_INPUT_WHOLE_H
#define NODECAUSE_INPUT_WHOLE_H

#include "entry/batch.h"
#include "entry/streams.h"

/* The entries of a source of records, made whole as the reader does it for text: the layers that
 * programs wrap their messages in are taken off, and the streams are added. */
struct whole {
    const struct streams *streams; /* borrowed; NULL: entries get none */
    uint32_t input;                /* its number, for origins */
    struct batch inner;            /* set by whole_apply() */
};

/* The same batch, in which each entry is whole. Valid as long as `batch`, one at a time. */
struct batch whole_apply(struct whole *whole, const struct batch *batch);

#endif
