#ifndef NODECAUSE_TIMELINE_HOSTS_H
#define NODECAUSE_TIMELINE_HOSTS_H

#include "base/arena.h"
#include "entry/streams.h"
#include "timeline/event.h"

/* Sets `node` of each event: the machine that it happened on. Returns the names of the nodes, at
 * least one: the array is in `arena`, the names are borrowed from the signals of the events. An
 * empty name is a node that the input does not name. */
const struct span *hosts_assign(struct event *events, size_t n, const struct streams *streams,
                                struct arena *arena, size_t *ret_n);

#endif
