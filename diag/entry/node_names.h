#ifndef NODECAUSE_ENTRY_NODE_NAMES_H
#define NODECAUSE_ENTRY_NODE_NAMES_H

#include "base/cleanup.h"
#include "base/span.h"

/* The names of nodes for their addresses, as node objects show them: collectors name folders by addresses, machines
 * their logs by their own host names.
 *
 *   status: { addresses: [ { type: InternalIP, address: 10.5.0.3 }, { type: Hostname, address: ip-10-5-0-3 } ] } */
struct node_names;

struct node_names *node_names_new(void);
void node_names_free(struct node_names *names); /* NULL is fine */
DEFINE_CLEANUP(struct node_names, node_names_free)

/* The node `name` has the address. One that several nodes have names none of them. Ignored when there are very many. */
void node_names_add(struct node_names *names, struct span address, struct span name);

/* Adds all of the others. `others` may be NULL. */
void node_names_add_all(struct node_names *names, const struct node_names *others);

/* The name of the node with the address, in which a collector may have written `_` for other characters than letters and digits
 * (`10_5_0_3`); else the address itself. Borrowed. `names` may be NULL. */
struct span node_names_find(const struct node_names *names, struct span address);

#endif
