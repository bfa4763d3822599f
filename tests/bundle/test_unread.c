/* Files that are not read, by folder and reason. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bundle/unread.h"

static void test_folders(void **state)
{
    static const char why[] = "why", other[] = "other";
    static const struct {
        size_t part;
        const char *folder, *why;
        uint64_t n, bytes;
    } expected[] = {
        { 0, "", why, 1, 1 },       { 0, "a/", why, 2, 5 }, { 0, "a/b/", why, 2, 9 },
        { 0, "a/b/", other, 1, 6 }, { 1, "a/", why, 1, 7 },
    };
    struct unread unread = { 0 };

    (void)state;
    unread_add(&unread, 0, SPAN("x"), why, 1);
    unread_add(&unread, 0, SPAN("a/x"), why, 2);
    unread_add(&unread, 0, SPAN("a/y"), why, 3);
    unread_add(&unread, 0, SPAN("a/b/x"), why, 4);
    unread_add(&unread, 0, SPAN("a/b/c/d/x"), why, 5);
    unread_add(&unread, 0, SPAN("a/b/y"), other, 6);
    unread_add(&unread, 1, SPAN("a/x"), why, 7);
    assert_int_equal(unread.items.n, sizeof(expected) / sizeof(*expected));
    for (size_t i = 0; i < unread.items.n; i++) {
        const struct unread_folder *item = &unread.items.items[i];

        assert_int_equal(item->part, expected[i].part);
        assert_true(span_is(item->folder, expected[i].folder));
        assert_ptr_equal(item->why, expected[i].why);
        assert_int_equal(item->n, expected[i].n);
        assert_int_equal(item->bytes, expected[i].bytes);
    }
    unread_done(&unread);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_folders) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
