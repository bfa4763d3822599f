#include "match/neighbours.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/vec.h"

#include <assert.h>
#include <stdlib.h>

enum {
    MANY = 2 * LIMIT_BLOCK_RECORDS,    /* of a generation: all that one block reads */
    N_SLOTS = 8 * LIMIT_BLOCK_RECORDS, /* a power of two */
    MANY_BYTES = 4 * 1024 * 1024,      /* of a generation */
};

/* Neighbours that were decoded one after the other, forgotten together. */
struct generation {
    struct arena *arena;
    VEC(struct neighbour *) items;
    struct neighbour **slots; /* by position, open addressing */
};

struct neighbours {
    const struct batch *batch;
    struct generation young, old;
    uint64_t generation; /* serial number of the young one */
    uint64_t n_decoded;
};

static struct generation generation_new(void)
{
    return (struct generation){ .arena = arena_new(),
                                .slots = alloc_zeroed(N_SLOTS, sizeof(struct neighbour *)) };
}

static void generation_free(struct generation *generation)
{
    arena_free(generation->arena);
    vec_free(&generation->items);
    free(generation->slots);
}

static size_t hash(position at)
{
    return ((uint64_t)at * 0x9e3779b97f4a7c15 >> 32) % N_SLOTS;
}

static struct neighbour **slot_of(const struct generation *generation, position at)
{
    size_t slot = hash(at);

    while (generation->slots[slot] && generation->slots[slot]->at != at) {
        slot = (slot + 1) % N_SLOTS;
    }
    return &generation->slots[slot];
}

/* Where it is, whichever slots before it are free by now. */
static void free_slot(struct generation *generation, const struct neighbour *neighbour)
{
    size_t slot = hash(neighbour->at);

    while (generation->slots[slot] != neighbour) {
        slot = (slot + 1) % N_SLOTS;
    }
    generation->slots[slot] = NULL;
}

/* Of most batches few records are decoded. */
static void generation_clear(struct generation *generation)
{
    if (generation->items.n > N_SLOTS / 16) {
        memset(generation->slots, 0, N_SLOTS * sizeof(*generation->slots));
    } else {
        for (size_t i = 0; i < generation->items.n; i++) {
            free_slot(generation, generation->items.items[i]);
        }
    }
    vec_clear(&generation->items);
    arena_clear(generation->arena);
}

struct neighbours *neighbours_new(void)
{
    struct neighbours *neighbours = ALLOC(struct neighbours);

    neighbours->young = generation_new();
    neighbours->old = generation_new();
    return neighbours;
}

void neighbours_free(struct neighbours *neighbours)
{
    if (!neighbours) {
        return;
    }
    generation_free(&neighbours->young);
    generation_free(&neighbours->old);
    free(neighbours);
}

void neighbours_begin(struct neighbours *neighbours, const struct batch *batch)
{
    generation_clear(&neighbours->young);
    generation_clear(&neighbours->old);
    neighbours->batch = batch;
}

/* The way from the young into the old generation. */
static void cut_links(struct neighbours *neighbours)
{
    for (size_t i = 0; i < neighbours->young.items.n; i++) {
        struct neighbour *from = neighbours->young.items.items[i];

        for (int side = 0; side < 2; side++) {
            if (from->side[side] && from->side[side]->generation < from->generation) {
                from->side[side] = NULL;
                from->reached[side] = false;
            }
        }
    }
}

/* Batches are read in order, so what was decoded first is what is farthest before the position. */
void neighbours_trim(struct neighbours *neighbours)
{
    struct generation kept = neighbours->young;

    if (kept.items.n <= MANY && arena_size(kept.arena) <= MANY_BYTES) {
        return;
    }
    cut_links(neighbours);
    generation_clear(&neighbours->old);
    neighbours->young = neighbours->old;
    neighbours->old = kept;
    neighbours->generation++;
}

static int decode(struct neighbours *neighbours, position at, struct neighbour **ret)
{
    struct generation *young = &neighbours->young;
    struct neighbour *neighbour = ARENA_NEW(young->arena, struct neighbour);
    int r;

    assert(young->items.n < N_SLOTS / 2 + N_SLOTS / 4);
    neighbour->at = at;
    neighbour->generation = neighbours->generation;
    neighbour->entry = entry_empty();
    r = batch_decode(neighbours->batch, at, young->arena, &neighbour->entry);
    if (r < 0) {
        return r;
    }
    neighbours->n_decoded++;
    neighbour->is_entry = r > 0;
    vec_push(&young->items, neighbour);
    *slot_of(young, at) = neighbour;
    *ret = neighbour;
    return 0;
}

/* The record, if it is decoded; else NULL. */
static struct neighbour *find(const struct neighbours *neighbours, position at)
{
    struct neighbour *known = *slot_of(&neighbours->young, at);

    return known ? known : *slot_of(&neighbours->old, at);
}

int neighbours_get(struct neighbours *neighbours, position at, struct neighbour **ret)
{
    struct neighbour *known = find(neighbours, at);

    if (!known) {
        return decode(neighbours, at, ret);
    }
    *ret = known;
    return 0;
}

int neighbours_step(struct neighbours *neighbours, struct neighbour *from, int direction,
                    struct neighbour **ret)
{
    const struct batch *batch = neighbours->batch;
    int side = direction > 0, r;
    position at;

    if (!from->reached[side]) {
        r = batch_step(batch, from->at, direction, &at);
        if (r > 0) {
            r = neighbours_get(neighbours, at, &from->side[side]);
        }
        if (r < 0) {
            return r;
        }
        from->reached[side] = true;
    }
    if (!from->side[side]) {
        return 0;
    }
    *ret = from->side[side];
    return 1;
}

static position shared_locate(void *owner, size_t offset)
{
    return batch_locate(neighbours_batch(owner), offset);
}

static position shared_nth(void *owner, uint64_t i)
{
    const struct batch *batch = neighbours_batch(owner);

    return batch->nth(batch->owner, i);
}

static int shared_step(void *owner, position at, int direction, position *ret)
{
    return batch_step(neighbours_batch(owner), at, direction, ret);
}

static int shared_decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    const struct neighbour *known = find(owner, at);

    if (!known) {
        return batch_decode(neighbours_batch(owner), at, arena, ret);
    }
    *ret = known->entry;
    return known->is_entry;
}

struct batch neighbours_share(struct neighbours *neighbours)
{
    struct batch shared = *neighbours->batch;

    shared.owner = neighbours;
    shared.locate = shared_locate;
    shared.nth = shared.nth ? shared_nth : NULL;
    shared.step = shared_step;
    shared.decode = shared_decode;
    return shared;
}

const struct batch *neighbours_batch(const struct neighbours *neighbours)
{
    return neighbours->batch;
}

uint64_t neighbours_n_decoded(const struct neighbours *neighbours)
{
    return neighbours->n_decoded;
}
