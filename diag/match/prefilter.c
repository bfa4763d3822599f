/* The literals of all rules, looked for in whole batches.
 *
 * Two maps show where a literal may begin: match/word_map.h, and match/short_map.h for the
 * short ones. Here the bytes are compared, and the hits put in order. */

#include "match/prefilter.h"

#include "base/alloc.h"
#include "base/vec.h"
#include "entry/batch.h"
#include "match/short_map.h"
#include "match/word_map.h"

#include <stdlib.h>

/* The last hit of a literal. */
struct last {
    uint64_t scan; /* number of the scan; 0: none yet */
    size_t line;   /* end of its line */
    size_t hit;    /* its index in `hits` */
};

struct prefilter {
    struct prefilter_literal *literals;
    struct last *last; /* for each literal */
    size_t n;
    struct word_map *words;
    struct short_map *shorts; /* NULL: no literal is short */
    bool shares;              /* the literals and maps are another's */

    /* The scan under way. */
    struct span bytes;
    uint64_t scan;    /* its number */
    size_t line_from; /* where a hit in the line of the last hit ends, the first that is known */
    size_t line_end;  /* of that line */
    size_t newline_from, newline; /* from the first up to the second there is no newline */
    bool disordered;
    VEC(struct literal_hit) hits;
};

/* The end of the line, or of the record where several share it, in the bytes from `end` up to `limit`; `limit`: neither
 * is there. Of a long line with many records the newline is looked for once. */
static size_t find_end(struct prefilter *prefilter, size_t end, size_t limit)
{
    struct span rest = span_skip(span_head(prefilter->bytes, limit), end);
    ptrdiff_t at;

    if (end < prefilter->newline_from || end > prefilter->newline) {
        at = span_find_byte(rest, '\n');
        prefilter->newline_from = end;
        prefilter->newline = at < 0 ? limit : end + (size_t)at;
    }
    rest = span_head(rest, prefilter->newline - end);
    at = span_find_byte(rest, BATCH_RECORD_MARK);
    return at < 0 ? end + rest.size : end + (size_t)at;
}

/* Hits come line by line, but within a line in any order; and those of short literals begin at the first
 * line again. */
static void find_line(struct prefilter *prefilter, size_t end)
{
    bool before = end < prefilter->line_from;
    size_t limit = before ? prefilter->line_from : prefilter->bytes.size, found;

    if (!before && end <= prefilter->line_end) {
        return;
    }
    found = find_end(prefilter, end, limit);
    prefilter->line_from = end;
    if (!before || found < limit) {
        prefilter->line_end = found;
    }
}

static void add_hit(struct prefilter *prefilter, size_t literal, size_t end)
{
    struct last *last = &prefilter->last[literal];
    struct literal_hit *hit;

    find_line(prefilter, end);
    if (last->scan != prefilter->scan || last->line != prefilter->line_end) {
        *last = (struct last){ prefilter->scan, prefilter->line_end, prefilter->hits.n };
        hit = vec_add(&prefilter->hits);
        *hit = (struct literal_hit){ .end = end, .id = prefilter->literals[literal].id };
    } else {
        hit = &prefilter->hits.items[last->hit];
        if (end >= hit->end) {
            return;
        }
        hit->end = end;
    }
    if (last->hit > 0 && hit[-1].end >= end) {
        prefilter->disordered = true;
    }
}

static unsigned char lower(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

static bool equal_caseless(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (lower(a[i]) != lower(b[i])) {
            return false;
        }
    }
    return true;
}

/* A literal may begin at `start`. */
static void compare(void *data, uint32_t number, ptrdiff_t start)
{
    struct prefilter *prefilter = data;
    const struct prefilter_literal *literal = &prefilter->literals[number];
    struct span text = literal->text;

    if (start < 0 || (size_t)start + text.size > prefilter->bytes.size) {
        return;
    }
    if (literal->caseless ? equal_caseless(prefilter->bytes.data + start, text.data, text.size)
                          : memcmp(prefilter->bytes.data + start, text.data, text.size) == 0) {
        add_hit(prefilter, number, (size_t)start + text.size);
    }
}

static void add_literal(struct prefilter *prefilter, size_t i)
{
    const struct prefilter_literal *literal = &prefilter->literals[i];

    if (literal->text.size >= WORD_MAP_LITERAL_MIN) {
        word_map_add(prefilter->words, literal->text, literal->caseless, (uint32_t)i);
        return;
    }
    if (!prefilter->shorts) {
        prefilter->shorts = short_map_new();
    }
    short_map_add(prefilter->shorts, literal->text, literal->caseless, (uint32_t)i);
}

static void add_literals(struct prefilter *prefilter)
{
    CLEANUP(commonness_free_at) struct commonness *common = commonness_new();

    for (size_t i = 0; i < prefilter->n; i++) {
        add_literal(prefilter, i);
    }
    word_map_build(prefilter->words, common);
    if (prefilter->shorts) {
        short_map_build(prefilter->shorts, common);
    }
}

struct prefilter *prefilter_new(const struct prefilter_literal *literals, size_t n)
{
    struct prefilter *prefilter = ALLOC(struct prefilter);

    prefilter->literals = alloc_zeroed(n, sizeof(*literals));
    prefilter->last = alloc_zeroed(n, sizeof(*prefilter->last));
    prefilter->words = word_map_new();
    prefilter->n = n;
    if (n > 0) {
        memcpy(prefilter->literals, literals, n * sizeof(*literals));
    }
    add_literals(prefilter);
    return prefilter;
}

struct prefilter *prefilter_share(const struct prefilter *prefilter)
{
    struct prefilter *ret = ALLOC(struct prefilter);

    ret->literals = prefilter->literals;
    ret->last = alloc_zeroed(prefilter->n, sizeof(*ret->last));
    ret->n = prefilter->n;
    ret->words = prefilter->words;
    ret->shorts = prefilter->shorts;
    ret->shares = true;
    return ret;
}

void prefilter_free(struct prefilter *prefilter)
{
    if (!prefilter) {
        return;
    }
    if (!prefilter->shares) {
        word_map_free(prefilter->words);
        short_map_free(prefilter->shorts);
        free(prefilter->literals);
    }
    free(prefilter->last);
    vec_free(&prefilter->hits);
    free(prefilter);
}

static int compare_hits(const void *a, const void *b)
{
    const struct literal_hit *x = a, *y = b;

    if (x->end != y->end) {
        return x->end < y->end ? -1 : 1;
    }
    return (x->id > y->id) - (x->id < y->id);
}

const struct literal_hit *prefilter_scan(struct prefilter *prefilter, struct span bytes,
                                         size_t *ret_n)
{
    vec_clear(&prefilter->hits);
    prefilter->disordered = false;
    prefilter->bytes = bytes;
    prefilter->scan++;
    prefilter->line_from = prefilter->line_end = 0;
    prefilter->newline_from = prefilter->newline = 0;
    word_map_scan(prefilter->words, bytes, compare, prefilter);
    if (prefilter->shorts) {
        short_map_scan(prefilter->shorts, bytes, compare, prefilter);
    }
    if (prefilter->disordered) {
        qsort(prefilter->hits.items, prefilter->hits.n, sizeof(*prefilter->hits.items),
              compare_hits);
    }
    *ret_n = prefilter->hits.n;
    return prefilter->hits.items;
}
