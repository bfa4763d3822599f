#ifndef NODECAUSE_WORKBENCH_LINT_EXPECTATIONS_H
#define NODECAUSE_WORKBENCH_LINT_EXPECTATIONS_H

#include "workbench/lint_list.h"

/* Adds names in the tests of a rule that no rule and no format has: `unknown-rule`,
 * `unknown-format`. */
void lint_expectations(struct lint_list *list, const struct rule *rule, const struct rules *rules);

#endif
