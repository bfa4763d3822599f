#ifndef NODECAUSE_CLI_RULE_OPTIONS_H
#define NODECAUSE_CLI_RULE_OPTIONS_H

#include "cli/options.h"
#include "rule/rule_search.h"

/* The options of all commands that use rules. */
struct rule_options {
    string_list directories;
    bool no_builtin, no_system, strict;
};

/* Stores into struct rule_options. */
extern const struct cli_option rule_options[];

/* Which directories of the system they leave: as in struct rule_search. */
const char *rule_options_path(const struct rule_options *options);

/* Where the options say that rules and layouts are, with a message for each bad file. */
struct rule_search rule_options_search(const struct rule_options *options);

/* Loads the rules that the options name, without their tests, with a message for each bad file. 0,
 * or a negative errno after a message. */
int rule_options_load(const struct rule_options *options, struct rule_set **ret) MUST_CHECK;

#endif
