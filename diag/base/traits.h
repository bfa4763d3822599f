#ifndef NODECAUSE_BASE_TRAITS_H
#define NODECAUSE_BASE_TRAITS_H

#include "base/span.h"

/* What one pass over the bytes of a text shows. */
struct traits {
    uint64_t n_newlines;
    bool has_nul;   /* a NUL byte */
    bool has_high;  /* a byte that is not ASCII */
    bool has_marks; /* a line, not the first, that begins with `=` */
};

struct traits traits_of(struct span text);

/* The same, as on a processor without AVX2: for the tests. */
struct traits traits_of_plain(struct span text);

#endif
