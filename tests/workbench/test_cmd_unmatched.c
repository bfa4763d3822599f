/* `nodecause unmatched`: what it lists, and that its drafts pass what every rule has to. */

#include "helpers/folder.h"
#include "helpers/program.h"

#include "base/cleanup.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char log_text[] =
    "Mar 02 08:00:01 n kubelet[7]: I0302 08:00:01.1 7 a.go:1] \"Sync\" pod=\"kube-system/a-1\"\n"
    "Mar 02 08:00:02 n kubelet[7]: E0302 08:00:02.1 7 a.go:1] \"Swap is odd\" volume=\"data-1\" "
    "err=\"it's {gone} (7 times)\"\n"
    "Mar 02 08:00:02 n sshd[9]: error: of nobody here\n"
    "Mar 02 08:00:03 n kubelet[7]: F0302 08:00:03.1 7 a.go:1] the moon is full: 98.6 of /dev/moon "
    "--token=abc123secret456\n"
    "Mar 02 08:00:03 n systemd[1]: kubelet.service: Main process exited, code=exited, "
    "status=255/n/a\n";

static void run(const char *const *arguments, struct program_result *ret)
{
    program_run(&(struct program_call){ .arguments = arguments,
                                        .input = { log_text, sizeof(log_text) - 1 },
                                        .seconds = 60 },
                ret);
    buf_add_string(&ret->out, "");
}

static void test_text(void **state)
{
    static const char *const arguments[] = { "unmatched", "-", NULL };
    struct program_result result;
    struct span out;

    (void)state;
    run(arguments, &result);
    out = buf_span(&result.out);
    assert_int_equal(result.code, 0);
    assert_true(span_starts(out, SPAN("2 templates of lines match no rule, 2 of them before")));
    assert_true(span_find(out, SPAN("1   kubelet, fatal, 1 time")) > 0);
    assert_true(span_find(out, SPAN("2   kubelet, error, 1 time")) > 0);
    assert_true(span_find(out, SPAN("abc123secret456")) < 0);
    assert_true(span_find(out, SPAN("of nobody here")) < 0);
    program_result_done(&result);
}

static void test_json(void **state)
{
    static const char *const arguments[] = { "unmatched", "-o", "json", "-", NULL };
    struct program_result result;
    json_t *root;
    const char *template;
    int line, before;

    (void)state;
    run(arguments, &result);
    assert_int_equal(result.code, 0);
    root = json_loadb(result.out.data, result.out.size, 0, NULL);
    assert_non_null(root);
    assert_int_equal(json_integer_value(json_object_get(root, "deaths")), 1);
    assert_int_equal(json_unpack(json_array_get(json_object_get(root, "unmatched"), 1),
                                 "{s:s, s:i, s:{s:i}}", "template", &template, "before_deaths",
                                 &before, "example", "line", &line),
                     0);
    assert_string_equal(template, "Swap is odd volume=<name> err=it's {gone} (<number> times)");
    assert_int_equal(before, 1);
    assert_int_equal(line, 2);
    json_decref(root);
    program_result_done(&result);
}

/* Saves the draft under the name that it asks for. */
static void save(const struct folder *folder, struct span draft, struct buf *ret_path)
{
    static const struct span before = { "Save it as ", 11 };
    struct span name = span_skip(draft, (size_t)span_find(draft, before) + before.size);
    CLEANUP(buf_done_at) struct buf file = { 0 };

    buf_add(&file, span_head(name, (size_t)span_find(name, SPAN(".yaml")) + strlen(".yaml")));
    folder_write(folder, file.data, draft.data);
    buf_printf(ret_path, "%s/%s", folder->path, file.data);
}

static void check(const char *command, const char *path)
{
    const char *arguments[] = { command, path, NULL };
    struct program_result result;

    run(arguments, &result);
    if (result.code != 0) {
        print_message("%s\n%s\n", result.out.data, result.errs.data ? result.errs.data : "");
    }
    assert_int_equal(result.code, 0);
    program_result_done(&result);
}

static void test_drafts(void **state)
{
    static const char *const numbers[] = { "--draft", "--draft=2" };
    struct folder folder;

    (void)state;
    folder_init(&folder);
    for (size_t i = 0; i < N_ELEMENTS(numbers); i++) {
        const char *arguments[] = { "unmatched", numbers[i], "-", NULL };
        CLEANUP(buf_done_at) struct buf path = { 0 };
        struct program_result result;

        run(arguments, &result);
        assert_int_equal(result.code, 0);
        save(&folder, buf_span(&result.out), &path);
        check("lint", path.data);
        check("test", path.data);
        program_result_done(&result);
    }
    folder_done(&folder);
}

static void test_refused(void **state)
{
    static const char *const lines[][4] = {
        { "unmatched", "--draft=3", "-" },
        { "unmatched", "--draft=0", "-" },
        { "unmatched", "--draft=x", "-" },
        { "unmatched", "-o", "html" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        const char *arguments[] = { lines[i][0], lines[i][1], lines[i][2], NULL };
        struct program_result result;

        run(arguments, &result);
        assert_int_equal(result.code, 2);
        program_result_done(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_drafts),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
