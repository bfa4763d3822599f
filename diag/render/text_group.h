#ifndef NODECAUSE_RENDER_TEXT_GROUP_H
#define NODECAUSE_RENDER_TEXT_GROUP_H

#include "render/text_report.h"

/* Findings of a node that belong together (finding.group): they are shown as one, with a table of what
 * differs. */

/* The next one of the same group after `finding`; NULL: there is none. */
const struct finding *text_group_next(const struct node *node, const struct finding *finding);

/* How often what the group of this first finding reports was seen. */
uint64_t text_group_count(const struct node *node, const struct finding *first);

/* Is it one of a group of which an earlier one is shown? */
bool text_group_has_earlier(const struct node *node, const struct finding *finding);

/* One row for each finding of the group, whose first one is `first`: its times, its keys and the other
 * facts that differ, how often it was seen. Nothing when it is alone. */
void text_add_group(const struct text_report *text, const struct node *node,
                    const struct finding *first);

#endif
