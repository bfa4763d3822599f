/* Names of nodes for their addresses. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "entry/node_names.h"

static void check(const struct node_names *names, const char *address, const char *expected)
{
    assert_true(span_is(node_names_find(names, span_of(address)), expected));
}

static void test_find(void **state)
{
    CLEANUP(node_names_free_at) struct node_names *names = node_names_new();
    CLEANUP(node_names_free_at) struct node_names *others = node_names_new();

    (void)state;
    check(NULL, "10.5.0.3", "10.5.0.3");
    check(names, "10.5.0.3", "10.5.0.3");

    node_names_add(others, SPAN("10.5.0.3"), SPAN("talos-w1"));
    node_names_add(others, SPAN("10.5.0.3"), SPAN("talos-w1"));
    node_names_add(others, SPAN("10.5.0.4"), SPAN("talos-w2"));
    node_names_add(others, SPAN(""), SPAN("talos-w3"));
    node_names_add_all(names, others);
    node_names_add_all(names, NULL);
    check(names, "10.5.0.3", "talos-w1");
    check(names, "10_5_0_3", "talos-w1");
    check(names, "talos-w1", "talos-w1");
    check(names, "10.5.0.5", "10.5.0.5");
    check(names, "", "");

    /* Two nodes with one address. */
    node_names_add(names, SPAN("10.5.0.4"), SPAN("talos-w9"));
    node_names_add(names, SPAN("10.5.0.4"), SPAN("talos-w2"));
    check(names, "10.5.0.4", "10.5.0.4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}
