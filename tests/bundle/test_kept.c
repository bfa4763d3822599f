/* What is kept is what was added, or nothing. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "bundle/kept.h"
#include "source/inflate.h"

struct reading {
    const struct kept *kept;
    uint64_t at;
};

static int64_t read_kept(void *source, char *buffer, size_t size)
{
    struct reading *reading = source;

    return (int64_t)kept_read(reading->kept, &reading->at, buffer, size);
}

/* Bytes that cannot be compressed (xorshift, G. Marsaglia 2003), with some that can. */
static struct buf make_bytes(size_t n)
{
    struct buf bytes = { 0 };
    uint32_t x = 2463534242;

    for (size_t i = 0; i < n; i++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        *buf_reserve(&bytes, 1) = (char)(i % 5 == 0 ? 'k' : x);
        bytes.size++;
    }
    return bytes;
}

static void add_pieces(struct kept *kept, struct span bytes, size_t piece)
{
    while (bytes.size > 0) {
        kept_add(kept, span_head(bytes, piece));
        bytes = span_skip(bytes, piece);
    }
}

static void check_same(size_t n, size_t piece)
{
    struct buf bytes CLEANUP(buf_done_at) = make_bytes(n);
    struct buf text CLEANUP(buf_done_at) = { 0 };
    struct kept *kept CLEANUP(kept_free_at) = kept_new(KEPT_BYTES);
    struct reading reading = { .kept = kept };
    struct inflate *inflate CLEANUP(inflate_free_at) = inflate_new(read_kept, &reading, NULL, NULL);
    int64_t got;

    add_pieces(kept, buf_span(&bytes), piece);
    assert_true(kept_end(kept));
    assert_int_equal(inflate_open_any(inflate), 0);
    while ((got = inflate_read(inflate, buf_reserve(&text, 5000), 5000)) > 0) {
        text.size += (size_t)got;
    }
    assert_int_equal(got, 0);
    assert_true(span_equal(buf_span(&text), buf_span(&bytes)));
}

static void test_same(void **state)
{
    (void)state;
    check_same(1, 1);
    check_same(100000, 7);
    check_same(1000000, 256 * 1024);
    check_same(1000000, SIZE_MAX);
}

static void test_too_large(void **state)
{
    struct buf bytes CLEANUP(buf_done_at) = make_bytes(1000000);
    struct kept *kept CLEANUP(kept_free_at) = kept_new(512 * 1024);

    (void)state;
    add_pieces(kept, buf_span(&bytes), 10000);
    assert_false(kept_end(kept));
    assert_int_equal(kept_size(kept), 0);
}

static void test_no_room_at_all(void **state)
{
    struct kept *kept CLEANUP(kept_free_at) = kept_new(0);

    (void)state;
    kept_add(kept, SPAN("k"));
    assert_false(kept_end(kept));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_no_room_at_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
