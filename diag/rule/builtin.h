#ifndef NODECAUSE_RULE_BUILTIN_H
#define NODECAUSE_RULE_BUILTIN_H

#include "rule/rule.h"

/* The rule files compiled into the program, without their tests; made by cmake/embed-rules. Ends
 * with an item whose path is NULL. */
struct builtin_rule {
    const char *path; /* under rules/, `kubelet/swap-enabled.yaml` */
    const char *yaml; /* terminated */
};

extern const struct builtin_rule builtin_rules[];

/* The same files loaded and checked, as rule_set_finish() leaves them when no other rule is added;
 * made by nodecause-rulec when the program is built. Its rules have no tests and no `tree`. */
extern const struct rules builtin_tables;

#endif
