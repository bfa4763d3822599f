#ifndef NODECAUSE_BASE_NEAR_H
#define NODECAUSE_BASE_NEAR_H

#include "base/span.h"

/* Names that were probably mistyped. */

/* How many letters must be added, removed, changed or swapped with their neighbour to turn `a` into
 * `b`; SIZE_MAX when one of them is longer than 64 bytes. */
size_t near_distance(struct span a, struct span b);

/* The nearer of `best` and `candidate` to `name`, for "did you mean"; `best` when the candidate is
 * too far away to be a typing mistake. `best` may be empty. */
struct span near_better(struct span name, struct span best, struct span candidate);

#endif
