#ifndef NODECAUSE_RULE_NAMES_H
#define NODECAUSE_RULE_NAMES_H

#include "rule/builder.h"

/* Names of signals and states within one rule. They share one name space: a bare name is either,
 * and so is `{name.column}` in texts. */

/* Names the signals and states of the file in the built rule, so that everything else may refer to
 * them. `states` may be NULL. */
void names_add(struct builder *builder, const struct yaml *signals, const struct yaml *states);

/* -EINVAL when a signal has the name of another signal or of a state. */
int names_check(struct builder *builder, const struct yaml *signals) MUST_CHECK;

/* Index of the signal that the node names. -EINVAL if it is unknown. */
int names_find_signal(const struct rule *rule, const struct yaml *node, uint32_t *ret,
                      struct error *reterr) MUST_CHECK;

/* Index of the state that the node names. -EINVAL if it is unknown. */
int names_find_state(const struct rule *rule, const struct yaml *node, uint32_t *ret,
                     struct error *reterr) MUST_CHECK;

/* Sets the error for a name that is not among the rule's signals, states or both, as in `what`.
 * Returns -EINVAL. */
int names_unknown(const struct rule *rule, const struct yaml *node, const char *what, bool signals,
                  bool states, struct error *reterr);

#endif
