#ifndef NODECAUSE_CLI_RULES_OF_H
#define NODECAUSE_CLI_RULES_OF_H

#include "cli/options.h"
#include "rule/load.h"

/* Loads the rules that the options name, for commands that show or test them. 0, or a negative
 * errno after a complaint. */
int rules_of_options(const struct options *options, bool with_tests, struct rule_set **ret);

#endif
