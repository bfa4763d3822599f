#ifndef NODECAUSE_RULE_CONDITION_H
#define NODECAUSE_RULE_CONDITION_H

#include "rule/yaml.h"

/* The right side of `where`, `fields`, `set.if` and of a state's columns: `>= 90`, `!= text`,
 * `~ PCRE2`, `*.swap`, `< {fact}`, `in node`, or a text to be equal to. `ret->name` and
 * `ret->pattern` are left to the caller. Borrows from the node. -EINVAL with place and sentence. */
int condition_parse(const struct yaml *node, struct condition *ret,
                    struct error *reterr) MUST_CHECK;

/* The operator as rules write it: `>=`, `~`; empty for a text or a glob. Static. */
const char *comparison_sign(enum comparison comparison);

#endif
