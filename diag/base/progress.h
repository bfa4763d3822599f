#ifndef NODECAUSE_BASE_PROGRESS_H
#define NODECAUSE_BASE_PROGRESS_H

#include "base/span.h"

#include <stdint.h>

/* How far the reading has come. `show` is called often, for each member and batch: it decides what
 * to print. */
struct progress {
    void (*show)(void *data, const struct progress *progress);
    void *data; /* passed to it */

    struct span now;         /* name of what is read; valid during the call */
    uint64_t files, n_files; /* files so far, and all of them; 0: not known yet */
    uint64_t bytes;          /* so far */
};

/* NULL: nothing happens. */
static inline void progress_show(struct progress *progress, struct span now, uint64_t files,
                                 uint64_t n_files, uint64_t bytes)
{
    if (progress) {
        progress->now = now;
        progress->files = files;
        progress->n_files = n_files;
        progress->bytes = bytes;
        progress->show(progress->data, progress);
    }
}

#endif
