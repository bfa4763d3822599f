#ifndef NODECAUSE_TIMELINE_HOSTS_H
#define NODECAUSE_TIMELINE_HOSTS_H

#include "base/arena.h"
#include "entry/node_names.h"
#include "entry/streams.h"
#include "timeline/event.h"

/* `node1`, `node1.example.org` and `NODE1` are the same machine: Kubernetes names nodes in lower case (RFC 1123). */
bool hosts_are_same(struct span a, struct span b);

/* What inputs say of nodes beside their signals. Borrowed. */
struct origins {
    const struct span
        *hosts; /* the node of each input, for events that name none; empty: unknown */
    size_t n;
    const struct node_names *names; /* that nodes have for these and other hosts; NULL: none */
    bool is_cluster;                /* Kubernetes objects name several nodes */
};

/* Sets `node` of each event: the machine that it happened on. Returns the names of the nodes, at
 * least one: the array is in `arena`, the names are borrowed. An empty name is a node that the input
 * does not name. */
const struct span *hosts_assign(struct event *events, size_t n, const struct origins *origins,
                                const struct streams *streams, struct arena *arena, size_t *ret_n);

#endif
