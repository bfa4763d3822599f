#ifndef NODECAUSE_STATE_INVENTORY_H
#define NODECAUSE_STATE_INVENTORY_H

#include "state/state.h"

/* The state tables of each input. They are of different nodes until the inputs show that they are
 * of one. */
struct inventory;

struct inventory *inventory_new(void);
void inventory_free(struct inventory *inventory); /* NULL is allowed */
DEFINE_CLEANUP(struct inventory, inventory_free)

/* The tables of the input, to be filled. Borrowed, and valid until the next call for another input:
 * tables that are still empty are then used for that one. */
struct states *inventory_states(struct inventory *inventory, uint32_t input);

/* Forgets the tables of the input, if it has any. */
void inventory_forget(struct inventory *inventory, uint32_t input);

/* The inputs, in the order in which they were added: 0 to inventory_size() - 1. Tables may be empty.
 */
size_t inventory_size(const struct inventory *inventory);
uint32_t inventory_input(const struct inventory *inventory, size_t i);
const struct states *inventory_at(const struct inventory *inventory, size_t i);

#endif
