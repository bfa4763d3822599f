/* UTF-8: validate, clean, and neutralise hostile text. RFC 3629. */

#include "base/utf8.h"

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static uint32_t decode(const char *p, size_t n)
{
    static const unsigned char first_bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    uint32_t c = (unsigned char)p[0] & first_bits[n];

    for (size_t i = 1; i < n; i++) {
        c = c << 6 | ((unsigned char)p[i] & 0x3f);
    }
    return c;
}

size_t utf8_character(struct span span)
{
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned char first;
    uint32_t c;
    size_t n;

    if (span.size == 0) {
        return 0;
    }
    first = (unsigned char)span.data[0];
    if (first < 0x80) {
        return 1;
    }
    n = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || span.size < n) {
        return 0;
    }
    for (size_t i = 1; i < n; i++) {
        if (!is_continuation(span.data[i])) {
            return 0;
        }
    }
    c = decode(span.data, n);
    if (c < smallest[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
        return 0;
    }
    return n;
}

/* Number of ASCII bytes at the start, eight at a time. */
static size_t ascii_size(struct span span)
{
    size_t n = 0;

    while (n + sizeof(uint64_t) <= span.size) {
        uint64_t bytes;

        memcpy(&bytes, span.data + n, sizeof(bytes));
        if (bytes & UINT64_C(0x8080808080808080)) {
            break;
        }
        n += sizeof(bytes);
    }
    return n;
}

size_t utf8_valid_size(struct span span)
{
    struct span rest = span;

    while (rest.size) {
        size_t n = ascii_size(rest);

        if (n == 0) {
            n = utf8_character(rest);
        }
        if (n == 0) {
            break;
        }
        rest = span_skip(rest, n);
    }
    return span.size - rest.size;
}

bool utf8_valid(struct span span)
{
    return utf8_valid_size(span) == span.size;
}

void utf8_add_clean(struct buf *buf, struct span span)
{
    while (span.size) {
        size_t n = utf8_character(span);

        if (n) {
            buf_add(buf, span_head(span, n));
        } else {
            buf_add(buf, SPAN("\xef\xbf\xbd"));
        }
        span = span_skip(span, n ? n : 1);
    }
}

/* Characters that change how the surrounding text is displayed, or are invisible. */
static bool disguises(uint32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || c == 0x061c ||
           (c >= 0xe0000 && c <= 0xe007f) || c == 0x2028 || c == 0x2029;
}

void utf8_add_visible(struct buf *buf, struct span span)
{
    while (span.size) {
        size_t n = utf8_character(span);
        uint32_t c = n ? decode(span.data, n) : 0;

        if (n == 0) {
            buf_printf(buf, "\\x%02x", (unsigned)(unsigned char)span.data[0]);
        } else if (c == '\t' || c == '\n') {
            buf_add_byte(buf, ' ');
        } else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            buf_printf(buf, "\\x%02x", (unsigned)c);
        } else if (disguises(c)) {
            buf_printf(buf, "\\u%04x", (unsigned)c);
        } else {
            buf_add(buf, span_head(span, n));
        }
        span = span_skip(span, n ? n : 1);
    }
}

static bool is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
           (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
           (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) ||
           (c >= 0x20000 && c <= 0x3fffd);
}

size_t utf8_columns(struct span span)
{
    size_t columns = 0;

    while (span.size) {
        size_t n = ascii_size(span);

        columns += n;
        if (n == 0) {
            n = utf8_character(span);
            columns += n && is_wide(decode(span.data, n)) ? 2 : 1;
        }
        span = span_skip(span, n ? n : 1);
    }
    return columns;
}
