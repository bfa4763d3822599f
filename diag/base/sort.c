#include "base/sort.h"

#include <stdbool.h>
#include <stdlib.h>

static bool is_sorted(const char *items, size_t n, size_t size,
                      int (*compare)(const void *a, const void *b))
{
    for (size_t i = 1; i < n; i++) {
        if (compare(items + (i - 1) * size, items + i * size) > 0) {
            return false;
        }
    }
    return true;
}

void sort_items(void *items, size_t n, size_t size, int (*compare)(const void *a, const void *b))
{
    if (!is_sorted(items, n, size, compare)) {
        qsort(items, n, size, compare);
    }
}
