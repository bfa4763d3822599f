/* The formats of lines, by their address. */

#include "format/choices.h"

#include "base/alloc.h"

#include <stdlib.h>

enum {
    N_SLOTS = 4096 /* a power of two; a later line takes the place of an earlier one */
};

struct chosen {
    struct span line;
    const struct format *format; /* NULL: empty */
    int bid;
};

struct choices {
    struct chosen *slots; /* by address */
    bool used;
    uint64_t n_asked;
};

struct choices *choices_new(void)
{
    struct choices *choices = ALLOC(struct choices);

    choices->slots = alloc_zeroed(N_SLOTS, sizeof(*choices->slots));
    return choices;
}

void choices_free(struct choices *choices)
{
    if (!choices) {
        return;
    }
    free(choices->slots);
    free(choices);
}

const struct format *choices_find(struct choices *choices, struct span line, int *ret_bid)
{
    uint64_t key = (uint64_t)(uintptr_t)line.data + line.size;
    struct chosen *choice;

    if (!choices) {
        return format_choose(line, ret_bid);
    }
    choice = &choices->slots[(key * 0x9e3779b97f4a7c15 >> 32) % N_SLOTS];
    if (!choice->format || choice->line.data != line.data || choice->line.size != line.size) {
        choice->line = line;
        choice->format = format_choose(line, &choice->bid);
        choices->used = true;
        choices->n_asked++;
    }
    *ret_bid = choice->bid;
    return choice->format;
}

void choices_forget(struct choices *choices)
{
    if (!choices) {
        return;
    }
    if (choices->used) {
        memset(choices->slots, 0, N_SLOTS * sizeof(*choices->slots));
    }
    choices->used = false;
}

uint64_t choices_n_asked(const struct choices *choices)
{
    return choices->n_asked;
}
