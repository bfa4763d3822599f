#ifndef NODECAUSE_TIMELINE_BOOTS_H
#define NODECAUSE_TIMELINE_BOOTS_H

#include "timeline/observed.h"

/* The last boot read of each node of the timeline: that of its last entry, also of one that no rule
 * knows. Empty: unknown. In `arena`. */
const struct span *boots_find_last(const struct timeline *timeline, const struct observed *observed,
                                   struct arena *arena);

/* Does the event belong to a boot before the last one read of its node? False when its boot, or the
 * last one, is unknown. */
bool boots_is_earlier(const struct span *last, const struct event *event);

#endif
