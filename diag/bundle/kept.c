/* A list of chunks that a zstd compressor fills; zstd.h. */

#include "bundle/kept.h"

#include "base/alloc.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum {
    CHUNK_BYTES = 256 * 1024,
    LEVEL = 1 /* the quickest that makes a seventh of a log */
};

struct kept {
    VEC(char *) chunks; /* all full but for the last */
    size_t size, most;
    ZSTD_CCtx *compressor; /* NULL: at the end */
    bool is_too_large;
};

struct kept *kept_new(size_t most)
{
    struct kept *kept = ALLOC(struct kept);

    kept->most = most;
    kept->compressor = ZSTD_createCCtx();
    kept->is_too_large = !kept->compressor;
    if (kept->compressor) {
        (void)ZSTD_CCtx_setParameter(kept->compressor, ZSTD_c_compressionLevel, LEVEL);
    }
    return kept;
}

static void forget(struct kept *kept)
{
    for (size_t i = 0; i < kept->chunks.n; i++) {
        free(kept->chunks.items[i]);
    }
    vec_free(&kept->chunks);
    (void)ZSTD_freeCCtx(kept->compressor);
    kept->compressor = NULL;
    kept->size = 0;
}

void kept_free(struct kept *kept)
{
    if (kept) {
        forget(kept);
        free(kept);
    }
}

static void give_up(struct kept *kept)
{
    forget(kept);
    kept->is_too_large = true;
}

/* Room in the last chunk, at least a byte. False: it is too large. */
static bool find_room(struct kept *kept, ZSTD_outBuffer *ret)
{
    size_t left = kept_size(kept) - kept->size;

    if (left == 0) {
        if (kept->size + CHUNK_BYTES > kept->most) {
            give_up(kept);
            return false;
        }
        vec_push(&kept->chunks, alloc_bytes(CHUNK_BYTES));
        left = CHUNK_BYTES;
    }
    *ret = (ZSTD_outBuffer){ .dst = kept->chunks.items[kept->chunks.n - 1] + CHUNK_BYTES - left,
                             .size = left };
    return true;
}

/* Takes of `from` what there is room for; with `end`, all that the compressor holds. How much of it is left there. */
static size_t take(struct kept *kept, ZSTD_inBuffer *from, ZSTD_EndDirective end)
{
    ZSTD_outBuffer to;
    size_t rest;

    if (!find_room(kept, &to)) {
        return 0;
    }
    rest = ZSTD_compressStream2(kept->compressor, &to, from, end);
    if (ZSTD_isError(rest)) { /* out of memory */
        give_up(kept);
        return 0;
    }
    kept->size += to.pos;
    return rest;
}

void kept_add(struct kept *kept, struct span bytes)
{
    ZSTD_inBuffer from = { .src = bytes.data, .size = bytes.size };

    while (!kept->is_too_large && from.pos < from.size) {
        (void)take(kept, &from, ZSTD_e_continue);
    }
}

bool kept_end(struct kept *kept)
{
    ZSTD_inBuffer nothing = { 0 };

    while (!kept->is_too_large && take(kept, &nothing, ZSTD_e_end) > 0) {
        ;
    }
    (void)ZSTD_freeCCtx(kept->compressor);
    kept->compressor = NULL;
    return !kept->is_too_large;
}

size_t kept_size(const struct kept *kept)
{
    return kept->chunks.n * CHUNK_BYTES;
}

size_t kept_read(const struct kept *kept, uint64_t *at, char *buffer, size_t size)
{
    size_t offset = *at % CHUNK_BYTES, left = kept->size - *at, n = CHUNK_BYTES - offset;

    n = n < left ? n : left;
    n = n < size ? n : size;
    if (n > 0) {
        memcpy(buffer, kept->chunks.items[*at / CHUNK_BYTES] + offset, n);
    }
    *at += n;
    return n;
}
