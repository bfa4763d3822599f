#ifndef NODECAUSE_REASON_NODE_STATES_H
#define NODECAUSE_REASON_NODE_STATES_H

#include "finding/report.h"
#include "state/inventory.h"
#include "timeline/timeline.h"

/* For each node of the timeline the tables of that node. A table applies to the node that its input
 * is of (`hosts`, for each of `n_hosts` inputs); when that is unknown, only if all inputs speak of one
 * node. Tables that apply to no node are noted, by the names in `report`. The rows are borrowed from
 * the inventory. */
struct states **node_states_new(const struct inventory *inventory, const struct timeline *timeline,
                                const struct report *report, const struct span *hosts,
                                struct notes *notes);
void node_states_free(struct states **states, size_t n_nodes);

#endif
