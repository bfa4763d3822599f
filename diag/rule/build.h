#ifndef NODECAUSE_RULE_BUILD_H
#define NODECAUSE_RULE_BUILD_H

#include "rule/builder.h"

/* Fills `ret->rule` from the checked tree of one file, but for what names streams and other rules,
 * which rule/resolve.h does. `ret->rule.id` and `origin` are the caller's. All of it is in the
 * arena, and borrows from the tree. -EINVAL with the place. */
int build_rule(const struct yaml *root, const struct build_options *options, struct arena *arena,
               struct pattern_table *patterns, struct built_rule *ret,
               struct error *reterr) MUST_CHECK;

#endif
