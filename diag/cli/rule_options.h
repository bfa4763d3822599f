#ifndef NODECAUSE_CLI_RULE_OPTIONS_H
#define NODECAUSE_CLI_RULE_OPTIONS_H

#include "cli/options.h"
#include "rule/load.h"

/* The options of all commands that use rules. */
struct rule_options {
    string_list directories;
    bool no_builtin;
};

/* Stores into struct rule_options. */
extern const struct cli_option rule_options[];

/* Loads the rules that the options name, without their tests. 0, or a negative errno after a
 * message. */
int rule_options_load(const struct rule_options *options, struct rule_set **ret) MUST_CHECK;

/* Adds them to a set. */
int rule_options_add(const struct rule_options *options, struct rule_set *set,
                     struct error *reterr) MUST_CHECK;

#endif
