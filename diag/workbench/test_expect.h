#ifndef NODECAUSE_WORKBENCH_TEST_EXPECT_H
#define NODECAUSE_WORKBENCH_TEST_EXPECT_H

#include "base/buf.h"
#include "finding/report.h"

/* Compares a report with what a rule's test expects. Each difference is a line of `out`: nothing is
 * appended when all is as expected. */
void test_expect_compare(const struct rule_test *test, const struct report *report,
                         struct buf *out);

/* The same for `remedies` and `no_remedies`, which hold for the input as it is written: in other
 * formats it names other hosts and units. */
void test_expect_remedies(const struct rule_test *test, const struct report *report,
                          struct buf *out);

#endif
