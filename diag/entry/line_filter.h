#ifndef NODECAUSE_ENTRY_LINE_FILTER_H
#define NODECAUSE_ENTRY_LINE_FILTER_H

#include "base/span.h"

/* Where a literal ends that the caller looks for. */
struct literal_hit {
    size_t end;  /* offset after its last byte */
    uint32_t id; /* a number that the caller knows */
};

/* Which lines may say something: a source that stores equal lines once need not hand out the
 * rest. */
struct line_filter {
    /* Searches whole lines, and calls `found` with the offset of a byte of each line that may say
     * something, in order; more than once for some lines. */
    void (*search)(void *data, struct span lines, void (*found)(void *owner, size_t offset),
                   void *owner);

    /* To search in several threads: a scan is used by one at a time. `scan` gives the hits in whole lines,
     * ordered by `end`, then by `id`, valid until its next call. */
    void *(*scan_new)(void *data);
    const struct literal_hit *(*scan)(void *scan, struct span lines, size_t *ret_n);
    void (*scan_free)(void *scan);

    void *data; /* the first argument; outlives its callers */
};

#endif
