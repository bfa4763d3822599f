#ifndef NODECAUSE_WORKBENCH_LINT_LIST_H
#define NODECAUSE_WORKBENCH_LINT_LIST_H

#include "base/vec.h"
#include "rule/lint.h"
#include "rule/yaml.h"

/* What lint has to say, from whoever says it. */
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

/* Names in the texts of a rule that nothing gives: `unknown-name`, `bad-text`. In lint_texts.c. */
void lint_texts(struct lint_list *list, const struct rule *rule);

/* State kinds and columns that there are none of: `unknown-state`, `unknown-column`. In
 * lint_states.c. */
void lint_states(struct lint_list *list, const struct rule *rule);

/* What shows only when the tests are run: `silent-test`, `silent-signal`, `rival`. In lint_tests.c.
 */
void lint_tests(struct lint_list *list, const struct rules *rules);

#endif
