#ifndef NODECAUSE_RULE_LINT_H
#define NODECAUSE_RULE_LINT_H

#include "rule/rule.h"

/* A problem in a valid rule: it does not do what its author expects. These are the problems that can
 * be found without running the rule's tests. */
struct lint_issue {
    const char *code; /* `end-anchor`; static */
    const char *rule; /* id; borrowed from the rules */
    struct place place;
    const char *text; /* a sentence without full stop */
};

struct lint_issues {
    const struct lint_issue *items; /* in the order of rules */
    size_t n;
};

/* All of them, in `arena`, of the rules that were loaded with their tests. */
struct lint_issues lint_rules(const struct rules *rules, struct arena *arena);

/* The checks there are, for documentation; ends with a NULL code. */
struct lint_check_name {
    const char *code, *summary;
};
extern const struct lint_check_name lint_check_names[];

#endif
