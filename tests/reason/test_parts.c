/* Parting events by a name, and lists of their indexes. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/vec.h"
#include "reason/parts.h"

static void test_sort(void **state)
{
    struct indexes indexes = { 0 };
    static const uint32_t unsorted[] = { 5, 1, 5, 3, 1 };

    (void)state;
    indexes_sort(&indexes);
    assert_int_equal(indexes.n, 0);
    for (size_t i = 0; i < N_ELEMENTS(unsorted); i++) {
        vec_push(&indexes, unsorted[i]);
    }
    indexes_sort(&indexes);
    assert_int_equal(indexes.n, 3);
    assert_int_equal(indexes.items[0], 1);
    assert_int_equal(indexes.items[1], 3);
    assert_int_equal(indexes.items[2], 5);
    vec_free(&indexes);
}

/* What does not name its part is in each. */
static void test_everywhere(void **state)
{
    struct indexes part = { 0 };
    struct parts parts;

    (void)state;
    parts_init(&parts);
    parts_add(&parts, SPAN("b"), 4);
    parts_add(&parts, SPAN("a"), 3);
    parts_add(&parts, SPAN("b"), 2);
    parts_add_everywhere(&parts, 1);
    assert_int_equal(parts_count(&parts), 2);
    parts_get(&parts, 0, &part);
    assert_int_equal(part.n, 3);
    assert_int_equal(part.items[0], 1);
    assert_int_equal(part.items[2], 4);
    parts_get(&parts, 1, &part);
    assert_int_equal(part.n, 2);
    assert_int_equal(part.items[0], 1);
    vec_free(&part);
    parts_done(&parts);
}

static void test_only_everywhere(void **state)
{
    struct indexes part = { 0 };
    struct parts parts;

    (void)state;
    parts_init(&parts);
    assert_int_equal(parts_count(&parts), 0);
    parts_add_everywhere(&parts, 7);
    assert_int_equal(parts_count(&parts), 1);
    parts_get(&parts, 0, &part);
    assert_int_equal(part.items[0], 7);
    vec_free(&part);
    parts_done(&parts);
}

/* Thousands of parts do not get hundreds of thousands of shared events each. */
static void test_share(void **state)
{
    enum {
        N_PARTS = 4096,
        N_SHARED = 100000
    };
    struct indexes part = { 0 };
    struct parts parts;

    (void)state;
    parts_init(&parts);
    for (uint32_t i = 0; i < N_SHARED; i++) {
        parts_add_everywhere(&parts, i);
    }
    for (uint32_t i = 0; i < N_PARTS; i++) {
        parts_add(&parts, (struct span){ (const char *)&i, sizeof(i) }, N_SHARED + i);
    }
    parts_get(&parts, 7, &part);
    assert_in_range(part.n, 100, 10000);
    assert_int_equal(part.items[0], 0);
    assert_int_equal(part.items[part.n - 2], N_SHARED - 1);
    assert_int_equal(part.items[part.n - 1], N_SHARED + 7);
    vec_free(&part);
    parts_done(&parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_everywhere),
        cmocka_unit_test(test_only_everywhere),
        cmocka_unit_test(test_share),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}
