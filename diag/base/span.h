#ifndef NODECAUSE_BASE_SPAN_H
#define NODECAUSE_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A piece of text owned by another object. Not NUL-terminated, may contain NUL bytes and invalid
 * UTF-8. `data` may be NULL only if `size` is 0. The function that returns one documents how long
 * it is valid. */
struct span {
    const char *data;
    size_t size;
};

/* A decimal digit of ASCII. isdigit(3) must not be given a negative char. */
static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A span of a string literal. */
#define SPAN(literal) ((struct span){ (literal), sizeof(literal) - 1 })

/* A span of a NUL-terminated string; NULL gives the empty span. */
static inline struct span span_of(const char *string)
{
    return (struct span){ string, string ? strlen(string) : 0 };
}

static inline bool span_empty(struct span span)
{
    return span.size == 0;
}

static inline bool span_equal(struct span a, struct span b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool span_is(struct span span, const char *string)
{
    return span_equal(span, span_of(string));
}

static inline bool span_starts(struct span span, struct span prefix)
{
    return span.size >= prefix.size &&
           (prefix.size == 0 || memcmp(span.data, prefix.data, prefix.size) == 0);
}

static inline bool span_ends(struct span span, struct span suffix)
{
    return span.size >= suffix.size &&
           (suffix.size == 0 ||
            memcmp(span.data + span.size - suffix.size, suffix.data, suffix.size) == 0);
}

/* Without its first `n` bytes; the empty span at its end if it is shorter. */
static inline struct span span_skip(struct span span, size_t n)
{
    if (n > span.size) {
        n = span.size;
    }
    return (struct span){ n ? span.data + n : span.data, span.size - n };
}

/* Its first `n` bytes, or all of it if it is shorter. */
static inline struct span span_head(struct span span, size_t n)
{
    return (struct span){ span.data, n < span.size ? n : span.size };
}

/* Both arguments of `%.*s` for a span in a message, which shows at most 64 bytes of it. */
#define TEXT_OF(span) (int)span_head(span, 64).size, (span).data ? (span).data : ""

/* Offset of the first `needle`, or -1. An empty needle is found at 0. */
ptrdiff_t span_find(struct span span, struct span needle);

/* Offset of the first byte `c`, or -1. */
ptrdiff_t span_find_byte(struct span span, char c);

/* Without leading and trailing spaces, tabs, CR and LF. */
struct span span_trim(struct span span);

/* Cuts the text before the first `separator` off `*rest` into `*ret` and advances `*rest` past the
 * separator. Without a separator all of it is cut. False, with nothing changed, if `*rest` is
 * empty. */
bool span_cut(struct span *rest, char separator, struct span *ret);

/* The next word of `*rest` (separated by spaces and tabs), and advances `*rest` past it. False if
 * no word is left. */
bool span_word(struct span *rest, struct span *ret);

/* Parses the whole span as a decimal number, without sign (uint) or with an optional '-' (int).
 * False, with `*ret` unchanged, on anything else or overflow. */
bool span_to_uint(struct span span, uint64_t *ret);
bool span_to_int(struct span span, int64_t *ret);

/* True if the whole span matches a shell glob with '*' and '?'. */
bool span_matches_glob(struct span span, const char *glob);

#endif
