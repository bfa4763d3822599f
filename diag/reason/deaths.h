#ifndef NODECAUSE_REASON_DEATHS_H
#define NODECAUSE_REASON_DEATHS_H

#include "reason/reasoning.h"

/* Fills `unexplained` of the report, without last messages: the units that died and whose death
 * no candidate explains, or only one that is merely possible. After reason_assign_roles(). */
void reason_fill_unexplained(struct reasoning *it);

#endif
