#ifndef NODECAUSE_CLI_RULES_OF_H
#define NODECAUSE_CLI_RULES_OF_H

#include "cli/options.h"
#include "rule/load.h"

/* Loads the rules that the options name, without their tests. 0, or a negative errno after a
 * complaint. */
int rules_of_options(const struct options *options, struct rule_set **ret);

/* The same, and on top of them the files and directories among the words, with their tests. */
int rules_of_paths(const struct options *options, struct rule_set **ret);

#endif
