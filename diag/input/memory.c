/* Bytes in memory: the text of a rule's test, or of a program that uses the library. */

#include "input/memory.h"

#include "base/alloc.h"

#include <stdlib.h>

struct memory {
    struct span rest;
    uint64_t bytes; /* given so far */
};

struct source *memory_source(struct span text)
{
    struct memory *memory = ALLOC(struct memory);

    memory->rest = text;
    return (struct source *)memory;
}

static int bid(const struct source_request *request, struct span head)
{
    (void)request;
    (void)head;
    return SOURCE_NO;
}

static int64_t memory_read(struct source *source, char *buffer, size_t size)
{
    struct memory *memory = (struct memory *)source;
    struct span piece = span_head(memory->rest, size);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    memory->rest = span_skip(memory->rest, piece.size);
    memory->bytes += piece.size;
    return (int64_t)piece.size;
}

static void describe(const struct source *source, struct source_facts *ret)
{
    ret->bytes = ((const struct memory *)source)->bytes;
}

static void memory_close(struct source *source)
{
    free(source);
}

const struct source_type memory_type = {
    .name = "memory",
    .summary = "text in memory",
    .bid = bid,
    .read = memory_read,
    .describe = describe,
    .close = memory_close,
};
