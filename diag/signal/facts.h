#ifndef NODECAUSE_SIGNAL_FACTS_H
#define NODECAUSE_SIGNAL_FACTS_H

#include "signal/fact.h"

/* Lists of facts. */

/* The fact of that name, borrowed from the list; NULL when there is no such fact. `facts` may be NULL
 * when `n` is 0. */
const struct fact *facts_find(const struct fact *facts, size_t n, struct span name);

/* A deep copy: names and texts are in `arena`, too. */
struct fact *facts_copy(struct arena *arena, const struct fact *facts, size_t n);

#endif
