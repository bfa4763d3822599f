/* Reading in advance: a state file is known by all of its text, which on a pipe comes only once. */

#include "input/ahead.h"

#include "base/limits.h"

void ahead_done(struct ahead *ahead)
{
    buf_done(&ahead->head);
}

bool ahead_fill(struct ahead *ahead, size_t max)
{
    struct buf *head = &ahead->head;
    int64_t n = 1;

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
