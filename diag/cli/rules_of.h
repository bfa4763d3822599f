#ifndef NODECAUSE_CLI_RULES_OF_H
#define NODECAUSE_CLI_RULES_OF_H

#include "cli/options.h"
#include "rule/load.h"

/* Loads the rules that the options name, without their tests. 0, or a negative errno after a
 * complaint. */
int rules_of_options(const struct options *options, struct rule_set **ret);

/* Adds the rules to check, with their tests: the files and directories among the words, or those of
 * --rules when there are none; below them what a diagnosis would have. -EINVAL when nothing is
 * named, since the program's own rules carry no tests. */
int rules_add_checked(const struct options *options, struct rule_set *set,
                      struct error *reterr) MUST_CHECK;

/* The whole set of them. 0, or a negative errno after a complaint. */
int rules_of_paths(const struct options *options, struct rule_set **ret);

#endif
