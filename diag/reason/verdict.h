#ifndef NODECAUSE_REASON_VERDICT_H
#define NODECAUSE_REASON_VERDICT_H

#include "finding/report.h"

/* Fills root_causes, exit and exit_reason of the report from its nodes. Findings of severity
 * `fail_on` or worse count for the exit code. */
void reason_fill_verdict(struct report *report, enum rule_severity fail_on);

#endif
