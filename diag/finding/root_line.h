#ifndef NODECAUSE_FINDING_ROOT_LINE_H
#define NODECAUSE_FINDING_ROOT_LINE_H

#include "base/buf.h"
#include "finding/report.h"

/* Appends the line that names a root: its node, title, confidence unless certain, status unless
 * ongoing. Roots of the same title are one line: a rule with a key has a finding for each value.
 * `finding` is an index in the node. */
void root_line_add(struct buf *out, const struct node *node, size_t finding);

/* Is it named by the line of an earlier finding of the node? */
bool root_line_is_repetition(const struct node *node, size_t finding);

#endif
