#include "input/ahead.h"

#include <errno.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A source of `left` bytes. */
struct source {
    size_t left;
    uint64_t size; /* 0: unknown */
};

static int64_t read_some(struct source *source, char *buffer, size_t size)
{
    size_t n = source->left < size ? source->left : size;

    memset(buffer, 'x', n);
    source->left -= n;
    return (int64_t)n;
}

static void describe(const struct source *source, struct source_facts *ret)
{
    *ret = (struct source_facts){ .size = source->size };
}

static const struct source_type type = { .name = "test", .read = read_some, .describe = describe };

/* All bytes come in order, and what was read in advance is given back when it was taken. */
static void gives_back_the_head(void **state)
{
    enum {
        SIZE = 3000000,
        MAX = 1000000
    };
    struct source source = { SIZE, 0 };
    struct ahead ahead = { .type = &type, .source = &source };
    static char buffer[64 * 1024];
    int64_t n, sum = 0;

    (void)state;
    assert_false(ahead_fill(&ahead, MAX));
    assert_true(ahead.head.size > MAX);
    while ((n = ahead_read(&ahead, buffer, sizeof(buffer))) > 0) {
        sum += n;
    }
    assert_int_equal(n, 0);
    assert_int_equal(sum, SIZE);
    assert_int_equal(ahead.head.allocated, 0);
    ahead_done(&ahead);
}

/* Of what is known to be too large only a part is read. */
static void looks_at_the_head(void **state)
{
    struct source source = { 3000000, 3000000 };
    struct ahead ahead = { .type = &type, .source = &source };

    (void)state;
    assert_false(ahead_fill(&ahead, 1000000));
    assert_in_range(ahead.head.size, 1, 500000);
    assert_int_equal(ahead_take(&ahead, NULL), -ENOTSUP);
    ahead_done(&ahead);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_the_head),
        cmocka_unit_test(looks_at_the_head),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
