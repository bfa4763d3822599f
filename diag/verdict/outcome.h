#ifndef NODECAUSE_VERDICT_OUTCOME_H
#define NODECAUSE_VERDICT_OUTCOME_H

#include "finding/report.h"

/* Fills root_causes, before, exit and exit_reason of the report, whose findings and unexplained units
 * are final. */
void outcome_fill(struct report *report, enum rule_severity fail_on);

#endif
