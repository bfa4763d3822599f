#ifndef NODECAUSE_WORKBENCH_TEST_CUT_H
#define NODECAUSE_WORKBENCH_TEST_CUT_H

#include "workbench/test_run.h"

/* Compares what cut lines show (`cut`) with what whole ones do. What must not be found must not be
 * found in them either; and what was found stays found as long as a line that proves it still holds
 * the words that its pattern asks for. Each difference is a line of `out`. */
void test_cut_compare(const struct rules *rules, const struct rule *rule,
                      const struct rule_test *test, unsigned columns, const struct report *whole,
                      const struct report *cut, struct buf *out);

#endif
