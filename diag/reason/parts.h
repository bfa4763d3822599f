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

/* Number of parts; at least one when there are events. */
size_t parts_count(const struct parts *parts);

/* Sets *ret, whose list is reused, to the events of the i-th part by index, i < parts_count(): its
 * own, and those that do not name their part, since they may belong to any. Of these, all parts
 * together get at most a few million: each its share of the first and the last ones. */
void parts_get(const struct parts *parts, size_t i, struct indexes *ret);

#endif
