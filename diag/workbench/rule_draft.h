#ifndef NODECAUSE_WORKBENCH_RULE_DRAFT_H
#define NODECAUSE_WORKBENCH_RULE_DRAFT_H

#include "base/buf.h"
#include "rule/rule.h"
#include "unexplained/unmatched.h"

/* Appends a rule file that knows the line: pattern and tests are derived from it, and what only a
 * person can say is marked. It loads, passes `nodecause lint`, and its tests pass. False, with
 * nothing appended, when the line holds no text that could be looked for. */
bool rule_draft_add(struct buf *out, const struct rules *rules, const struct unmatched_line *line);

#endif
