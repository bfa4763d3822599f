#ifndef NODECAUSE_TIMELINE_SOURCES_H
#define NODECAUSE_TIMELINE_SOURCES_H

#include "timeline/event.h"

/* Sets `source` of each event, whose times are known: the rank of its input by what the input
 * contains. Events of different inputs at equal times are in this order, so that nothing depends on
 * the order in which the inputs are named. Logs of processes precede those that only report about
 * them: systemd logs an exit after the last words. Then the one that begins first: a log that was
 * rotated continues in the next file within a second. */
void sources_rank(struct event *events, size_t n);

#endif
