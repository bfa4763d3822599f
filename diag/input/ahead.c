/* Reading in advance: a state file is known by all of its text, which on a pipe comes only once. */

#include "input/ahead.h"

#include "base/limits.h"

#include <errno.h>

void ahead_done(struct ahead *ahead)
{
    buf_done(&ahead->head);
}

enum {
    HEAD_BYTES = 64 * 1024 /* of what is known to be larger */
};

static uint64_t size_of(const struct ahead *ahead)
{
    struct source_facts facts = { 0 };

    ahead->type->describe(ahead->source, &facts);
    return facts.size;
}

bool ahead_fill(struct ahead *ahead, size_t max)
{
    struct buf *head = &ahead->head;
    int64_t n = 1;

    max = size_of(ahead) > max ? HEAD_BYTES : max;
    while (n > 0 && head->size <= max) {
        char *room = buf_reserve(head, LIMIT_MARGIN_BYTES);

        n = ahead->type->read(ahead->source, room, LIMIT_MARGIN_BYTES);
        if (n > 0) {
            head->size += (size_t)n;
        }
    }
    return n == 0;
}

int64_t ahead_read(void *data, char *buffer, size_t size)
{
    struct ahead *ahead = data;
    struct span rest = span_skip(buf_span(&ahead->head), ahead->taken);

    if (span_empty(rest)) {
        ahead_done(ahead); /* up to 8 MiB, for as long as the input lasts */
        ahead->taken = 0;
        return ahead->type->read(ahead->source, buffer, size);
    }
    rest = span_head(rest, size);
    memcpy(buffer, rest.data, rest.size);
    ahead->taken += rest.size;
    return (int64_t)rest.size;
}

int ahead_take(void *data, struct text_block *ret)
{
    const struct ahead *ahead = data;

    if (!ahead->type->take || ahead->taken < ahead->head.size) {
        return -ENOTSUP;
    }
    return ahead->type->take(ahead->source, ret);
}

void ahead_give_back(void *data, uint64_t offset)
{
    const struct ahead *ahead = data;

    ahead->type->give_back(ahead->source, offset);
}
