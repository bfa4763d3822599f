#ifndef NODECAUSE_RULE_BUILD_SIGNAL_H
#define NODECAUSE_RULE_BUILD_SIGNAL_H

#include "rule/builder.h"

/* Fills the signals that names_add() has named, but for their streams. -EINVAL with the place. */
int build_signals(struct builder *builder, const struct yaml *list) MUST_CHECK;

#endif
