#ifndef NODECAUSE_TIMELINE_CLOCKS_H
#define NODECAUSE_TIMELINE_CLOCKS_H

#include "base/arena.h"
#include "timeline/event.h"

/* Sets `time_us` and `monotonic_us` of each event, whose nodes are known: puts on the node's
 * clock what can be put there. A year that a log lacks is taken from other logs of the node;
 * inside a boot the monotonic clock decides, since the wall clock may be set at any time. Notes
 * where the wall clock jumped (`notes` may be NULL). `hosts`: names of the `n_nodes` nodes. */
void clocks_assign(struct event *events, size_t n, const struct span *hosts, size_t n_nodes,
                   struct notes *notes);

#endif
