#ifndef NODECAUSE_INPUT_BUNDLE_HINTS_H
#define NODECAUSE_INPUT_BUNDLE_HINTS_H

#include "bundle/bundle.h"
#include "input/input.h"

/* What a bundle says of its files before they are read: whose they are, what they are, and what their times mean. What
 * it says of its own time is read once for each part. */
struct bundle_hints;

/* The bundle must outlive it. */
struct bundle_hints *bundle_hints_new(const struct bundle *bundle);
void bundle_hints_free(struct bundle_hints *hints); /* NULL is fine */
DEFINE_CLEANUP(struct bundle_hints, bundle_hints_free)

/* Of the i-th file, which is `file`. The texts live in the bundle. */
struct input_hints bundle_hints_of(struct bundle_hints *hints, size_t i,
                                   const struct bundle_file *file);

#endif
