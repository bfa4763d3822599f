#ifndef NODECAUSE_TIMELINE_INDEXES_H
#define NODECAUSE_TIMELINE_INDEXES_H

#include <stddef.h>
#include <stdint.h>

/* A list of indexes, of events or of candidates. Grows with base/vec.h. */
struct indexes {
    uint32_t *items;
    size_t n, allocated;
};

/* Puts them in ascending order, each once. */
void indexes_sort(struct indexes *indexes);

#endif
