#ifndef NODECAUSE_RULE_BUILD_STATE_H
#define NODECAUSE_RULE_BUILD_STATE_H

#include "rule/builder.h"

/* Fills the states that names_add() has named; `map` may be NULL. -EINVAL with the place. */
int build_states(struct builder *builder, const struct yaml *map) MUST_CHECK;

#endif
