#include "source/read_ahead.h"

#include <errno.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* A source of `size` bytes, each the low byte of its offset divided by 3. */
struct bytes {
    size_t size, at;
    size_t piece; /* at most so many in one read */
    int64_t end;  /* what comes after them */
};

static char byte_at(size_t at)
{
    return (char)(at / 3);
}

static int64_t read_bytes(void *source, char *buffer, size_t size)
{
    struct bytes *bytes = source;
    size_t n = size < bytes->piece ? size : bytes->piece;

    n = n < bytes->size - bytes->at ? n : bytes->size - bytes->at;
    for (size_t i = 0; i < n; i++) {
        buffer[i] = byte_at(bytes->at + i);
    }
    bytes->at += n;
    return n ? (int64_t)n : bytes->end;
}

static void check(struct bytes bytes, size_t piece)
{
    CLEANUP(read_ahead_free_at) struct read_ahead *ahead = read_ahead_new(read_bytes, &bytes);
    static char buffer[300 * 1024];
    size_t at = 0;
    int64_t n;

    assert_non_null(ahead);
    while ((n = read_ahead_read(ahead, buffer, piece)) > 0) {
        for (size_t i = 0; i < (size_t)n; i++) {
            if (buffer[i] != byte_at(at + i)) {
                fail_msg("byte %zu of %zu is wrong", at + i, bytes.size);
            }
        }
        at += (size_t)n;
    }
    assert_int_equal(at, bytes.size);
    assert_int_equal(n, bytes.end);
    assert_int_equal(read_ahead_read(ahead, buffer, piece), bytes.end);
}

static void test_same_bytes(void **state)
{
    static const size_t sizes[] = { 0, 1, 4096, 256 * 1024, 256 * 1024 + 1, 3000000 };
    static const size_t pieces[] = { 1000, 65536, 300 * 1024 };

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        for (size_t j = 0; j < sizeof(pieces) / sizeof(*pieces); j++) {
            check((struct bytes){ sizes[i], 0, SIZE_MAX, 0 }, pieces[j]);
            check((struct bytes){ sizes[i], 0, 7777, -EIO }, pieces[j]);
        }
    }
}

/* The caller may stop at any time, also while the thread waits for room. */
static void test_stop(void **state)
{
    (void)state;
    read_ahead_free(NULL);
    for (int n_reads = 0; n_reads < 20; n_reads++) {
        struct bytes bytes = { SIZE_MAX / 2, 0, 65536, 0 };
        struct read_ahead *ahead = read_ahead_new(read_bytes, &bytes);
        char buffer[100];

        assert_non_null(ahead);
        for (int i = 0; i < n_reads; i++) {
            assert_int_equal(read_ahead_read(ahead, buffer, sizeof(buffer)), sizeof(buffer));
        }
        read_ahead_free(ahead);
        assert_true(bytes.at <= 5 * 256 * 1024); /* no more than the ring holds was read */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
