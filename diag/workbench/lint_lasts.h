#ifndef NODECAUSE_WORKBENCH_LINT_LASTS_H
#define NODECAUSE_WORKBENCH_LINT_LASTS_H

#include "workbench/lint_list.h"

/* Where `lasts:` and `recovered_by:` contradict each other, or where the default would take the
 * silence of the kernel for a recovery. */
void lint_lasts(struct lint_list *list, const struct rule *rule, const struct streams *streams);

#endif
