#include "state/inventory.h"

#include "base/alloc.h"
#include "base/vec.h"

#include <stdlib.h>

struct input_states {
    uint32_t input;
    struct states *states;
};

struct inventory {
    VEC(struct input_states) items; /* an empty one is used again when it is the last */
};

struct inventory *inventory_new(void)
{
    return ALLOC(struct inventory);
}

void inventory_free(struct inventory *inventory)
{
    if (!inventory) {
        return;
    }
    for (size_t i = 0; i < inventory->items.n; i++) {
        states_free(inventory->items.items[i].states);
    }
    vec_free(&inventory->items);
    free(inventory);
}

static struct input_states *find(const struct inventory *inventory, uint32_t input)
{
    for (size_t i = 0; i < inventory->items.n; i++) {
        if (inventory->items.items[i].input == input) {
            return &inventory->items.items[i];
        }
    }
    return NULL;
}

struct states *inventory_states(struct inventory *inventory, uint32_t input)
{
    struct input_states *found = find(inventory, input);
    size_t n = inventory->items.n;

    if (found) {
        return found->states;
    }
    if (n && states_empty(inventory->items.items[n - 1].states)) {
        inventory->items.items[n - 1].input = input;
    } else {
        vec_push(&inventory->items, (struct input_states){ input, states_new() });
    }
    return inventory->items.items[inventory->items.n - 1].states;
}

void inventory_forget(struct inventory *inventory, uint32_t input)
{
    struct input_states *found = find(inventory, input);

    if (found) {
        states_free(found->states);
        found->states = states_new();
    }
}

size_t inventory_size(const struct inventory *inventory)
{
    return inventory->items.n;
}

uint32_t inventory_input(const struct inventory *inventory, size_t i)
{
    return inventory->items.items[i].input;
}

const struct states *inventory_at(const struct inventory *inventory, size_t i)
{
    return inventory->items.items[i].states;
}
