#ifndef NODECAUSE_VERDICT_ALIKE_H
#define NODECAUSE_VERDICT_ALIKE_H

#include "verdict/judging.h"

/* Numbers the findings of each node that belong together: of one rule, with one status, one
 * confidence and the same causes; they differ only in what happened to whom, as three kills do. Called
 * when the findings are in their final order. */
void alike_find(struct judging *it);

#endif
