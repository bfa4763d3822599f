#ifndef NODECAUSE_MATCH_BLOCK_H
#define NODECAUSE_MATCH_BLOCK_H

#include "match/attempt.h"
#include "match/neighbours.h"

/* Reads the entries around the attempt's own (`anchor`) as its `block:` describes: adds their
 * facts, those nearest to the anchor first, and its table of rows. 0, or negative errno when the
 * batch's owner failed. */
int block_read(struct attempt *attempt, struct neighbours *neighbours,
               struct neighbour *anchor) MUST_CHECK;

#endif
