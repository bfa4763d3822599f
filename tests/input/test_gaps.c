#include "input/gaps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Forty logs that are cut in the same way are one note, and so is what the kind never holds. */
static void test_fold(void **state)
{
    static const char *const never[] = { "swap", "fstab", NULL };
    static const struct layout layout = { .title = "a kind", .never = never };
    static const struct layout_file cut = { .keeps = "the last 8 hours" };
    static const struct layout_file same = { .keeps = "the last 8 hours" };
    static const struct layout_file whole = { .keeps = "" };
    const struct bundle_file files[] = {
        { .name = "b/a.log", .layout = &layout, .is = &cut },
        { .name = "b/b.log", .layout = &layout, .is = &same },
        { .name = "b/c.log", .layout = &layout, .is = &whole },
        { .name = "b/d.log" },
    };
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    struct bundle_gaps gaps = { 0 };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(files); i++) {
        gaps_add(&gaps, &files[i]);
    }
    gaps_note(&gaps, notes);
    assert_int_equal(notes_count(notes), 2);
    assert_true(span_is(notes_get(notes, 0)->where, "a kind"));
    assert_true(span_is(notes_get(notes, 0)->detail, "such a bundle never holds: swap, fstab"));
    assert_true(span_is(notes_get(notes, 1)->where, "b/a.log"));
    assert_true(span_is(notes_get(notes, 1)->detail,
                        "the collector keeps the last 8 hours (and 1 more like it)"));
    gaps_done(&gaps);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_fold) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
