#ifndef NODECAUSE_RULE_BUILD_TEST_H
#define NODECAUSE_RULE_BUILD_TEST_H

#include "rule/builder.h"

/* Fills the tests of the rule when the options ask for them; checks them in any case. `list` may be
 * NULL. -EINVAL with the place. */
int build_tests(struct builder *builder, const struct yaml *list) MUST_CHECK;

#endif
