/* The literals of all rules, looked for in whole batches.
 *
 * Two searches with the same answer. Vectorscan (Hyperscan's developer reference, "pure literal
 * matching") scans 2 GB/s, but compiling its database takes 6 ms for 100 literals, 22 to 38 ms for
 * 350 and 19 ms for 1200, which a log of ten lines would wait for. So the first FEW_BYTES go
 * through a small table indexed by the first two bytes of each literal, which takes no time to
 * build, and the database is compiled when there is more to read.
 *
 *   literal `Failed to start cAdvisor`, in
 *   E0602 15:59:24.360483   18726 kubelet.go:1530] "Failed to start cAdvisor" err="..."
 */

#include "match/prefilter.h"

#include "base/alloc.h"
#include "base/vec.h"

#include <errno.h>
#include <hs/hs.h>
#include <stdlib.h>

enum {
    FEW_BYTES = 64 * 1024, /* from here on the database pays */
    N_PAIRS = 256 * 256,
};

struct prefilter {
    struct prefilter_literal *literals;
    size_t n;

    hs_database_t *database; /* NULL until there is more than FEW_BYTES to scan */
    hs_scratch_t *scratch;
    uint64_t scanned;

    /* By pairs of bytes, in lower case: 1 + the first literal that begins with the pair; then for
     * each literal, 1 + the next one that begins so. */
    uint32_t *first, *next;

    /* The scan under way. */
    struct span bytes;
    size_t line_first; /* where the first hit in the line of the last hit ends */
    size_t line_end;   /* of that line */
    uint64_t line;     /* serial number of that line; never reset */
    uint64_t *line_of; /* for each literal, the line of its last hit */
    bool disordered;
    VEC(struct prefilter_hit) hits;
};

static unsigned char lower(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

static size_t pair_of(const char *text)
{
    return (size_t)lower(text[0]) << 8 | lower(text[1]);
}

/* Is the hit in the line of the last one? It may end before that. */
static bool in_line(struct prefilter *prefilter, size_t end)
{
    struct span between;

    if (end >= prefilter->line_first) {
        return end <= prefilter->line_end;
    }
    between = (struct span){ prefilter->bytes.data + end, prefilter->line_first - end };
    return span_find_byte(between, '\n') < 0;
}

static void find_line(struct prefilter *prefilter, size_t end)
{
    ptrdiff_t newline;

    if (prefilter->hits.n > 0 && in_line(prefilter, end)) {
        if (end < prefilter->line_first) {
            prefilter->line_first = end;
        }
        return;
    }
    newline = span_find_byte(span_skip(prefilter->bytes, end), '\n');
    prefilter->line_first = end;
    prefilter->line_end = newline < 0 ? prefilter->bytes.size : end + (size_t)newline;
    prefilter->line++;
}

static void add_hit(struct prefilter *prefilter, size_t literal, size_t end)
{
    size_t n = prefilter->hits.n;

    find_line(prefilter, end);
    if (prefilter->line_of[literal] == prefilter->line) {
        return;
    }
    prefilter->line_of[literal] = prefilter->line;
    if (n > 0 && prefilter->hits.items[n - 1].end > end) {
        prefilter->disordered = true;
    }
    vec_push(&prefilter->hits,
             (struct prefilter_hit){ .end = end, .id = prefilter->literals[literal].id });
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

static bool literal_is_at(const struct prefilter_literal *literal, struct span bytes)
{
    size_t n = literal->text.size;

    if (bytes.size < n) {
        return false;
    }
    return literal->caseless ? equal_caseless(bytes.data, literal->text.data, n)
                             : memcmp(bytes.data, literal->text.data, n) == 0;
}

/* A literal of one byte begins with no pair. */
static void scan_byte(struct prefilter *prefilter, size_t literal)
{
    for (size_t at = 0; at < prefilter->bytes.size; at++) {
        if (literal_is_at(&prefilter->literals[literal], span_skip(prefilter->bytes, at))) {
            add_hit(prefilter, literal, at + 1);
        }
    }
}

static void scan_few(struct prefilter *prefilter)
{
    struct span bytes = prefilter->bytes;

    for (size_t i = 0; i < prefilter->n; i++) {
        if (prefilter->literals[i].text.size == 1) {
            scan_byte(prefilter, i);
        }
    }
    for (size_t at = 0; at + 1 < bytes.size; at++) {
        for (uint32_t i = prefilter->first[pair_of(bytes.data + at)]; i;
             i = prefilter->next[i - 1]) {
            if (literal_is_at(&prefilter->literals[i - 1], span_skip(bytes, at))) {
                add_hit(prefilter, i - 1, at + prefilter->literals[i - 1].text.size);
            }
        }
    }
}

static int on_match(unsigned literal, unsigned long long from, unsigned long long to,
                    unsigned flags, void *context)
{
    (void)from;
    (void)flags;
    add_hit(context, literal, (size_t)to);
    return 0;
}

static int scan_many(struct prefilter *prefilter)
{
    hs_error_t r;

    if (prefilter->bytes.size > UINT32_MAX) {
        return -EFBIG;
    }
    r = hs_scan(prefilter->database, prefilter->bytes.data, (unsigned)prefilter->bytes.size,
                /* flags = */ 0, prefilter->scratch, on_match, prefilter);
    return r == HS_SUCCESS ? 0 : -EIO;
}

/* hs_compile_lit_multi() takes its arguments as arrays. */
static int compile(struct prefilter *prefilter)
{
    const char **texts = alloc_zeroed(prefilter->n, sizeof(*texts));
    size_t *sizes = alloc_zeroed(prefilter->n, sizeof(*sizes));
    unsigned *ids = alloc_zeroed(prefilter->n, sizeof(*ids));
    unsigned *flags = alloc_zeroed(prefilter->n, sizeof(*flags));
    hs_compile_error_t *why = NULL;
    hs_error_t r;

    for (size_t i = 0; i < prefilter->n; i++) {
        texts[i] = prefilter->literals[i].text.data;
        sizes[i] = prefilter->literals[i].text.size;
        ids[i] = (unsigned)i;
        flags[i] = prefilter->literals[i].caseless ? HS_FLAG_CASELESS : 0;
    }
    r = hs_compile_lit_multi(texts, flags, ids, sizes, (unsigned)prefilter->n, HS_MODE_BLOCK,
                             /* platform = */ NULL, &prefilter->database, &why);
    if (r == HS_SUCCESS) {
        r = hs_alloc_scratch(prefilter->database, &prefilter->scratch);
    }
    hs_free_compile_error(why);
    free(texts);
    free(sizes);
    free(ids);
    free(flags);
    return r == HS_SUCCESS ? 0 : r == HS_NOMEM ? -ENOMEM : -EIO;
}

static void index_pairs(struct prefilter *prefilter)
{
    prefilter->first = alloc_zeroed(N_PAIRS, sizeof(*prefilter->first));
    prefilter->next = alloc_zeroed(prefilter->n, sizeof(*prefilter->next));
    for (size_t i = 0; i < prefilter->n; i++) {
        struct span text = prefilter->literals[i].text;

        if (text.size < 2) {
            continue;
        }
        prefilter->next[i] = prefilter->first[pair_of(text.data)];
        prefilter->first[pair_of(text.data)] = (uint32_t)i + 1;
    }
}

static int compare_hits(const void *a, const void *b)
{
    const struct prefilter_hit *x = a, *y = b;

    if (x->end != y->end) {
        return x->end < y->end ? -1 : 1;
    }
    return (x->id > y->id) - (x->id < y->id);
}

int prefilter_new(const struct prefilter_literal *literals, size_t n, struct prefilter **ret,
                  struct error *reterr)
{
    struct prefilter *prefilter;

    if (hs_valid_platform() != HS_SUCCESS) {
        return error_set(
            reterr, -ENOTSUP,
            "this processor lacks the instructions (SSE4.2 or NEON) that the search for "
            "many texts at once requires");
    }
    prefilter = ALLOC(struct prefilter);
    prefilter->literals = alloc_zeroed(n, sizeof(*literals));
    prefilter->line_of = alloc_zeroed(n, sizeof(*prefilter->line_of));
    prefilter->n = n;
    if (n > 0) {
        memcpy(prefilter->literals, literals, n * sizeof(*literals));
    }
    index_pairs(prefilter);
    *ret = prefilter;
    return 0;
}

void prefilter_free(struct prefilter *prefilter)
{
    if (!prefilter) {
        return;
    }
    hs_free_scratch(prefilter->scratch);
    hs_free_database(prefilter->database);
    free(prefilter->literals);
    free(prefilter->line_of);
    free(prefilter->first);
    free(prefilter->next);
    vec_free(&prefilter->hits);
    free(prefilter);
}

int prefilter_scan(struct prefilter *prefilter, struct span bytes, const struct prefilter_hit **ret,
                   size_t *ret_n)
{
    int r = 0;

    vec_clear(&prefilter->hits);
    prefilter->disordered = false;
    prefilter->bytes = bytes;
    prefilter->scanned += bytes.size;
    *ret = NULL;
    *ret_n = 0;
    if (span_empty(bytes) || prefilter->n == 0) {
        return 0;
    }
    if (!prefilter->database && prefilter->scanned > FEW_BYTES) {
        r = compile(prefilter);
    }
    if (r < 0) {
        return r;
    }
    if (prefilter->database) {
        r = scan_many(prefilter);
    } else {
        scan_few(prefilter);
    }
    if (r < 0) {
        return r;
    }
    /* Vectorscan promises the order of ends only for each literal by itself. */
    if (prefilter->disordered) {
        qsort(prefilter->hits.items, prefilter->hits.n, sizeof(*prefilter->hits.items),
              compare_hits);
    }
    *ret = prefilter->hits.items;
    *ret_n = prefilter->hits.n;
    return 0;
}
