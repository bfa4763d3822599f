#ifndef NODECAUSE_WORKBENCH_CHECKED_RULES_H
#define NODECAUSE_WORKBENCH_CHECKED_RULES_H

#include "cli/rule_options.h"

/* Adds the rules to check, with their tests: those of the files and directories among the words, or
 * of --rules when no word is given; and the rules that they may name, which are not checked: the
 * built-in ones, those of --rules, and the rest of the tree that a word is in.
 *
 * A rule has the same id whichever folder is named and whatever the current directory is. The root
 * of its tree is the --rules directory that holds it, or else the folder above it that holds
 * streams.yaml; where neither exists, the id is the folder and the name of the file.
 *
 * -EINVAL when nothing is named (the built-in rules carry no tests), when a word names no rules, or
 * for a bad file; other negative errno when a word cannot be read. */
int checked_rules_add(const struct rule_options *options, const struct words *words,
                      struct rule_set *set, struct error *reterr) MUST_CHECK;

#endif
