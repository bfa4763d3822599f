#ifndef NODECAUSE_BASE_MAP_H
#define NODECAUSE_BASE_MAP_H

#include "base/cleanup.h"
#include "base/span.h"

/* Text to pointer. Keys are copied, values are the caller's. No removal; iteration in the order of
 * insertion through map_key() and map_value(). */
struct map;

struct map *map_new(void);
void map_free(struct map *map); /* NULL is fine */
DEFINE_CLEANUP(struct map, map_free)

size_t map_size(const struct map *map);

/* The value, or NULL when there is no such key. */
void *map_find(const struct map *map, struct span key);

/* The place of the key's value, NULL in it when the key is new. Valid until the next map_at(). */
void **map_at(struct map *map, struct span key);

/* The i-th key and value in the order of insertion, i < map_size(). */
struct span map_key(const struct map *map, size_t i);
void *map_value(const struct map *map, size_t i);

#endif
