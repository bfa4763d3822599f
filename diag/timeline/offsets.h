#ifndef NODECAUSE_TIMELINE_OFFSETS_H
#define NODECAUSE_TIMELINE_OFFSETS_H

#include "timeline/event.h"

/* Local times and UTC: inputs whose timestamps have no zone are moved to the clock of those that have
 * one, by the offset that an entry which both contain proves. Without such a pair, or when two pairs
 * differ, nothing is moved. The nodes and times of the events are set. */
void offsets_align(struct event *events, size_t n);

#endif
