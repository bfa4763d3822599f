#ifndef NODECAUSE_WORKBENCH_LINT_TESTS_H
#define NODECAUSE_WORKBENCH_LINT_TESTS_H

#include "workbench/lint_list.h"

/* Runs the tests of the rules and adds what they show: `silent-test`, `silent-signal`, `rival`. */
void lint_tests(struct lint_list *list, const struct rules *rules);

#endif
