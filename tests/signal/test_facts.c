/* Lists and tables of facts. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "signal/fact_table.h"
#include "signal/facts.h"

/* SPAN() is no constant, so each test has its own list. */
#define FACTS                                                                                      \
    {                                                                                              \
        { .name = SPAN("device"), .text = SPAN("/dev/sda5") },                                     \
            { .name = SPAN("size"), .text = SPAN("975") },                                         \
    }

static void test_find(void **state)
{
    const struct fact facts[] = FACTS;

    (void)state;
    assert_ptr_equal(facts_find(facts, 2, SPAN("size")), &facts[1]);
    assert_null(facts_find(facts, 1, SPAN("size")));
    assert_null(facts_find(NULL, 0, SPAN("size")));
}

static void test_copy(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    char text[] = "/dev/sda5";
    struct fact fact = { .name = SPAN("device"), .text = span_of(text) };
    const struct fact *copy = facts_copy(arena, &fact, 1);

    (void)state;
    text[0] = 'x';
    assert_true(span_is(copy->name, "device"));
    assert_true(span_is(copy->text, "/dev/sda5"));
}

static void test_table(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    const struct fact facts[] = FACTS;
    const struct fact_row rows[] = { { facts, 2 }, { facts, 1 } };
    const struct fact_table table = { SPAN("swaps"), rows, 2 };
    const struct fact_table shorter = { SPAN("swaps"), rows, 1 };
    const struct fact_table other = { SPAN("swaps"), &rows[1], 1 };
    struct fact_table copy = fact_table_copy(arena, &table);

    (void)state;
    assert_true(fact_table_equal(&copy, &table));
    assert_true(span_is(copy.name, "swaps"));
    assert_false(fact_table_equal(&table, &shorter));
    assert_false(fact_table_equal(&shorter, &other));
    assert_true(span_is(fact_row_find(&copy.rows[0], SPAN("size"))->text, "975"));
    assert_null(fact_row_find(&copy.rows[1], SPAN("size")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_table),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}
