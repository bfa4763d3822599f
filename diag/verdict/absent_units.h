#ifndef NODECAUSE_VERDICT_ABSENT_UNITS_H
#define NODECAUSE_VERDICT_ABSENT_UNITS_H

#include "verdict/judging.h"

/* The units that every node has and that have no run in the last boot of this one: what state files
 * say of them, else whether they were never started or are not in the input. None for a unit that
 * logged something which belongs to no run. Appends to `units`, which has room for one of each
 * stream; returns how many. */
size_t absent_units_find(const struct judging *it, uint32_t node, struct node_unit *units);

#endif
