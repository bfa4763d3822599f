#include "entry/marks.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const files_a[] = { "kubelet.go", NULL };
static const char *const files_b[] = { "proxier.go", "kubelet.go", NULL };
static const char *const words_a[] = { "main loop", "eviction: ", NULL };
static const char *const words_b[] = { "plugin/", "main", "~", NULL };

static const struct stream items[] = {
    { .name = "a", .callers = files_a, .words = words_a },
    { .name = "b", .callers = files_b, .words = words_b },
    { .name = "c" },
};

static const struct streams streams = { items, N_ELEMENTS(items) };

static void finds_callers(void **state)
{
    CLEANUP(marks_free_at) struct marks *marks = marks_new(&streams);

    (void)state;
    assert_int_equal(marks_of_caller(marks, SPAN("kubelet.go")), 0);
    assert_int_equal(marks_of_caller(marks, SPAN("proxier.go")), 1);
    assert_int_equal(marks_of_caller(marks, SPAN("kubelet.g")), -1);
    assert_int_equal(marks_of_caller(marks, SPAN("")), -1);
}

static void finds_words(void **state)
{
    static const struct {
        const char *message;
        int stream;
    } rows[] = {
        { "", -1 },
        { "m", -1 },
        { "mai", -1 },
        { "main", 1 },
        { "the main loop", 0 },
        { "main of plugin/x, then the main loop", 0 },
        { "eviction:", -1 },
        { "eviction: ", 0 },
        { "mmain", 1 },
        { "maimain", 1 },
        { "home is ~", 1 },
        { "plugin", -1 },
    };
    CLEANUP(marks_free_at) struct marks *marks = marks_new(&streams);

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(marks_of_words(marks, span_of(rows[i].message)), rows[i].stream);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_callers),
        cmocka_unit_test(finds_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
