#ifndef NODECAUSE_WORKBENCH_LINT_TEXTS_H
#define NODECAUSE_WORKBENCH_LINT_TEXTS_H

#include "workbench/lint_list.h"

/* Adds names in the texts of a rule that no signal, state or stream gives: `unknown-name`, `bad-text`. */
void lint_texts(struct lint_list *list, const struct rule *rule, const struct streams *streams);

#endif
