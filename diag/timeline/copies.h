#ifndef NODECAUSE_TIMELINE_COPIES_H
#define NODECAUSE_TIMELINE_COPIES_H

#include "timeline/event.h"

/* The same entry, read from two inputs: rotated copies, a journal and its text, syslog beside the
 * log of the unit. */

/* Removes from `events`, whose nodes and times are known, all copies of an entry but the one that
 * is known best. Entries are the same with the same signal, message, pid and time, compared with
 * the coarser precision of the two; an entry that is three times in each input is three entries. What has a range in place of a time is a copy of what
 * another input has in that range.
 * copies[] of each group of the store gets the number of those removed. Returns the number of the
 * events that stay, in any order. */
size_t copies_remove(struct event *events, size_t n, uint64_t *copies);

#endif
