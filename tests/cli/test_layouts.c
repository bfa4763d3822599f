/* Layouts of directories of rules, and those that are forced. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/folder.h"
#include "helpers/program.h"

#include <stdio.h>
#include <stdlib.h>

#define SWAP                                                                                       \
    "Apr 07 22:06:29 n1 kubelet[19593]: F0407 22:06:29.503369   19593 server.go:262] failed to "   \
    "run Kubelet: Running with swap on is not supported, please disable swap! or set "             \
    "--fail-swap-on flag to false.\n"
#define MINE                                                                                       \
    "title: Mine\nrecognise: [{path: mine.txt}]\n"                                                 \
    "files: [{path: agent/out, log: kubelet}, {path: agent/secret, skip: private}]\n"

struct setting {
    struct folder rules, tree;
};

static void setting_init(struct setting *setting)
{
    folder_init(&setting->rules);
    folder_init(&setting->tree);
    folder_write(&setting->rules, "layouts/mine.yaml", MINE);
    folder_write(&setting->tree, "mine.txt", "1\n");
    folder_write(&setting->tree, "agent/out", SWAP);
    folder_write(&setting->tree, "agent/other.log", SWAP);
}

static void setting_done(struct setting *setting)
{
    folder_done(&setting->rules);
    folder_done(&setting->tree);
}

static void check(const struct setting *setting, const char *const *arguments, int code,
                  const char *out, const char *errs)
{
    const struct program_call call = { .rules_path = setting->rules.path, .arguments = arguments };
    struct program_result result;

    program_run(&call, &result);
    if (result.code != code || span_find(buf_span(&result.out), span_of(out)) < 0 ||
        span_find(buf_span(&result.errs), span_of(errs)) < 0) {
        fail_msg("exit %d\n%s%s", result.code, result.out.data, result.errs.data);
    }
    program_result_done(&result);
}

/* It takes a file that content alone would take, too: only the layout leaves out the other one. */
static void test_directory(void **state)
{
    struct setting setting;

    (void)state;
    setting_init(&setting);
    check(&setting, (const char *[]){ setting.tree.path, "-o", "json", NULL }, 1, "\"entries\": 1",
          "");
    check(&setting, (const char *[]){ setting.tree.path, "--no-system-rules", "-o", "json", NULL },
          1, "/agent/other.log\"", "");
    setting_done(&setting);
}

static void test_skipped(void **state)
{
    struct setting setting;

    (void)state;
    setting_init(&setting);
    folder_write(&setting.rules, "layouts/bad.yaml", "title: T\nfile: x\n");
    check(&setting, (const char *[]){ setting.tree.path, "-o", "json", NULL }, 1,
          "\"rule-skipped\"", "layouts/bad.yaml:2:1: skipped this rule file: a layout has no key");
    check(&setting, (const char *[]){ setting.tree.path, "--strict-rules", NULL }, 2, "",
          "layouts/bad.yaml:2:1: a layout has no key 'file', did you mean 'files'?");
    setting_done(&setting);
}

/* A run without a bundle parses none. */
static void test_lazy(void **state)
{
    struct setting setting;
    struct program_call call = { .rules_path = setting.rules.path, .input = SPAN(SWAP) };
    struct program_result result;

    (void)state;
    setting_init(&setting);
    folder_write(&setting.rules, "layouts/bad.yaml", "title: T\nfile: x\n");
    call.arguments = (const char *[]){ "-", NULL };
    program_run(&call, &result);
    assert_int_equal(result.code, 1);
    assert_int_equal(result.errs.size, 0);
    program_result_done(&result);
    setting_done(&setting);
}

static void test_forced(void **state)
{
    struct setting setting;

    (void)state;
    setting_init(&setting);
    check(&setting, (const char *[]){ setting.tree.path, "--layout", "any", "-o", "json", NULL }, 3,
          "", "");
    check(&setting, (const char *[]){ setting.tree.path, "--layout", "mine", "-o", "json", NULL },
          1, "\"entries\": 1", "");
    check(&setting, (const char *[]){ setting.tree.path, "--layout", "mein", NULL }, 2, "",
          "no layout is called 'mein', did you mean 'mine'?");
    check(&setting, (const char *[]){ setting.tree.path, "--layout", "x-y-z", NULL }, 2, "",
          "no layout is called 'x-y-z'; nodecause formats --layouts lists them");
    setting_done(&setting);
}

/* One line for a bundle, and for a directory of many files; the JSON has all inputs. */
static void test_folded(void **state)
{
    struct setting setting;
    char name[32];

    (void)state;
    setting_init(&setting);
    check(&setting, (const char *[]){ setting.tree.path, NULL }, 1,
          ": mine bundle of n1: 1 log, 2 files not read\n", "");
    check(&setting, (const char *[]){ setting.tree.path, "-o", "json", NULL }, 1,
          "\"why\": \"the layout does not name it\",\n          \"files\": 1", "");
    for (int i = 0; i < 8; i++) {
        (void)snprintf(name, sizeof(name), "more/%d.log", i);
        folder_write(&setting.tree, name, SWAP);
    }
    check(&setting, (const char *[]){ setting.tree.path, "--no-system-rules", NULL }, 1,
          ": 11 logs\n", "");
    check(&setting, (const char *[]){ setting.tree.path, "--no-system-rules", "-o", "json", NULL },
          1, "more/7.log\"", "");
    setting_done(&setting);
}

static void test_inputs(void **state)
{
    struct setting setting;

    (void)state;
    setting_init(&setting);
    check(&setting, (const char *[]){ "inputs", setting.tree.path, NULL }, 0,
          "  kind         mine: Mine\n"
          "  node         n1\n"
          "  read         1 log, 0 state files\n"
          "    agent/\n"
          "      out  ",
          "");
    check(&setting, (const char *[]){ "inputs", setting.tree.path, NULL }, 0,
          " 1 file, 200 bytes: the layout does not name it\n", "");
    check(&setting, (const char *[]){ "inputs", setting.tree.path, "-o", "json", NULL }, 0,
          "\"kind\": \"mine\"", "");
    check(&setting, (const char *[]){ "inputs", setting.tree.path, "--layout", "any", NULL }, 3,
          "contains no files", "");
    check(&setting, (const char *[]){ "inputs", setting.tree.path, "--layout", "mein", NULL }, 2,
          "", "did you mean 'mine'?");
    check(&setting, (const char *[]){ "inputs", setting.tree.path, "--no-system-rules", NULL }, 0,
          "/agent/out\n  format       journal-short (bids: ", "");
    setting_done(&setting);
}

static void test_formats(void **state)
{
    struct setting setting;

    (void)state;
    setting_init(&setting);
    check(&setting, (const char *[]){ "formats", NULL }, 0, "klog ", "");
    check(&setting, (const char *[]){ "formats", "--layouts", NULL }, 0,
          "mine               Mine\n", "");
    check(&setting, (const char *[]){ "formats", "--layouts", "mine", NULL }, 0,
          "recognised by any of\n  mine.txt\n\n"
          "files, the first that matches decides\n"
          "  log kubelet\n    agent/out\n  not read: private\n    agent/secret\n",
          "");
    check(&setting, (const char *[]){ "formats", "--layouts", "mein", NULL }, 2, "",
          "did you mean 'mine'?");
    check(&setting, (const char *[]){ "formats", "mine", NULL }, 2, "",
          "unexpected argument 'mine'");
    setting_done(&setting);
}

/* The root is the first folder that has more than a folder in it. */
static void test_forced_root(void **state)
{
    struct setting setting;
    char command[256];

    (void)state;
    setting_init(&setting);
    (void)snprintf(command, sizeof(command),
                   "cd %s && rm mine.txt && mkdir -p top/n1 && mv agent top/n1 && "
                   "touch top/n1/mark && tar cf b.tar top && rm -r top",
                   setting.tree.path);
    assert_int_equal(system(command), 0);
    (void)snprintf(command, sizeof(command), "%s/b.tar", setting.tree.path);
    check(&setting, (const char *[]){ command, "--layout", "mine", "-o", "json", NULL }, 1,
          "\"entries\": 1", "");
    setting_done(&setting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_directory),   cmocka_unit_test(test_skipped),
        cmocka_unit_test(test_lazy),        cmocka_unit_test(test_forced),
        cmocka_unit_test(test_forced_root), cmocka_unit_test(test_formats),
        cmocka_unit_test(test_folded),      cmocka_unit_test(test_inputs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
