/* Lists of indexes. */

#include "timeline/indexes.h"

#include "base/sort.h"

static int compare(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

void indexes_sort(struct indexes *indexes)
{
    size_t kept = 0;

    sort_items(indexes->items, indexes->n, sizeof(*indexes->items), compare);
    for (size_t i = 0; i < indexes->n; i++) {
        if (kept == 0 || indexes->items[i] != indexes->items[kept - 1]) {
            indexes->items[kept++] = indexes->items[i];
        }
    }
    indexes->n = kept;
}
