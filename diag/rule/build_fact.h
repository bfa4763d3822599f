#ifndef NODECAUSE_RULE_BUILD_FACT_H
#define NODECAUSE_RULE_BUILD_FACT_H

#include "rule/builder.h"

/* Fills the declarations of the rule from `facts:`, which may be NULL. */
void build_facts(struct builder *builder, const struct yaml *map);

/* When all signals are built: -EINVAL for a declared fact that no signal gives. */
int build_facts_check(struct builder *builder, const struct yaml *map) MUST_CHECK;

#endif
