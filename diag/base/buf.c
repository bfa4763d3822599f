/* Text that grows. */

#include "base/buf.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_done(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){ 0 };
}

void buf_clear(struct buf *buf)
{
    buf->size = 0;
    if (buf->data) {
        buf->data[0] = '\0';
    }
}

char *buf_reserve(struct buf *buf, size_t n)
{
    size_t wanted = buf->size + n + 1;

    if (wanted < n) {
        abort();
    }
    if (wanted > buf->allocated) {
        size_t doubled = buf->allocated * 2;

        buf->allocated = doubled > wanted ? doubled : wanted;
        buf->data = alloc_resized(buf->data, buf->allocated, 1);
    }
    return buf->data + buf->size;
}

void buf_add(struct buf *buf, struct span span)
{
    char *end = buf_reserve(buf, span.size);

    if (span.size) {
        memcpy(end, span.data, span.size);
    }
    end[span.size] = '\0';
    buf->size += span.size;
}

void buf_add_string(struct buf *buf, const char *string)
{
    buf_add(buf, span_of(string));
}

void buf_add_byte(struct buf *buf, char c)
{
    buf_add(buf, (struct span){ &c, 1 });
}

void buf_add_number(struct buf *buf, uint64_t number)
{
    buf_add(buf, (struct span){ (const char *)&number, sizeof(number) });
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    int n;

    va_start(arguments, format);
    n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (n < 0) {
        abort();
    }
    va_start(arguments, format);
    (void)vsnprintf(buf_reserve(buf, (size_t)n), (size_t)n + 1, format, arguments);
    va_end(arguments);
    buf->size += (size_t)n;
}
