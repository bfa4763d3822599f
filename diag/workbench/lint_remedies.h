#ifndef NODECAUSE_WORKBENCH_LINT_REMEDIES_H
#define NODECAUSE_WORKBENCH_LINT_REMEDIES_H

#include "workbench/lint_list.h"

/* Adds what is dangerous or cannot work in the remedies of a rule: `no-risk`, `changing-question`,
 * `cluster-wide`, `lost-journal`, `no-such-option`, `host-name`, `fixed-command`, `unit-name`. */
void lint_remedies(struct lint_list *list, const struct rule *rule, const struct streams *streams);

#endif
