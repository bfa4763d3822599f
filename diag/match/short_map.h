#ifndef NODECAUSE_MATCH_SHORT_MAP_H
#define NODECAUSE_MATCH_SHORT_MAP_H

#include "base/cleanup.h"
#include "base/span.h"
#include "match/commonness.h"

/* Where may a literal be that is too short for match/word_map.h? Of each the three bytes are looked for
 * that are least common in logs. */
struct short_map;

struct short_map *short_map_new(void);
void short_map_free(struct short_map *map); /* NULL is fine */
DEFINE_CLEANUP(struct short_map, short_map_free)

/* Looks at the bytes one by one, as on a processor without AVX2: for the tests. */
void short_map_use_plain(struct short_map *map);

/* Adds a literal of one byte or more; `number` is given back. The text is borrowed. */
void short_map_add(struct short_map *map, struct span text, bool caseless, uint32_t number);

/* After the last literal was added. */
void short_map_build(struct short_map *map, const struct commonness *common);

/* Calls `found` for each place where a literal may begin, and for each where one does; the caller
 * compares the bytes. `start` may be outside of the text. Those of each literal come in their order. */
void short_map_scan(const struct short_map *map, struct span text,
                    void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data);

#endif
