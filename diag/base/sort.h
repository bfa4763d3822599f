#ifndef NODECAUSE_BASE_SORT_H
#define NODECAUSE_BASE_SORT_H

#include <stddef.h>

/* qsort() of what is often in order already: then it is only looked through. `items` may be NULL when
 * `n` is 0. */
void sort_items(void *items, size_t n, size_t size, int (*compare)(const void *a, const void *b));

#endif
