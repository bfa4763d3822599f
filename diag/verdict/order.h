#ifndef NODECAUSE_VERDICT_ORDER_H
#define NODECAUSE_VERDICT_ORDER_H

#include "verdict/judging.h"

/* Puts the findings of each node in the order of importance. Nothing else may hold indexes of findings
 * before it. */
void order_findings(struct judging *it);

#endif
