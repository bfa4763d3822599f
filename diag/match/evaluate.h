#ifndef NODECAUSE_MATCH_EVALUATE_H
#define NODECAUSE_MATCH_EVALUATE_H

#include "match/attempt.h"
#include "match/neighbours.h"

/* Does the signal of the attempt fire on its entry? `record` is the entry among its neighbours; NULL
 * when it has none, as the lines of state files: then the block of the signal is not read. 1: the
 * facts are in the attempt; 0: attempt->failed is the condition that does not hold, or NULL when the
 * message does not match; negative errno when the batch's owner failed. */
int evaluate_signal(struct attempt *attempt, struct neighbours *neighbours,
                    struct neighbour *record) MUST_CHECK;

#endif
