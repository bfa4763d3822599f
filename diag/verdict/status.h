#ifndef NODECAUSE_VERDICT_STATUS_H
#define NODECAUSE_VERDICT_STATUS_H

#include "verdict/judging.h"

/* Sets the status of each finding. After units_find(). */
void status_find(struct judging *it);

#endif
