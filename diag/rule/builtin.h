#ifndef NODECAUSE_RULE_BUILTIN_H
#define NODECAUSE_RULE_BUILTIN_H

/* The rule files compiled into the program, without their tests; made by cmake/embed-rules. Ends
 * with an item whose path is NULL. */
struct builtin_rule {
    const char *path; /* under rules/, `kubelet/swap-enabled.yaml` */
    const char *yaml; /* terminated */
};

extern const struct builtin_rule builtin_rules[];

#endif
