#ifndef NODECAUSE_WORKBENCH_LINT_STATES_H
#define NODECAUSE_WORKBENCH_LINT_STATES_H

#include "workbench/lint_list.h"

/* Adds state kinds and columns that do not exist: `unknown-state`, `unknown-column`. */
void lint_states(struct lint_list *list, const struct rule *rule);

#endif
