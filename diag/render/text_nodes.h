#ifndef NODECAUSE_RENDER_TEXT_NODES_H
#define NODECAUSE_RENDER_TEXT_NODES_H

#include "render/text_report.h"

/* Of a report of several nodes, those that failed for no known cause, a line for each; and those that did not fail, in one
 * line. */
void text_add_quiet_nodes(const struct text_report *text);

/* Appends `worker-17: ` where the report is of several nodes; else nothing. */
void text_add_node_name(const struct text_report *text, const struct node *node, struct buf *out);

#endif
