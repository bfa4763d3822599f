/* Memory that is released all at once: a list of chunks, each filled from its start. */

#include "base/arena.h"

#include "base/alloc.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    CHUNK_SIZE = 32 * 1024
};

struct chunk {
    struct chunk *next;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct chunk *chunks; /* newest first */
    size_t size;
};

struct arena *arena_new(void)
{
    return ALLOC(struct arena);
}

static void free_chunks(struct chunk *chunk)
{
    while (chunk) {
        struct chunk *next = chunk->next;

        free(chunk);
        chunk = next;
    }
}

void arena_free(struct arena *arena)
{
    if (!arena) {
        return;
    }
    free_chunks(arena->chunks);
    free(arena);
}

void arena_clear(struct arena *arena)
{
    struct chunk *kept = arena->chunks;

    arena->size = 0;
    if (!kept) {
        return;
    }
    free_chunks(kept->next);
    kept->next = NULL;
    memset(kept->bytes, 0, kept->used);
    kept->used = 0;
}

size_t arena_size(const struct arena *arena)
{
    return arena->size;
}

static struct chunk *add_chunk(struct arena *arena, size_t size)
{
    struct chunk *chunk = alloc_zeroed(1, sizeof(*chunk) + size);

    chunk->size = size;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    return chunk;
}

void *arena_alloc(struct arena *arena, size_t n)
{
    const size_t align = alignof(max_align_t);
    struct chunk *chunk = arena->chunks;
    size_t rounded = (n + align - 1) / align * align;
    void *p;

    if (rounded < n) {
        abort();
    }
    if (!chunk || chunk->size - chunk->used < rounded) {
        chunk = add_chunk(arena, rounded > CHUNK_SIZE ? rounded : CHUNK_SIZE);
    }
    p = chunk->bytes + chunk->used;
    chunk->used += rounded;
    arena->size += rounded;
    return p;
}

struct span arena_copy(struct arena *arena, struct span span)
{
    char *copy = arena_alloc(arena, span.size + 1);

    if (span.size) {
        memcpy(copy, span.data, span.size);
    }
    return (struct span){ copy, span.size };
}

char *arena_string(struct arena *arena, struct span span)
{
    char *copy = arena_alloc(arena, span.size + 1);

    if (span.size) {
        memcpy(copy, span.data, span.size);
    }
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;
    int n;

    va_start(arguments, format);
    n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (n < 0) {
        abort();
    }
    text = arena_alloc(arena, (size_t)n + 1);
    va_start(arguments, format);
    (void)vsnprintf(text, (size_t)n + 1, format, arguments);
    va_end(arguments);
    return text;
}
