#ifndef NODECAUSE_RULEC_EMIT_H
#define NODECAUSE_RULEC_EMIT_H

#include "base/buf.h"
#include "rule/rule.h"

/* Writes a set of rules as one C initializer of `struct rules`, for a file that includes
 * rule/builtin.h. Rules of one content give the same text, on every machine. Left out: tests, trees
 * and what was skipped, which built-in rules do not have.
 *
 * Members are written in their order, without names: a member that is added to a struct and not
 * here is a warning of the compiler (-Wmissing-field-initializers), or has a wrong type. */
void emit_rules(struct buf *buf, const struct rules *rules);

#endif
