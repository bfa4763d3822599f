#ifndef NODECAUSE_REASON_PLACES_H
#define NODECAUSE_REASON_PLACES_H

#include "entry/node_names.h"
#include "finding/report.h"

/* The node of each of the report's inputs. The name in the input decides; else the inputs in the
 * nearest folder that name nodes, if they all name the same one. A folder that has the name of its
 * node shows that the folders beside it have those of theirs. An empty name: unknown. The array is in
 * `arena`; the names are borrowed from the inputs, or from `names`, of nodes for their addresses (may be NULL). */
const struct span *places_find(const struct report *report, const struct node_names *names,
                               struct arena *arena);

/* Do Kubernetes objects in the inputs name several nodes? */
bool places_are_several(const struct report *report);

#endif
