#ifndef NODECAUSE_UNEXPLAINED_READ_BACK_H
#define NODECAUSE_UNEXPLAINED_READ_BACK_H

#include "entry/batch.h"
#include "finding/report.h"

/* One death of a unit, in the batch at hand. */
struct death {
    struct span host;
    uint64_t streams; /* of the unit */
    struct moment when;
    struct span invocation; /* empty: unknown */
    int64_t pid;            /* -1: unknown */
    bool own;               /* the process itself reports it */
    position at;
};

enum {
    LAST_WORDS_MAX = 8
};

/* Reads the batch from the death back and chooses the lines of that process that say most: errors
 * and what was logged after them, each template once; of a Go crash its first frames; where nothing
 * sounds severe, the very last lines. Oldest first, in `arena`. Returns their number, at most
 * LAST_WORDS_MAX. */
size_t read_back(const struct death *death, const struct batch *batch, struct arena *arena,
                 struct last_word *ret);

#endif
