/* Events parted by a name that they share. */

#include "reason/parts.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

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

void parts_merge_middle(struct parts *parts)
{
    size_t half = LIMIT_FINDINGS_OF_RULE / 2, n = parts->items.n;
    struct indexes *middle;

    if (n <= LIMIT_FINDINGS_OF_RULE) {
        return;
    }
    middle = &parts->items.items[half];
    for (size_t i = half + 1; i < n - half; i++) {
        struct indexes *events = &parts->items.items[i];

        for (size_t k = 0; k < events->n; k++) {
            vec_push(middle, events->items[k]);
        }
        vec_free(events);
    }
    memmove(&parts->items.items[half + 1], &parts->items.items[n - half],
            half * sizeof(*parts->items.items));
    parts->items.n = 2 * half + 1;
}

void parts_finish(struct parts *parts)
{
    if (parts->items.n == 0 && parts->everywhere.n) {
        *vec_add(&parts->items) = (struct indexes){ 0 };
    }
    for (size_t i = 0; i < parts->items.n; i++) {
        struct indexes *events = &parts->items.items[i];

        for (size_t k = 0; k < parts->everywhere.n; k++) {
            vec_push(events, parts->everywhere.items[k]);
        }
        indexes_sort(events);
    }
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
