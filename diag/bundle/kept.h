#ifndef NODECAUSE_BUNDLE_KEPT_H
#define NODECAUSE_BUNDLE_KEPT_H

#include "base/cleanup.h"
#include "base/span.h"

#include <stdint.h>

/* What an archive contains, compressed in a way that is quick to undo: for what is compressed with xz or bzip2, so that it
 * is not decompressed again, which takes ten times as long. All of it or nothing: no stream is read from its middle. */
struct kept;

enum {
    KEPT_BYTES = 32 * 1024 *
                 1024 /* of all archives of a bundle; those of logs take a seventh of their size */
};

/* Keeps at most `most` bytes, compressed. */
struct kept *kept_new(size_t most);
void kept_free(struct kept *kept); /* NULL is fine */
DEFINE_CLEANUP(struct kept, kept_free)

/* Adds what comes next. What becomes too large is forgotten, and no more is added. */
void kept_add(struct kept *kept, struct span bytes);

/* Nothing comes any more. False: it was too large. Call once. */
bool kept_end(struct kept *kept);

/* Bytes of memory that it uses. */
size_t kept_size(const struct kept *kept);

/* Reads compressed bytes (source/inflate.h) from number *at on, which is moved, like read(2); after kept_end(). */
size_t kept_read(const struct kept *kept, uint64_t *at, char *buffer, size_t size);

#endif
