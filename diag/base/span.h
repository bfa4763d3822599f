#ifndef NODECAUSE_BASE_SPAN_H
#define NODECAUSE_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A piece of text that belongs to somebody else. Not terminated, may contain NUL bytes and invalid
 * UTF-8. `data` may be NULL only when `size` is 0. Whoever hands one out says how long it lives. */
struct span {
    const char *data;
    size_t size;
};

/* A span over a string literal. */
#define SPAN(literal) ((struct span){ (literal), sizeof(literal) - 1 })

/* A span over a terminated string; NULL gives the empty span. */
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

/* Without its first `n` bytes; the empty span at its end when it is shorter. */
static inline struct span span_skip(struct span span, size_t n)
{
    if (n > span.size) {
        n = span.size;
    }
    return (struct span){ n ? span.data + n : span.data, span.size - n };
}

/* Its first `n` bytes, or all of it when it is shorter. */
static inline struct span span_head(struct span span, size_t n)
{
    return (struct span){ span.data, n < span.size ? n : span.size };
}

/* Offset of the first `needle`, or -1. An empty needle is found at 0. */
ptrdiff_t span_find(struct span span, struct span needle);

/* Offset of the first byte `c`, or -1. */
ptrdiff_t span_find_byte(struct span span, char c);

/* Without leading and trailing blanks, tabs, CR and LF. */
struct span span_trim(struct span span);

/* Cuts the text before the first `separator` off `*rest` into `*ret` and moves `*rest` behind the
 * separator. Without a separator all of it is cut. False, with nothing changed, when `*rest` is at
 * its end (size 0). */
bool span_cut(struct span *rest, char separator, struct span *ret);

/* The next word (run of non-blank bytes; blanks are space and tab) of `*rest`, which moves behind
 * it. False when only blanks are left. */
bool span_word(struct span *rest, struct span *ret);

/* Decimal number, all of the span, no sign (uint) or an optional '-' (int). False, with `*ret`
 * untouched, on anything else or overflow. */
bool span_to_uint(struct span span, uint64_t *ret);
bool span_to_int(struct span span, int64_t *ret);

/* Does the whole span match a shell glob of '*' and '?'? */
bool span_matches_glob(struct span span, const char *glob);

#endif
