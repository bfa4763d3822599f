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
};

struct map *map_new(void)
{
    struct map *map = ALLOC(struct map);

    map->keys = arena_new();
    map->n_slots = 16;
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

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15;
    return hash ^ hash >> 32;
}

/* Eight bytes at once. Sizes are bounded by base/limits.h, so crafted collisions cost little. */
static uint64_t hash_of(struct span key)
{
    uint64_t hash = key.size, word;

    for (; key.size >= sizeof(word); key = span_skip(key, sizeof(word))) {
        memcpy(&word, key.data, sizeof(word));
        hash = mix(hash, word);
    }
    word = 0;
    if (key.size > 0) {
        memcpy(&word, key.data, key.size);
    }
    return mix(hash, word);
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
    uint32_t at = map->slots[slot_of(map, key, hash_of(key))];

    return at ? map->items.items[at - 1].value : NULL;
}

void **map_at(struct map *map, struct span key)
{
    uint64_t hash = hash_of(key);
    size_t slot = slot_of(map, key, hash);

    if (!map->slots[slot]) {
        if ((map->items.n + 1) * 4 > map->n_slots * 3) {
            grow(map);
            slot = slot_of(map, key, hash);
        }
        vec_push(&map->items, (struct item){ .key = arena_copy(map->keys, key), .hash = hash });
        map->slots[slot] = (uint32_t)map->items.n;
    }
    return &map->items.items[map->slots[slot] - 1].value;
}

struct span map_key(const struct map *map, size_t i)
{
    return map->items.items[i].key;
}

void *map_value(const struct map *map, size_t i)
{
    return map->items.items[i].value;
}
