#ifndef NODECAUSE_WORKBENCH_CHECKED_RULES_H
#define NODECAUSE_WORKBENCH_CHECKED_RULES_H

#include "cli/rule_options.h"

/* Adds the rules to check, with their tests: the files and directories among the words, or those of
 * --rules when there are none; below them what a diagnosis would have. -EINVAL when nothing is
 * named, since the built-in rules carry no tests. */
int checked_rules_add(const struct rule_options *options, const struct words *words,
                      struct rule_set *set, struct error *reterr) MUST_CHECK;

#endif
