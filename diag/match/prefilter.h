#ifndef NODECAUSE_MATCH_PREFILTER_H
#define NODECAUSE_MATCH_PREFILTER_H

#include "base/cleanup.h"
#include "base/span.h"
#include "entry/line_filter.h"

/* Finds all literals of all rules in one pass over a batch. */
struct prefilter;

struct prefilter_literal {
    struct span text; /* at least one byte; may hold any byte but newline; borrowed */
    bool caseless;    /* of ASCII letters */
    uint32_t id;      /* given back with each hit; several literals may share one */
};

/* The literals' texts must outlive the prefilter. */
struct prefilter *prefilter_new(const struct prefilter_literal *literals, size_t n);

/* Another one with the same literals, for another thread: what both use is only read. It must be
 * freed before `prefilter`. */
struct prefilter *prefilter_share(const struct prefilter *prefilter);
void prefilter_free(struct prefilter *prefilter); /* NULL is fine */
DEFINE_CLEANUP(struct prefilter, prefilter_free)

/* The hits in `bytes`, ordered by `end`, then by `id`; *ret_n of them. Of each literal the first in
 * a line is given, or between BATCH_RECORD_MARKs in it; others are left out, so that a line full of literals costs no memory. Valid
 * until the next call. */
const struct literal_hit *prefilter_scan(struct prefilter *prefilter, struct span bytes,
                                         size_t *ret_n);

#endif
