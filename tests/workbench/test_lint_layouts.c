/* nodecause lint of layouts: each thing that it says, where, and a layout of which there is nothing to say. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/folder.h"
#include "helpers/program.h"

/* clang-format off */
static const struct row {
    const char *recognise, *files; /* in lines 2 and 4 */
    const char *said;              /* behind the path; NULL: nothing */
} rows[] = {
    { "path: widget/", "{ path: a.log, log: kubelet, format: klog }", NULL },
    { "path: widget/", "{ path: a.log, log: kubelt }", ":4:24: unknown-stream: unknown stream 'kubelt', did you mean 'kubelet'?" },
    { "path: widget/", "{ path: a, state: swap }", ":4:22: unknown-state: unknown kind of state 'swap', did you mean 'swaps'?" },
    { "path: widget/", "{ path: a, log: any, format: clog }", ":4:33: unknown-format: unknown format 'clog', did you mean 'klog'?" },
    { "path: sos_commands/", "{ path: a, log: any }", ":2:13: shared-sign: 'sos' has the same sign: a bundle can be of one kind only" },
    { "path: [sos_commands/, widget/]", "{ path: a, log: any }", NULL },
    { "path: widget/", "{ path: 'a/*', state: df }, { path: a/b, state: df }", ":4:40: shadowed: 'a/b' has no effect: 'a/*' is before it and takes the same files" },
    { "path: widget/", "{ path: a/b, state: df }, { path: 'a/*', state: df }", NULL },
    { "path: widget/", "{ path: 'a/*', state: df }, { path: 'a/**', state: df }", NULL },
    { "path: widget/", "{ path: '**/a*', state: df }, { path: 'b/{a1,c/a*}', state: df }", ":4:43: shadowed: 'b/{a1,c/a*}' has no effect" },
    { "path: widget/", "{ path: '**/a*', state: df }, { path: 'b/{a1,c/*}', state: df }", NULL },
    { "path: widget/", "{ path: a, state: df }, { path: a, log: any }", NULL }, /* a.1 is left */
    { "path: widget/", "{ path: [a, a], state: df }", ":4:16: shadowed: 'a' has no effect" },
    { "path: widget/", "{ path: a/, skip: no }, { path: 'a/**/b', log: any }", ":4:37: shadowed: 'a/**/b' has no effect" },
    { "path: widget/", "{ path: 'a[0-9]', skip: no }, { path: 'a*', skip: no }", NULL },
    { "path: widget/", "{ path: 'a?', skip: no }, { path: 'a[0-9]', skip: no }", ":4:39: shadowed: 'a[0-9]' has no effect" },
};
/* clang-format on */

static void lint(const struct folder *folder, const char *option, struct program_result *ret)
{
    const char *const arguments[] = { "lint", folder->path, option, NULL };

    program_run(&(const struct program_call){ .arguments = arguments }, ret);
}

static bool has(const struct buf *text, const char *wanted)
{
    return span_find(buf_span(text), span_of(wanted)) >= 0;
}

static void check(const struct row *row)
{
    CLEANUP(buf_done_at) struct buf text = { 0 }, said = { 0 };
    struct folder folder;
    struct program_result result;

    folder_init(&folder);
    buf_printf(&text, "title: T\nrecognise: [{ %s }]\nfiles:\n  [%s]\n", row->recognise,
               row->files);
    folder_write(&folder, "layouts/widget.yaml", text.data);
    lint(&folder, NULL, &result);
    buf_printf(&said, "%s/layouts/widget.yaml%s", folder.path, row->said ? row->said : "");
    if (result.code != (row->said != NULL) ||
        (row->said ? !has(&result.out, said.data)
                   : !has(&result.out, "rules: 0, layouts: 1, errors: 0, findings: 0"))) {
        fail_msg("%s: exit %d\n%s%s", row->files, result.code, result.out.data, result.errs.data);
    }
    program_result_done(&result);
    folder_done(&folder);
}

static void test_findings(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        check(&rows[i]);
    }
}

static void test_signs(void **state)
{
    struct folder folder;
    struct program_result result;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "layouts/any.yaml", "title: T\nfiles: [{ path: a, log: any }]\n");
    lint(&folder, NULL, &result);
    assert_int_equal(result.code, 0);
    program_result_done(&result);
    folder_write(&folder, "layouts/x.yaml", "title: T\nfiles: [{ path: a, log: any }]\n");
    lint(&folder, "--output=json", &result);
    assert_int_equal(result.code, 1);
    assert_true(has(&result.out, "\"no-signs\""));
    assert_true(has(&result.out, "\"layouts\": 2"));
    program_result_done(&result);
    folder_done(&folder);
}

static void test_errors(void **state)
{
    struct folder folder;
    struct program_result result;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "layouts/x.yaml", "title: T\nfiles: [{ path: a, logs: any }]\n");
    lint(&folder, NULL, &result);
    assert_int_equal(result.code, 2);
    assert_true(has(&result.out, "layouts/x.yaml:2:20: error: a file has no key 'logs'"));
    program_result_done(&result);
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
