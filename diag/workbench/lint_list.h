#ifndef NODECAUSE_WORKBENCH_LINT_LIST_H
#define NODECAUSE_WORKBENCH_LINT_LIST_H

#include "base/vec.h"
#include "rule/lint.h"
#include "rule/yaml.h"

/* The findings of all checks of lint. */
struct lint_list {
    struct arena *arena; /* of the texts; the caller's */
    VEC(struct lint_issue) issues;
};

/* At a node of the rule's file. */
void lint_add(struct lint_list *list, const char *code, const struct rule *rule,
              const struct yaml *at, const char *format, ...) PRINTF_LIKE(5, 6);

/* At the `offset`-th byte of the node's text. */
void lint_add_inside(struct lint_list *list, const char *code, const struct rule *rule,
                     const struct yaml *at, size_t offset, const char *format, ...)
    PRINTF_LIKE(6, 7);

#endif
