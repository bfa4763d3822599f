#ifndef NODECAUSE_RULE_BUILD_CONDITION_H
#define NODECAUSE_RULE_BUILD_CONDITION_H

#include "rule/builder.h"

/* Conditions: rule/condition.h parses one, these add its pattern and check its names. All return
 * -EINVAL with the place. */

/* One condition; its name is the node's key. */
int build_condition(struct builder *builder, const struct yaml *node,
                    struct condition *ret) MUST_CHECK;

/* All conditions of a map; none when `map` is NULL. */
int build_conditions(struct builder *builder, const struct yaml *map, const struct condition **ret,
                     size_t *ret_n) MUST_CHECK;

/* The same for conditions on facts of the current signal: the facts must be known, and what they
 * are compared with must be of their type. */
int build_fact_conditions(struct builder *builder, const struct yaml *map,
                          const struct condition **ret, size_t *ret_n) MUST_CHECK;

#endif
