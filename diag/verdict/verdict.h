#ifndef NODECAUSE_VERDICT_VERDICT_H
#define NODECAUSE_VERDICT_VERDICT_H

#include "finding/report.h"
#include "verdict/question.h"

/* What is wrong with each node at the end of what was read. A pure function of its arguments: the
 * wall clock is not read. Judges the findings of the report, whose nodes are those of the timeline and whose inputs are
 * described. Sets the status, the role and the severity of each finding, puts the findings in the
 * order of importance, and fills the units of the nodes, unexplained (without last words),
 * root_causes, before, exit and exit_reason. */
void verdict_judge(const struct verdict_question *question, struct report *report);

#endif
