#ifndef NODECAUSE_VERDICT_RUN_ENDS_H
#define NODECAUSE_VERDICT_RUN_ENDS_H

#include "verdict/judging.h"

/* Fills `it->ends`: which runs died, and the finding that explains each death. */
void run_ends_find(struct judging *it);

/* Does the finding explain the death of that run? */
bool run_ends_explains(const struct judging *it, uint32_t node, uint32_t finding, uint32_t run);

#endif
