#include "source/block_ring.h"

#include "base/alloc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    KEPT = 4 * TEXT_BLOCK_BYTES /* bytes that the caller has, besides the last block */
};

/* A scan finds each `!`. */
struct marks {
    struct literal_hit hits[TEXT_BLOCK_BYTES];
};

static void *scan_new(void *data)
{
    (void)data;
    return alloc_zeroed(1, sizeof(struct marks));
}

static const struct literal_hit *scan(void *scan, struct span lines, size_t *ret_n)
{
    struct marks *marks = scan;
    size_t n = 0;

    for (size_t i = 0; i < lines.size; i++) {
        if (lines.data[i] == '!') {
            marks->hits[n++] = (struct literal_hit){ .end = i + 1 };
        }
    }
    *ret_n = n;
    return marks->hits;
}

static const struct line_filter filter = { .scan_new = scan_new, .scan = scan, .scan_free = free };

static char byte_at(uint64_t at)
{
    return at % 97 == 96 ? '\n' : at % 1009 == 5 ? '!' : (char)('a' + at / 3 % 26);
}

static int make_file(size_t size)
{
    char path[] = "/tmp/block_ring.XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(dup(fd), "w");

    assert_non_null(file);
    (void)unlink(path);
    for (size_t i = 0; i < size; i++) {
        (void)putc(byte_at(i), file);
    }
    (void)fclose(file);
    return fd;
}

static void check_newlines(const struct text_block *block)
{
    uint64_t n = 0, of_step = 0;

    for (size_t i = 0; i < block->bytes.size; i++) {
        of_step += block->bytes.data[i] == '\n';
        if ((i + 1) % TEXT_STEP_BYTES == 0 || i + 1 == block->bytes.size) {
            assert_int_equal(block->newlines[i / TEXT_STEP_BYTES], of_step);
            n += of_step;
            of_step = 0;
        }
    }
    assert_int_equal(block->traits.n_newlines, n);
}

/* All hits between the first newline and the last. */
static void check_hits(const struct text_block *block)
{
    size_t n = 0, start = (size_t)(block->lines.data - block->bytes.data);

    assert_true(start == 0 || block->bytes.data[start - 1] == '\n');
    for (size_t i = start; i < start + block->lines.size; i++) {
        if (block->bytes.data[i] == '!') {
            assert_true(n < block->n_hits);
            assert_int_equal(block->hits[n++].end, i + 1 - start);
        }
    }
    assert_int_equal(n, block->n_hits);
}

/* Each byte once, and those of before still in front of it. */
static void check(size_t size, uint64_t from, bool threaded)
{
    int fd = make_file(size);
    struct block_ring *ring = block_ring_new(fd, from, KEPT, &filter, threaded);
    struct text_block block;
    uint64_t at = from;
    int r;

    assert_non_null(ring);
    while ((r = block_ring_take(ring, &block)) > 0) {
        uint64_t first = at - from < KEPT ? from : at - KEPT;

        assert_int_equal(block.offset, at);
        for (uint64_t i = first; i < at + block.bytes.size; i++) {
            const char *place = block.bytes.data + (ptrdiff_t)(i - at);

            if (*place != byte_at(i)) {
                fail_msg("byte %llu of %zu is wrong", (unsigned long long)i, size);
            }
        }
        check_newlines(&block);
        check_hits(&block);
        at += block.bytes.size;
        block_ring_give_back(ring, at > KEPT ? at - KEPT : 0);
    }
    assert_int_equal(r, 0);
    assert_int_equal(at, size > from ? size : from);
    assert_int_equal(block_ring_take(ring, &block), 0);
    block_ring_free(ring);
    (void)close(fd);
}

static void test_same_bytes(void **state)
{
    static const size_t sizes[] = { 0, 1, TEXT_BLOCK_BYTES, TEXT_BLOCK_BYTES + 1, 5000000 };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(sizes); i++) {
        for (int threaded = 0; threaded < 2; threaded++) {
            check(sizes[i], 0, threaded);
            check(sizes[i], 4711, threaded);
        }
    }
}

/* Before the first block is room for what the caller has already. */
static void test_before(void **state)
{
    int fd = make_file(3 * TEXT_BLOCK_BYTES);
    struct block_ring *ring = block_ring_new(fd, 0, KEPT, &filter, true);
    struct text_block block;

    (void)state;
    assert_int_equal(block_ring_take(ring, &block), 1);
    memset((char *)block.bytes.data - KEPT, 'k', KEPT);
    assert_int_equal(block_ring_take(ring, &block), 1);
    assert_int_equal(block.bytes.data[-TEXT_BLOCK_BYTES - 1], 'k');
    assert_int_equal(block.bytes.data[-TEXT_BLOCK_BYTES], byte_at(0));
    block_ring_free(ring);
    (void)close(fd);
}

static void test_failure(void **state)
{
    struct block_ring *ring = block_ring_new(-1, 0, 0, &filter, false);
    struct text_block block;

    (void)state;
    assert_int_equal(block_ring_take(ring, &block), -EBADF);
    assert_int_equal(block_ring_take(ring, &block), -EBADF);
    block_ring_free(ring);
}

/* Not all has to be taken. */
static void test_stop(void **state)
{
    int fd = make_file(20 * TEXT_BLOCK_BYTES);
    struct text_block block;

    (void)state;
    for (int n = 0; n < 5; n++) {
        CLEANUP(block_ring_free_at)
        struct block_ring *ring = block_ring_new(fd, 0, 0, &filter, true);

        for (int i = 0; i < n; i++) {
            assert_int_equal(block_ring_take(ring, &block), 1);
        }
    }
    block_ring_free(NULL);
    (void)close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_before),
        cmocka_unit_test(test_failure),
        cmocka_unit_test(test_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
