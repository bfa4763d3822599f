#ifndef NODECAUSE_SOURCE_BLOCK_RING_H
#define NODECAUSE_SOURCE_BLOCK_RING_H

#include "base/cleanup.h"
#include "entry/text_block.h"

/* Reads a regular file in blocks, and looks at each as soon as it is read, while it is in the near cache.
 * With a second thread both do so with the next block that neither has begun; the caller takes them in
 * order. They are used where they are, and not copied. */
struct block_ring;

enum {
    BLOCK_RING_BYTES = 16 * TEXT_BLOCK_BYTES
};

/* From `offset` of the file on. `before` bytes of memory before the first block are the caller's, too.
 * `filter` is borrowed. NULL: the system has no such memory for us. */
struct block_ring *block_ring_new(int fd, uint64_t offset, size_t before,
                                  const struct line_filter *filter, bool threaded);
void block_ring_free(struct block_ring *ring); /* NULL is allowed */
DEFINE_CLEANUP(struct block_ring, block_ring_free)

/* The next block: 1; 0 at the end; negative errno. It is valid until it is given back, and so are those
 * before it; all that the caller has, with `before`, must be less than BLOCK_RING_BYTES -
 * TEXT_BLOCK_BYTES. The bytes before a block are those of the blocks before it. */
int block_ring_take(struct block_ring *ring, struct text_block *ret);

/* The caller no longer needs what is before this offset in the file. */
void block_ring_give_back(struct block_ring *ring, uint64_t offset);

/* Does a second thread read? */
bool block_ring_has_thread(const struct block_ring *ring);

#endif
