#ifndef NODECAUSE_BASE_BUF_H
#define NODECAUSE_BASE_BUF_H

#include "base/cleanup.h"
#include "base/span.h"

#include <stdint.h>

/* Text that grows. `struct buf buf = { 0 };` is an empty one. `data` is NUL-terminated unless it is
 * NULL; `size` does not count the NUL. Cannot fail (base/alloc.h). */
struct buf {
    char *data;
    size_t size, allocated;
};

void buf_done(struct buf *buf); /* releases the memory; the buffer can be used again */
static inline void buf_done_at(struct buf *buf)
{
    buf_done(buf);
}
void buf_clear(struct buf *buf); /* empties it and keeps the memory */

/* Makes room for `n` more bytes and returns where to write them; the caller adds them to `size`. */
char *buf_reserve(struct buf *buf, size_t n);

void buf_add(struct buf *buf, struct span span);
void buf_add_string(struct buf *buf, const char *string);
void buf_add_byte(struct buf *buf, char c);

/* As 8 bytes in the order of this machine, for the key of a map. */
void buf_add_number(struct buf *buf, uint64_t number);

void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/* Borrowed: valid until the next change. */
static inline struct span buf_span(const struct buf *buf)
{
    return (struct span){ buf->data, buf->size };
}

#endif
