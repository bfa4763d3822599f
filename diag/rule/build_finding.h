#ifndef NODECAUSE_RULE_BUILD_FINDING_H
#define NODECAUSE_RULE_BUILD_FINDING_H

#include "rule/builder.h"

/* Fills title, severity, texts and what else is one value of the file's first level. */
void build_head(struct builder *builder, const struct yaml *root);

/* Fills `key:`, whose facts must be known. `node` may be NULL, here and below. -EINVAL with the
 * place, here and below. */
int build_key(struct builder *builder, const struct yaml *node) MUST_CHECK;

/* Fills `confidence:`. */
int build_confidence(struct builder *builder, const struct yaml *map) MUST_CHECK;

/* Fills `remedies:`. */
int build_remedies(struct builder *builder, const struct yaml *list) MUST_CHECK;

#endif
