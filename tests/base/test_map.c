#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static void keeps_all(void **state)
{
    enum {
        N = 5000
    };
    static int values[N];
    CLEANUP(map_free_at) struct map *map = map_new();

    (void)state;
    assert_null(map_find(map, SPAN("0")));
    for (int i = 0; i < N; i++) {
        char key[16];

        (void)snprintf(key, sizeof(key), "%d", i);
        assert_null(*map_at(map, span_of(key)));
        *map_at(map, span_of(key)) = &values[i]; /* the key is copied: the buffer dies here */
    }
    assert_int_equal(map_size(map), N);
    for (int i = 0; i < N; i++) {
        assert_ptr_equal(map_find(map, map_key(map, (size_t)i)), &values[i]);
        assert_ptr_equal(map_value(map, (size_t)i), &values[i]);
    }
    assert_null(map_find(map, SPAN("5000")));
    assert_null(map_find(map, SPAN("")));
    *map_at(map, SPAN("a\0b")) = &values[0];
    assert_null(map_find(map, SPAN("a\0c")));
}

/* Names of a stranger, made so that a plain hash of their words is the same for all: the top bit of one word, and in the
 * next word what becomes of it. They must not take the square of their number. */
static void crafted_keys(void **state)
{
    enum {
        BITS = 17,
        SECONDS = 20 /* a moment, but for a machine that does much else */
    };
    static const uint64_t flip[2] = { UINT64_C(1) << 63, UINT64_C(1) << 63 | UINT64_C(1) << 31 };
    CLEANUP(map_free_at) struct map *map = map_new();

    (void)state;
    (void)alarm(SECONDS);
    for (size_t i = 0; i < (size_t)1 << BITS; i++) {
        uint64_t words[2 * BITS] = { 0 };

        for (size_t bit = 0; bit < BITS; bit++) {
            words[2 * bit] = i >> bit & 1 ? flip[0] : 0;
            words[2 * bit + 1] = i >> bit & 1 ? flip[1] : 0;
        }
        assert_null(*map_at(map, (struct span){ (const char *)words, sizeof(words) }));
    }
    (void)alarm(0);
    assert_int_equal(map_size(map), (size_t)1 << BITS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_all),
        cmocka_unit_test(crafted_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
