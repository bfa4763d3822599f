/* Globs of paths inside bundles. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "layout/path_glob.h"

static void test_matches(void **state)
{
    static const struct {
        const char *glob;
        enum path_glob_kind kind;
        const char *path;
        const char *root, *node; /* NULL: does not match */
    } rows[] = {
        { "proc/swaps", PATH_GLOB_WHOLE, "proc/swaps", "", "" },
        { "proc/swaps", PATH_GLOB_WHOLE, "proc/swaps.gz", NULL, NULL },
        { "proc/swaps", PATH_GLOB_WHOLE, "x/proc/swaps", NULL, NULL },
        { "a.log", PATH_GLOB_WHOLE, "axlog", NULL, NULL },
        { "a/*", PATH_GLOB_WHOLE, "a/b", "", "" },
        { "a/*", PATH_GLOB_WHOLE, "a/b/c", NULL, NULL },
        { "a/**", PATH_GLOB_WHOLE, "a/b/c", "", "" },
        { "**/x.journal", PATH_GLOB_WHOLE, "x.journal", "", "" },
        { "**/x.journal", PATH_GLOB_WHOLE, "a/b/x.journal", "", "" },
        { "**/x.journal", PATH_GLOB_WHOLE, "a/bx.journal", NULL, NULL },
        { "a/**/b", PATH_GLOB_WHOLE, "a/b", "", "" },
        { "a/**/b", PATH_GLOB_WHOLE, "a/1/2/b", "", "" },
        { "{a,b/c}/x", PATH_GLOB_WHOLE, "b/c/x", "", "" },
        { "{a,b/c}/x", PATH_GLOB_WHOLE, "c/x", NULL, NULL },
        { "a,b", PATH_GLOB_WHOLE, "a,b", "", "" },
        { "p/[0-9]*/m", PATH_GLOB_WHOLE, "p/17/m", "", "" },
        { "p/[0-9]*/m", PATH_GLOB_WHOLE, "p/x/m", NULL, NULL },
        { "x (1)+$", PATH_GLOB_WHOLE, "x (1)+$", "", "" },
        { "sos_commands/", PATH_GLOB_WHOLE, "sos_commands/a/b", "", "" },
        { "sos_commands/", PATH_GLOB_WHOLE, "sos_commands", NULL, NULL },
        { "nodes/<node>/dmesg", PATH_GLOB_WHOLE, "nodes/n1/dmesg", "", "n1" },
        { "nodes/<node>/<node>_logs", PATH_GLOB_WHOLE, "nodes/n1/n1_logs", "", "n1" },
        { "nodes/<node>/<node>_logs", PATH_GLOB_WHOLE, "nodes/n1/n2_logs", NULL, NULL },
        { "l/messages", PATH_GLOB_ROTATED, "l/messages", "", "" },
        { "l/messages", PATH_GLOB_ROTATED, "l/messages.1", "", "" },
        { "l/messages", PATH_GLOB_ROTATED, "l/messages-20240612.xz", "", "" },
        { "l/messages", PATH_GLOB_ROTATED, "l/messages.2.gz", "", "" },
        { "l/messages", PATH_GLOB_ROTATED, "l/messages.old", "", "" },
        { "l/messages", PATH_GLOB_ROTATED, "l/messages.txt", NULL, NULL },
        { "sos_commands/", PATH_GLOB_BELOW, "a/b/sos_commands/c", "a/b/", "" },
        { "sos_commands/", PATH_GLOB_BELOW, "sos_commands/c", "", "" },
        { "sos_commands/", PATH_GLOB_BELOW, "not_sos_commands/c", NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(path_glob_free_at) struct path_glob *glob = NULL;
        struct path_match match = { 0 };
        bool matches;

        assert_int_equal(path_glob_compile(span_of(rows[i].glob), rows[i].kind, &glob, NULL), 0);
        matches = path_glob_matches(glob, span_of(rows[i].path), &match);
        if (matches != (rows[i].root != NULL) ||
            (matches &&
             (!span_is(match.root, rows[i].root) || !span_is(match.node, rows[i].node)))) {
            fail_msg("%s and %s", rows[i].glob, rows[i].path);
        }
    }
}

static void test_errors(void **state)
{
    struct path_glob *glob = NULL;
    struct error error = { 0 };

    (void)state;
    assert_true(path_glob_compile(SPAN("a/[b"), PATH_GLOB_WHOLE, &glob, &error) < 0);
    assert_true(error.text[0]);
    assert_null(glob);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
