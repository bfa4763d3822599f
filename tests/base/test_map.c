#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(keeps_all) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
