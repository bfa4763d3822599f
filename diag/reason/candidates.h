#ifndef NODECAUSE_REASON_CANDIDATES_H
#define NODECAUSE_REASON_CANDIDATES_H

#include "reason/reasoning.h"

/* Fills `it->candidates`: each rule that matches, for each node, boot and value of its key. */
void reason_find_candidates(struct reasoning *it);

#endif
