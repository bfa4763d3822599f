#ifndef NODECAUSE_MATCH_PAIR_MAP_H
#define NODECAUSE_MATCH_PAIR_MAP_H

#include "base/cleanup.h"
#include "base/span.h"

/* Where may a literal be that is too short for match/word_map.h? Each has a byte that few logs
 * have (of `F010` the `F`), for which the text is searched, and then the byte after it. */
struct pair_map;

struct pair_map *pair_map_new(void);
void pair_map_free(struct pair_map *map); /* NULL is fine */
DEFINE_CLEANUP(struct pair_map, pair_map_free)

/* Adds a literal of one byte or more; `number` is given back. */
void pair_map_add(struct pair_map *map, struct span text, bool caseless, uint32_t number);

/* Calls `found` for each place where a literal may begin, and for each where one does; the caller
 * compares the bytes. `start` may be outside of the text. Those of each literal
 * come line by line, but within a line in any order. */
void pair_map_scan(const struct pair_map *map, struct span text,
                   void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data);

#endif
