#ifndef NODECAUSE_CLI_CUT_H
#define NODECAUSE_CLI_CUT_H

#include "cli/trial.h"

/* Compares what cut lines show (`cut`) with what whole ones do. What must not be found must not be
 * found in them either; and what was found stays found as long as a line that proves it still holds
 * the words that its pattern asks for. Each difference is a line of `out`. */
void cut_judge(const struct rules *rules, const struct rule *rule, const struct rule_test *test,
               unsigned columns, const struct report *whole, const struct report *cut,
               struct buf *out);

#endif
