#ifndef NODECAUSE_INPUT_PARTS_H
#define NODECAUSE_INPUT_PARTS_H

#include "bundle/bundle.h"
#include "finding/report.h"

/* What a report says of each part of a bundle, bundle_n_parts() of them, in the arena, with texts of the bundle. `name`
 * is borrowed. */
struct report_bundle *parts_describe(const struct bundle *bundle, const char *name,
                                     struct arena *arena);

/* Copies one with its texts to the arena. */
struct report_bundle parts_copy(const struct report_bundle *part, struct arena *arena);

#endif
