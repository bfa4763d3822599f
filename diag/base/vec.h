#ifndef NODECAUSE_BASE_VEC_H
#define NODECAUSE_BASE_VEC_H

#include "base/alloc.h"

#include <stdlib.h>

/* A growing array. `VEC(struct rule) rules = { 0 };` owns the memory of its items, but not what
 * they point to; release it with vec_free(). Items move when it grows, so pointers to them become
 * invalid. */
#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t n, allocated;                                                                       \
    }

/* Makes room for one more item and returns its address; the item is uninitialised. */
#define vec_add(v)                                                                                 \
    ((v)->n < (v)->allocated                                                                       \
         ? &(v)->items[(v)->n++]                                                                   \
         : ((v)->allocated = (v)->allocated ? (v)->allocated * 2 : 8,                              \
            (v)->items = alloc_resized((v)->items, (v)->allocated, sizeof(*(v)->items)),           \
            &(v)->items[(v)->n++]))

#define vec_push(v, ...) ((void)(*vec_add(v) = (__VA_ARGS__)))

#define vec_clear(v) ((void)((v)->n = 0))

#define vec_free(v)                                                                                \
    do {                                                                                           \
        free((v)->items);                                                                          \
        (v)->items = NULL;                                                                         \
        (v)->n = (v)->allocated = 0;                                                               \
    } while (0)

#endif
