/* Views into text: search, cut, parse numbers. */

#define _GNU_SOURCE /* memmem */
#include "base/span.h"

#include "base/arithmetic.h"

enum {
    LINE_BYTES = 1024, /* in less, memmem(3) takes longer to prepare than to search */
    WORD_BYTES = 32
};

/* By the first byte. */
static ptrdiff_t find_in_line(struct span line, struct span word)
{
    const char *at = line.data, *end = line.data + line.size - word.size + 1;

    while (at < end && (at = memchr(at, word.data[0], (size_t)(end - at)))) {
        if (memcmp(at, word.data, word.size) == 0) {
            return at - line.data;
        }
        at++;
    }
    return -1;
}

ptrdiff_t span_find(struct span span, struct span needle)
{
    const char *found;

    if (needle.size == 0) {
        return 0;
    }
    if (span.size < needle.size) {
        return -1;
    }
    if (span.size <= LINE_BYTES && needle.size <= WORD_BYTES) {
        return find_in_line(span, needle);
    }
    found = memmem(span.data, span.size, needle.data, needle.size);
    return found ? found - span.data : -1;
}

ptrdiff_t span_find_byte(struct span span, char c)
{
    const char *found = span.size ? memchr(span.data, c, span.size) : NULL;

    return found ? found - span.data : -1;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct span span_trim(struct span span)
{
    while (span.size && is_space(span.data[0])) {
        span = span_skip(span, 1);
    }
    while (span.size && is_space(span.data[span.size - 1])) {
        span.size--;
    }
    return span;
}

bool span_cut(struct span *rest, char separator, struct span *ret)
{
    ptrdiff_t at;

    if (rest->size == 0) {
        return false;
    }
    at = span_find_byte(*rest, separator);
    if (at < 0) {
        *ret = *rest;
        *rest = span_skip(*rest, rest->size);
    } else {
        *ret = span_head(*rest, (size_t)at);
        *rest = span_skip(*rest, (size_t)at + 1);
    }
    return true;
}

bool span_word(struct span *rest, struct span *ret)
{
    struct span span = *rest;
    size_t n = 0;

    while (span.size && (span.data[0] == ' ' || span.data[0] == '\t')) {
        span = span_skip(span, 1);
    }
    while (n < span.size && span.data[n] != ' ' && span.data[n] != '\t') {
        n++;
    }
    if (n == 0) {
        return false;
    }
    *ret = span_head(span, n);
    *rest = span_skip(span, n);
    return true;
}

bool span_to_uint(struct span span, uint64_t *ret)
{
    uint64_t value = 0;

    if (span.size == 0) {
        return false;
    }
    for (size_t i = 0; i < span.size; i++) {
        unsigned digit = (unsigned)(unsigned char)span.data[i] - '0';

        if (digit > 9 || MUL_OVERFLOWS(value, (uint64_t)10, &value) ||
            ADD_OVERFLOWS(value, (uint64_t)digit, &value)) {
            return false;
        }
    }
    *ret = value;
    return true;
}

bool span_to_int(struct span span, int64_t *ret)
{
    bool negative = span.size && span.data[0] == '-';
    uint64_t value;

    if (!span_to_uint(span_skip(span, negative), &value)) {
        return false;
    }
    if (value > (uint64_t)INT64_MAX + negative) {
        return false;
    }
    *ret = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

bool span_matches_glob(struct span span, const char *glob)
{
    const char *star = NULL;
    size_t at = 0, retry = 0;

    /* The last star matches as little as possible, and one byte more each time the rest fails:
     * linear in practice, quadratic at worst, no recursion. */
    while (at < span.size) {
        if (*glob == '*') {
            star = glob++;
            retry = at;
        } else if (*glob == '?' || (*glob && *glob == span.data[at])) {
            glob++;
            at++;
        } else if (star) {
            glob = star + 1;
            at = ++retry;
        } else {
            return false;
        }
    }
    while (*glob == '*') {
        glob++;
    }
    return *glob == '\0';
}
