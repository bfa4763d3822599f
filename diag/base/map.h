#ifndef NODECAUSE_BASE_MAP_H
#define NODECAUSE_BASE_MAP_H

#include "base/cleanup.h"
#include "base/span.h"

/* A map from text to pointer. Keys are copied, values belong to the caller. No removal; map_key()
 * and map_value() iterate in insertion order. */
struct map;

struct map *map_new(void);
void map_free(struct map *map); /* NULL is allowed */
DEFINE_CLEANUP(struct map, map_free)

size_t map_size(const struct map *map);

/* The value, or NULL if the key does not exist. */
void *map_find(const struct map *map, struct span key);

/* The address of the key's value, which is NULL if the key is new. Valid until the next map_at().
 */
void **map_at(struct map *map, struct span key);

/* The same, but a new key is not copied: it must outlive the map. */
void **map_at_borrowed(struct map *map, struct span key);

/* The i-th key and value in insertion order, i < map_size(). */
struct span map_key(const struct map *map, size_t i);
void *map_value(const struct map *map, size_t i);

#endif
