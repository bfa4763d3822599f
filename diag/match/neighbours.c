#include "match/neighbours.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>

enum {
    MANY = 2 * LIMIT_BLOCK_RECORDS,    /* kept over from record to record */
    N_SLOTS = 8 * LIMIT_BLOCK_RECORDS, /* a power of two; one block adds 2 * LIMIT_BLOCK_RECORDS */
    MANY_BYTES = 4 * 1024 * 1024,
};

struct neighbours {
    const struct batch *batch;
    struct arena *arena;
    struct neighbour **slots; /* by position, open addressing */
    size_t n;
    uint64_t n_decoded;
};

struct neighbours *neighbours_new(void)
{
    struct neighbours *neighbours = ALLOC(struct neighbours);

    neighbours->arena = arena_new();
    neighbours->slots = alloc_zeroed(N_SLOTS, sizeof(*neighbours->slots));
    return neighbours;
}

void neighbours_free(struct neighbours *neighbours)
{
    if (!neighbours) {
        return;
    }
    arena_free(neighbours->arena);
    free(neighbours->slots);
    free(neighbours);
}

static void forget(struct neighbours *neighbours)
{
    if (neighbours->n > 0) {
        memset(neighbours->slots, 0, N_SLOTS * sizeof(*neighbours->slots));
    }
    neighbours->n = 0;
    arena_clear(neighbours->arena);
}

void neighbours_begin(struct neighbours *neighbours, const struct batch *batch)
{
    forget(neighbours);
    neighbours->batch = batch;
}

void neighbours_trim(struct neighbours *neighbours)
{
    if (neighbours->n > MANY || arena_size(neighbours->arena) > MANY_BYTES) {
        forget(neighbours);
    }
}

static struct neighbour **slot_of(struct neighbours *neighbours, position at)
{
    size_t slot = ((uint64_t)at * 0x9e3779b97f4a7c15 >> 32) % N_SLOTS;

    while (neighbours->slots[slot] && neighbours->slots[slot]->at != at) {
        slot = (slot + 1) % N_SLOTS;
    }
    return &neighbours->slots[slot];
}

int neighbours_get(struct neighbours *neighbours, position at, struct neighbour **ret)
{
    const struct batch *batch = neighbours->batch;
    struct neighbour **slot = slot_of(neighbours, at);
    int r;

    if (*slot) {
        *ret = *slot;
        return 0;
    }
    assert(neighbours->n < N_SLOTS / 2 + N_SLOTS / 4);
    *slot = ARENA_NEW(neighbours->arena, struct neighbour);
    neighbours->n++;
    (*slot)->at = at;
    (*slot)->entry = entry_empty();
    r = batch_decode(batch, at, neighbours->arena, &(*slot)->entry);
    if (r < 0) {
        return r;
    }
    neighbours->n_decoded++;
    (*slot)->is_entry = r > 0;
    *ret = *slot;
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

const struct batch *neighbours_batch(const struct neighbours *neighbours)
{
    return neighbours->batch;
}

uint64_t neighbours_n_decoded(const struct neighbours *neighbours)
{
    return neighbours->n_decoded;
}
