#ifndef NODECAUSE_RULE_BUILD_WHEN_H
#define NODECAUSE_RULE_BUILD_WHEN_H

#include "rule/builder.h"

/* The tree of questions at `node`, with the names of the built rule's signals, states and facts.
 * `*ret` is in the arena, and untouched when `node` is NULL. -EINVAL with the place. */
int build_when(const struct built_rule *built, const struct yaml *node, struct arena *arena,
               const struct when **ret, struct error *reterr) MUST_CHECK;

#endif
