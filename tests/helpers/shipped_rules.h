#ifndef NODECAUSE_TESTS_HELPERS_SHIPPED_RULES_H
#define NODECAUSE_TESTS_HELPERS_SHIPPED_RULES_H

#include "rule/load.h"

/* The rules of rules/ with their tests. The test fails when they cannot be loaded. To be freed by rule_set_free(). */
struct rule_set *shipped_rules(void);

#endif
