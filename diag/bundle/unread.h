#ifndef NODECAUSE_BUNDLE_UNREAD_H
#define NODECAUSE_BUNDLE_UNREAD_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdint.h>

/* Files of a bundle that are not read, counted by folder and reason. */
struct unread_folder {
    size_t part; /* of the bundle (bundle/bundle.h) */
    struct span
        folder; /* seen from the root of the part, at most two names: `sys/kernel/`; empty: the root */
    const char *why;   /* in words; static, or in the layout */
    uint64_t n, bytes; /* files, and their size as far as it is known */
};

struct map;

struct unread {
    VEC(struct unread_folder) items;
    struct map *by_key; /* to index + 1 */
};

/* Counts one more. `path` is seen from the root of the part; it is borrowed. */
void unread_add(struct unread *unread, size_t part, struct span path, const char *why,
                uint64_t size);
void unread_done(struct unread *unread);

#endif
