/* Parting events by a name, and lists of their indexes. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
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
    struct parts parts;

    (void)state;
    parts_init(&parts);
    parts_add(&parts, SPAN("b"), 4);
    parts_add(&parts, SPAN("a"), 3);
    parts_add(&parts, SPAN("b"), 2);
    parts_add_everywhere(&parts, 1);
    parts_finish(&parts);
    assert_int_equal(parts.items.n, 2);
    assert_int_equal(parts.items.items[0].n, 3);
    assert_int_equal(parts.items.items[0].items[0], 1);
    assert_int_equal(parts.items.items[0].items[2], 4);
    assert_int_equal(parts.items.items[1].n, 2);
    assert_int_equal(parts.items.items[1].items[0], 1);
    parts_done(&parts);
}

static void test_only_everywhere(void **state)
{
    struct parts parts;

    (void)state;
    parts_init(&parts);
    parts_finish(&parts);
    assert_int_equal(parts.items.n, 0);
    parts_add_everywhere(&parts, 7);
    parts_finish(&parts);
    assert_int_equal(parts.items.n, 1);
    assert_int_equal(parts.items.items[0].items[0], 7);
    parts_done(&parts);
}

static void test_merge_middle(void **state)
{
    enum {
        N = 3 * LIMIT_FINDINGS_OF_RULE
    };
    struct parts parts;

    (void)state;
    parts_init(&parts);
    for (uint32_t i = 0; i < N; i++) {
        parts_add(&parts, (struct span){ (const char *)&i, sizeof(i) }, i);
    }
    parts_merge_middle(&parts);
    parts_finish(&parts);
    assert_int_equal(parts.items.n, LIMIT_FINDINGS_OF_RULE + 1);
    assert_int_equal(parts.items.items[0].items[0], 0);
    assert_int_equal(parts.items.items[LIMIT_FINDINGS_OF_RULE].items[0], N - 1);
    assert_int_equal(parts.items.items[LIMIT_FINDINGS_OF_RULE / 2].n, N - LIMIT_FINDINGS_OF_RULE);
    parts_done(&parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_everywhere),
        cmocka_unit_test(test_only_everywhere),
        cmocka_unit_test(test_merge_middle),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}
