/* The public interface, as a program uses it: only nodecause.h. */

#include "nodecause.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int count_bytes(void *data, const char *bytes, size_t size)
{
    size_t *n = data;

    assert_non_null(bytes);
    *n += size;
    return 0;
}

static int refuse(void *data, const char *bytes, size_t size)
{
    (void)data;
    (void)bytes;
    (void)size;
    return -ENOSPC;
}

static void test_run(void **state)
{
    size_t n = 0;
    diag_run *run;

    (void)state;
    assert_int_equal(diag_new(NULL, &run, NULL), 0);
    diag_add_path(run, "fixtures/cases/swap-kmaster135/input");
    assert_true(diag_execute(run, NULL) >= 0);
    assert_int_equal(diag_exit_code(run), DIAG_EXIT_FINDINGS);
    assert_int_equal(diag_render(run, "json", NULL, count_bytes, &n), 0);
    assert_true(n > 0);
    assert_int_equal(diag_render(run, "nosuch", NULL, count_bytes, &n), -EINVAL);
    assert_int_equal(diag_render(run, "text", NULL, refuse, NULL), -ENOSPC);
    diag_free(run);
}

/* What diag_new() refuses, and what its sentence names. */
static void refuses(const diag_options *options, const char *word)
{
    diag_run *run = NULL;
    diag_error error;

    assert_int_equal(diag_new(options, &run, &error), -EINVAL);
    assert_null(run);
    assert_non_null(strstr(error.text, word));
}

static void test_refused(void **state)
{
    diag_options options = DIAG_OPTIONS_INIT;
    diag_journal journal = DIAG_JOURNAL_INIT;

    (void)state;
    options.journal = &journal;
    journal.grep = "(";
    refuses(&options, "-g");
    journal.version = 0;
    refuses(&options, "diag_journal");
    options.journal = NULL;
    options.format = "nosuch";
    refuses(&options, "nosuch");
    options.version = DIAG_OPTIONS_VERSION + 1;
    refuses(&options, "diag_options");
}

/* The options of the journal also select entries of a text. */
static void test_journal_selects_text(void **state)
{
    static const char *const units[] = { "nosuch.service" };
    diag_options options = DIAG_OPTIONS_INIT;
    diag_journal journal = DIAG_JOURNAL_INIT;
    diag_run *run;

    (void)state;
    journal.units = units;
    journal.n_units = 1;
    options.journal = &journal;
    assert_int_equal(diag_new(&options, &run, NULL), 0);
    diag_add_path(run, "fixtures/cases/swap-kmaster135/input");
    assert_true(diag_execute(run, NULL) >= 0);
    assert_int_not_equal(diag_exit_code(run), DIAG_EXIT_FINDINGS);
    diag_free(run);
}

static void test_names(void **state)
{
    diag_renderer renderer;
    size_t n = 0;
    int can_follow = 0, cannot = 0;

    (void)state;
    while (diag_renderer_at(n, &renderer)) {
        assert_true(renderer.name[0] && renderer.summary[0]);
        can_follow += renderer.can_follow && strcmp(renderer.name, "ndjson") == 0;
        cannot += !renderer.can_follow && strcmp(renderer.name, "json") == 0;
        n++;
    }
    assert_true(can_follow == 1 && cannot == 1);
    assert_string_equal(diag_severity_name(DIAG_CRITICAL), "critical");
    assert_null(diag_severity_name((enum diag_severity)4));
    assert_non_null(strchr(diag_version(), '.'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_run),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_journal_selects_text),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
