#ifndef NODECAUSE_FINDING_ONE_NODE_H
#define NODECAUSE_FINDING_ONE_NODE_H

#include "finding/report.h"

/* A report of one of its nodes. */

/* Has the report a node with this name? */
bool report_has_node(const struct report *report, struct span host);

/* Leaves out all other nodes, with what is unexplained of them; nothing when there is no such node. The outcome is
 * then filled in again by the caller (verdict/outcome.h). */
void report_keep_node(struct report *report, struct span host);

/* Says in *reterr that there is no such node, and which there are. -EINVAL. */
int report_refuse_node(const struct report *report, struct span host, struct error *reterr);

#endif
