/* The search for all literals at once, compared with a search for each. Input: literals, one a
 * line, up to an empty line, and the text. */

#include "match/prefilter.h"

#include "base/alloc.h"

#include <stdlib.h>

enum {
    LITERALS_MAX = 64
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_hit(const struct literal_hit *hits, size_t n, uint32_t id, size_t end)
{
    for (size_t i = 0; i < n; i++) {
        if (hits[i].id == id && hits[i].end == end) {
            return true;
        }
    }
    return false;
}

/* The first in each line is a hit. Returns how many there are. */
static size_t check_literal(const struct prefilter_literal *literal, struct span text,
                            const struct literal_hit *hits, size_t n)
{
    size_t n_found = 0, end = 0;
    struct span line;

    for (struct span rest = text; span_cut(&rest, '\n', &line);) {
        ptrdiff_t at = span_find(line, literal->text);

        if (at >= 0) {
            end = (size_t)(line.data - text.data) + (size_t)at + literal->text.size;
            n_found++;
            if (!is_hit(hits, n, literal->id, end)) {
                abort();
            }
        }
    }
    return n_found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = { (const char *)data, size }, line;
    struct prefilter_literal literals[LITERALS_MAX];
    const struct literal_hit *hits;
    struct prefilter *prefilter;
    size_t n_literals = 0, n, n_found = 0;

    while (n_literals < LITERALS_MAX && span_cut(&rest, '\n', &line) && line.size) {
        literals[n_literals] = (struct prefilter_literal){ line, false, (uint32_t)n_literals };
        n_literals++;
    }
    prefilter = prefilter_new(literals, n_literals);
    hits = prefilter_scan(prefilter, rest, &n);
    for (size_t i = 0; i < n_literals; i++) {
        n_found += check_literal(&literals[i], rest, hits, n);
    }
    if (n != n_found) {
        abort();
    }
    prefilter_free(prefilter);
    return 0;
}
