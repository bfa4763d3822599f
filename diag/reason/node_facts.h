#ifndef NODECAUSE_REASON_NODE_FACTS_H
#define NODECAUSE_REASON_NODE_FACTS_H

#include "finding/report.h"
#include "state/state.h"
#include "timeline/timeline.h"

/* What texts can say of a node, beside the facts of a finding:
 *
 *   {node}          its name in the cluster: the host name in lower case
 *   {kubelet_unit}  the unit of a stream, for each stream with units; one that the log or
 *                   `systemctl list-units` shows, not if there are several
 *   {crictl}        the commands and paths of its distribution (rules/streams.yaml)
 *
 * What is unknown is not among them. */
struct node_facts {
    const struct finding_fact *facts;
    size_t n;
};

/* For each node of the timeline; in `arena`. `states` has the tables of each node. */
const struct node_facts *node_facts_find(const struct streams *streams,
                                         const struct timeline *timeline,
                                         struct states *const *states, struct arena *arena);

#endif
