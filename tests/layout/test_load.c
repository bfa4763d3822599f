/* Layouts: from YAML, and those compiled into the program. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "format/format.h"
#include "layout/load.h"
#include "state/state.h"

#include <errno.h>

static void test_errors(void **state)
{
    static const struct {
        const char *yaml, *error;
    } rows[] = {
        { "title: x\nfiles:\n  - path: a\n    log: any\n", NULL },
        { "files:\n  - path: a\n    log: any\n", "a layout requires the key 'title'" },
        { "title: x\n", "a layout requires the key 'files'" },
        { "title: x\nfiles:\n  - path: a\n    logs: any\n",
          "a file has no key 'logs', did you mean 'log'?" },
        { "title: x\nfiles:\n  - path: a\n",
          "a file must have exactly one of log, state, archive, sections and skip" },
        { "title: x\nfiles:\n  - path: a\n    log: any\n    state: df\n",
          "a file must have exactly one of log, state, archive, sections and skip" },
        { "title: x\nfiles:\n  - path: 'a[b'\n    log: any\n", "a bad path: " },
        { "title: x\nfiles:\n  - path: a\n    sections: mine\n",
          "sections must be supportconfig or cluster-info-dump" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(layout_set_free_at) struct layout_set *set = layout_set_new();
        struct error error = { 0 };
        int r = layout_set_add_text(set, "x.yaml", span_of(rows[i].yaml), &error);

        assert_int_equal(r, rows[i].error ? -EINVAL : 0);
        if (rows[i].error && !span_starts(span_of(error.text), span_of(rows[i].error))) {
            fail_msg("%zu: %s", i, error.text);
        }
    }
}

/* A later one of the same name replaces the earlier one. */
static void test_names(void **state)
{
    CLEANUP(layout_set_free_at) struct layout_set *set = layout_set_new();
    struct layouts layouts;

    (void)state;
    assert_int_equal(layout_set_add_text(set, "/a/x.yaml",
                                         SPAN("title: 1\nfiles: [{path: a, log: any}]\n"), NULL),
                     0);
    assert_int_equal(layout_set_add_text(set, "/b/x.yaml",
                                         SPAN("title: 2\nfiles: [{path: b, skip: why}]\n"), NULL),
                     0);
    layouts = layout_set_layouts(set);
    assert_int_equal(layouts.n, 1);
    assert_string_equal(layouts_find(&layouts, SPAN("x"))->title, "2");
    assert_int_equal(layouts_find(&layouts, SPAN("x"))->files[0].use, LAYOUT_SKIP);
    assert_null(layouts_find(&layouts, SPAN("y")));
}

static void test_builtin(void **state)
{
    CLEANUP(layout_set_free_at) struct layout_set *set = layout_set_new();
    struct error error = { 0 };
    struct layouts layouts;

    (void)state;
    if (layout_set_add_builtin(set, &error) < 0) {
        fail_msg("%s:%u: %s", error.path, error.line, error.text);
    }
    layouts = layout_set_layouts(set);
    assert_non_null(layouts_find(&layouts, SPAN("sos")));
    assert_non_null(layouts_find(&layouts, SPAN("any")));
    for (size_t i = 0; i < layouts.n; i++) {
        for (size_t k = 0; k < layouts.items[i].n_files; k++) {
            const struct layout_file *file = &layouts.items[i].files[k];

            if ((file->format[0] && !format_find(span_of(file->format))) ||
                (file->use == LAYOUT_STATE && file->state[0] &&
                 !state_kind_find(span_of(file->state)))) {
                fail_msg("%s: unknown %s", layouts.items[i].name,
                         file->format[0] ? file->format : file->state);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_builtin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
