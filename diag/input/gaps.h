#ifndef NODECAUSE_INPUT_GAPS_H
#define NODECAUSE_INPUT_GAPS_H

#include "base/vec.h"
#include "bundle/bundle.h"
#include "entry/notes.h"

/* What support bundles do not hold by their kind, and what their collectors cut: that something is missing there does not
 * mean that it was not. All borrowed from the bundles and their layouts. */
struct bundle_gap {
    const struct layout *layout;
    const char *keeps; /* what is kept of the files; NULL: what the kind never holds */
    const char *file;  /* name of the first of them */
    size_t n_files;
};

struct bundle_gaps {
    VEC(struct bundle_gap) items;
};

/* Adds those of a file that is read. */
void gaps_add(struct bundle_gaps *gaps, const struct bundle_file *file);

/* Notes them: one note for all files that are cut in the same way, and one for each kind of bundle. */
void gaps_note(const struct bundle_gaps *gaps, struct notes *notes);

void gaps_done(struct bundle_gaps *gaps);

#endif
