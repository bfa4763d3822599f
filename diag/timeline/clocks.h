#ifndef NODECAUSE_TIMELINE_CLOCKS_H
#define NODECAUSE_TIMELINE_CLOCKS_H

#include "base/arena.h"
#include "timeline/event.h"

/* Times in UTC, in microseconds; unknown at first. */
struct time_range {
    int64_t first, last;
    bool known;
};

/* Sets `time_us` and `monotonic_us` of each event, whose nodes are known: puts on the node's
 * clock what can be put there. A year that a log lacks is taken from other logs of the node;
 * inside a boot the monotonic clock decides, since the wall clock may be set at any time. Notes
 * where the wall clock jumped (`notes` may be NULL). `hosts`: names of the `n_nodes` nodes. `inputs`
 * gives the year where the events of a node do not. */
void clocks_assign(struct event *events, size_t n, const struct span *hosts, size_t n_nodes,
                   struct time_range inputs, struct notes *notes);

#endif
