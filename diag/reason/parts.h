#ifndef NODECAUSE_REASON_PARTS_H
#define NODECAUSE_REASON_PARTS_H

#include "base/map.h"
#include "base/span.h"
#include "base/vec.h"
#include "timeline/indexes.h"

/* Indexes of events, parted by a name that they share. */
struct parts {
    struct map *by_name;
    VEC(struct indexes) items; /* in the order in which the names were first seen */
    struct indexes everywhere; /* events that do not name their part */
};

void parts_init(struct parts *parts);
void parts_done(struct parts *parts);

/* Adds the event to the part of that name. */
void parts_add(struct parts *parts, struct span name, uint32_t event);

/* Adds an event that does not name its part. */
void parts_add_everywhere(struct parts *parts, uint32_t event);

/* Leaves at most LIMIT_FINDINGS_OF_RULE + 1 parts: the first and the last stay as they are, those
 * between become one. */
void parts_merge_middle(struct parts *parts);

/* Call it last: what does not name its part may belong to each, so each gets it, and there is at
 * least one part when there are events. Sorts each part by index. */
void parts_finish(struct parts *parts);

#endif
