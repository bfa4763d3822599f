#ifndef NODECAUSE_ENTRY_LINE_FILTER_H
#define NODECAUSE_ENTRY_LINE_FILTER_H

#include "base/span.h"

/* Which lines may say something: a source that stores equal lines once need not hand out the
 * rest. */
struct line_filter {
    /* Searches whole lines, and calls `found` with the offset of a byte of each line that may say
     * something, in order; more than once for some lines. */
    void (*search)(void *data, struct span lines, void (*found)(void *owner, size_t offset),
                   void *owner);
    void *data; /* the first argument; outlives its callers */
};

#endif
