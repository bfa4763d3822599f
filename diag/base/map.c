/* A map from text to pointer: open addressing over an array of entries in insertion order. */

#include "base/map.h"

#include "base/arena.h"
#include "base/vec.h"

struct item {
    struct span key;
    uint64_t hash;
    void *value;
};

struct map {
    struct arena *keys;
    VEC(struct item) items;
    uint32_t *slots; /* index of the item + 1; 0: free */
    size_t n_slots;  /* a power of two */
    uint64_t secret; /* that no input knows: it depends on where memory is in this run */
};

static const uint64_t multiplier = 0x9e3779b97f4a7c15;

static uint64_t spread(uint64_t hash)
{
    hash = (hash ^ hash >> 32) * multiplier;
    return hash ^ hash >> 32;
}

struct map *map_new(void)
{
    struct map *map = ALLOC(struct map);

    map->keys = arena_new();
    map->n_slots = 16;
    map->secret = spread((uintptr_t)map) + spread((uintptr_t)&multiplier) * multiplier;
    map->slots = alloc_zeroed(map->n_slots, sizeof(*map->slots));
    return map;
}

void map_free(struct map *map)
{
    if (!map) {
        return;
    }
    arena_free(map->keys);
    vec_free(&map->items);
    free(map->slots);
    free(map);
}

size_t map_size(const struct map *map)
{
    return map->items.n;
}

/* NH of https://www.cs.ucdavis.edu/~rogaway/umac/umac_proc.pdf: the product of both halves of each word, to which secret
 * numbers are added, so that a stranger cannot choose names that have the same hash. */
static uint64_t multiply(uint64_t word, uint64_t secret)
{
    return (uint64_t)((uint32_t)word + (uint32_t)secret) *
           (uint32_t)((uint32_t)(word >> 32) + (uint32_t)(secret >> 32));
}

/* Eight bytes at once. */
static uint64_t hash_of(const struct map *map, struct span key)
{
    uint64_t hash = key.size, secret = map->secret, word;

    for (; key.size >= sizeof(word); key = span_skip(key, sizeof(word))) {
        memcpy(&word, key.data, sizeof(word));
        hash += multiply(word, secret);
        secret = secret * multiplier + map->secret;
    }
    word = 0;
    if (key.size > 0) {
        memcpy(&word, key.data, key.size);
    }
    return spread(hash + multiply(word, secret));
}

static size_t slot_of(const struct map *map, struct span key, uint64_t hash)
{
    size_t slot = hash & (map->n_slots - 1);

    while (map->slots[slot]) {
        const struct item *item = &map->items.items[map->slots[slot] - 1];

        if (item->hash == hash && span_equal(item->key, key)) {
            break;
        }
        slot = (slot + 1) & (map->n_slots - 1);
    }
    return slot;
}

static void grow(struct map *map)
{
    free(map->slots);
    map->n_slots *= 2;
    map->slots = alloc_zeroed(map->n_slots, sizeof(*map->slots));
    for (size_t i = 0; i < map->items.n; i++) {
        const struct item *item = &map->items.items[i];

        map->slots[slot_of(map, item->key, item->hash)] = (uint32_t)(i + 1);
    }
}

void *map_find(const struct map *map, struct span key)
{
    uint32_t at = map->slots[slot_of(map, key, hash_of(map, key))];

    return at ? map->items.items[at - 1].value : NULL;
}

static void **at(struct map *map, struct span key, bool borrowed)
{
    uint64_t hash = hash_of(map, key);
    size_t slot = slot_of(map, key, hash);

    if (!map->slots[slot]) {
        if ((map->items.n + 1) * 4 > map->n_slots * 3) {
            grow(map);
            slot = slot_of(map, key, hash);
        }
        vec_push(&map->items,
                 (struct item){ .key = borrowed ? key : arena_copy(map->keys, key), .hash = hash });
        map->slots[slot] = (uint32_t)map->items.n;
    }
    return &map->items.items[map->slots[slot] - 1].value;
}

void **map_at(struct map *map, struct span key)
{
    return at(map, key, /* borrowed= */ false);
}

void **map_at_borrowed(struct map *map, struct span key)
{
    return at(map, key, /* borrowed= */ true);
}

struct span map_key(const struct map *map, size_t i)
{
    return map->items.items[i].key;
}

void *map_value(const struct map *map, size_t i)
{
    return map->items.items[i].value;
}
