#include "match/batch_scan.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A span for tables that are static. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static const struct prefilter_literal literals[] = {
    { TEXT("out of memory"), true, 0 },
    { TEXT("Failed to"), false, 1 },
    { TEXT("OOM"), false, 2 },
};

static const size_t piece_sizes[] = { 1, 7, 100, 4096, 1024 * 1024 };

/* Lines of 0 to 8 words, in an order that does not repeat; the last one is not ended. */
static void make_text(struct buf *text, size_t size)
{
    static const char *const words[] = { "Out of memory: ", "Failed to ", "OOM", "kubelet ", "OO",
                                         "of memory",       "\n",         "\n" };
    uint32_t random = 1;

    while (text->size < size) {
        random = random * 1664525 + 1013904223; /* Numerical Recipes, 7.1 */
        buf_add_string(text, words[random >> 29]);
    }
    buf_add_string(text, "Failed to");
}

/* Are the hits of the pieces those of the whole text, and does each piece follow the one before? */
static void check(struct batch_scan *scan, struct prefilter *prefilter, struct span text)
{
    uint64_t before = batch_scan_n_bytes(scan);
    struct scan_piece piece;
    size_t n, at = 0, end = 0;
    const struct literal_hit *hits = prefilter_scan(prefilter, text, &n);

    batch_scan_begin(scan, text);
    while (batch_scan_next(scan, &piece)) {
        assert_int_equal(piece.start, end);
        assert_true(piece.end > piece.start);
        end = piece.end;
        for (size_t i = 0; i < piece.n_hits; i++, at++) {
            assert_true(at < n);
            assert_int_equal(piece.start + piece.hits[i].end, hits[at].end);
            assert_int_equal(piece.hits[i].id, hits[at].id);
        }
        assert_true(end == text.size || text.data[end - 1] == '\n');
    }
    batch_scan_end(scan);
    assert_int_equal(at, n);
    assert_int_equal(end, text.size);
    assert_int_equal(batch_scan_n_bytes(scan) - before, text.size); /* each byte once */
}

static void test_same_hits(void **state)
{
    CLEANUP(prefilter_free_at)
    struct prefilter *prefilter = prefilter_new(literals, N_ELEMENTS(literals));
    CLEANUP(buf_done_at) struct buf text = { 0 };

    (void)state;
    make_text(&text, 100000);
    for (size_t i = 0; i < N_ELEMENTS(piece_sizes); i++) {
        CLEANUP(batch_scan_free_at)
        struct batch_scan *scan = batch_scan_new(prefilter, piece_sizes[i]);

        for (unsigned n_threads = 1; n_threads <= 2; n_threads++) {
            batch_scan_set_threads(scan, n_threads);
            check(scan, prefilter, buf_span(&text));
            check(scan, prefilter, (struct span){ 0 });
            check(scan, prefilter, SPAN("OOM"));
            check(scan, prefilter, SPAN("OOM\n\nFailed to"));
            check(scan, prefilter, buf_span(&text));
        }
    }
}

/* The caller takes some pieces only, as when an input fails: what follows is not scanned for it. */
static void test_ends_early(void **state)
{
    CLEANUP(prefilter_free_at)
    struct prefilter *prefilter = prefilter_new(literals, N_ELEMENTS(literals));
    CLEANUP(batch_scan_free_at) struct batch_scan *scan = batch_scan_new(prefilter, 100);
    CLEANUP(buf_done_at) struct buf text = { 0 };

    (void)state;
    make_text(&text, 100000);
    batch_scan_set_threads(scan, 2);
    for (size_t n = 0; n < 20; n++) {
        uint64_t before = batch_scan_n_bytes(scan);
        struct scan_piece piece;

        batch_scan_begin(scan, buf_span(&text));
        for (size_t i = 0; i < n; i++) {
            assert_true(batch_scan_next(scan, &piece));
        }
        batch_scan_end(scan);
        assert_true(batch_scan_n_bytes(scan) - before < text.size);
        check(scan, prefilter, SPAN("OOM\nOOM\n"));
    }
}

static void test_thread_ends_and_starts(void **state)
{
    CLEANUP(prefilter_free_at)
    struct prefilter *prefilter = prefilter_new(literals, N_ELEMENTS(literals));
    CLEANUP(batch_scan_free_at) struct batch_scan *scan = batch_scan_new(prefilter, 1000);
    CLEANUP(buf_done_at) struct buf text = { 0 };

    (void)state;
    make_text(&text, 20000);
    for (unsigned i = 0; i < 20; i++) {
        batch_scan_set_threads(scan, i % 3);
        check(scan, prefilter, buf_span(&text));
    }
    batch_scan_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_hits),
        cmocka_unit_test(test_ends_early),
        cmocka_unit_test(test_thread_ends_and_starts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
