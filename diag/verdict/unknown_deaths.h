#ifndef NODECAUSE_VERDICT_UNKNOWN_DEATHS_H
#define NODECAUSE_VERDICT_UNKNOWN_DEATHS_H

#include "verdict/judging.h"

/* Fills the unexplained units of the report, without their last words. After roles_assign(). */
void unknown_deaths_report(struct judging *it);

#endif
