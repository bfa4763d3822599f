/* Events parted by a name that they share. */

#include "reason/parts.h"

#include "base/alloc.h"

#include <stdlib.h>

/* Events that name no part, counted once for each part: with thousands of each, adding all to all
 * would take minutes. */
enum {
    MAX_SHARED = 4 * 1024 * 1024
};

void parts_init(struct parts *parts)
{
    *parts = (struct parts){ .by_name = map_new() };
}

void parts_add(struct parts *parts, struct span name, uint32_t event)
{
    void **place = map_at(parts->by_name, name);

    if (!*place) {
        *vec_add(&parts->items) = (struct indexes){ 0 };
        *place = (void *)(uintptr_t)parts->items.n;
    }
    vec_push(&parts->items.items[(uintptr_t)*place - 1], event);
}

size_t parts_count(const struct parts *parts)
{
    return parts->items.n ? parts->items.n : parts->everywhere.n > 0;
}

static void add_range(struct indexes *to, const struct indexes *from, size_t start, size_t n)
{
    for (size_t i = start; i < start + n; i++) {
        vec_push(to, from->items[i]);
    }
}

void parts_get(const struct parts *parts, size_t i, struct indexes *ret)
{
    const struct indexes *shared = &parts->everywhere;
    size_t share = MAX_SHARED / (parts->items.n ? parts->items.n : 1);

    vec_clear(ret);
    if (parts->items.n) {
        add_range(ret, &parts->items.items[i], 0, parts->items.items[i].n);
    }
    if (shared->n <= share) {
        add_range(ret, shared, 0, shared->n);
    } else {
        add_range(ret, shared, 0, share / 2);
        add_range(ret, shared, shared->n - share / 2, share / 2);
    }
    indexes_sort(ret);
}

void parts_done(struct parts *parts)
{
    for (size_t i = 0; i < parts->items.n; i++) {
        vec_free(&parts->items.items[i]);
    }
    vec_free(&parts->items);
    vec_free(&parts->everywhere);
    map_free(parts->by_name);
}

void parts_add_everywhere(struct parts *parts, uint32_t event)
{
    vec_push(&parts->everywhere, event);
}
