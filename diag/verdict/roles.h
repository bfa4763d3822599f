#ifndef NODECAUSE_VERDICT_ROLES_H
#define NODECAUSE_VERDICT_ROLES_H

#include "verdict/judging.h"

/* Sets the role and the severity of each finding; connects the cause of a unit's last death with the
 * symptoms of the unit. After status_find(). */
void roles_assign(struct judging *it);

#endif
