#ifndef NODECAUSE_CLI_JUDGE_H
#define NODECAUSE_CLI_JUDGE_H

#include "base/buf.h"
#include "finding/report.h"

/* Compares a report with what a rule's test expects. Each difference is a line of `out`: nothing is
 * appended when all is as expected. */
void judge(const struct rule_test *test, const struct report *report, struct buf *out);

#endif
