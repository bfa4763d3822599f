#ifndef NODECAUSE_VERDICT_UNIT_NAME_H
#define NODECAUSE_VERDICT_UNIT_NAME_H

#include "verdict/judging.h"

/* The latest name of the unit of that stream in the log of the node, borrowed; empty: unknown. */
struct span unit_name_find(const struct judging *it, uint32_t node, uint32_t unit);

#endif
