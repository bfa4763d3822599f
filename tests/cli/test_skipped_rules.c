/* A bad rule file does not stop the diagnosis, and nobody overlooks it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/folder.h"
#include "helpers/program.h"

#define SWAP                                                                                       \
    "Apr 07 22:06:29 n1 kubelet[19593]: F0407 22:06:29.503369   19593 server.go:262] failed to "   \
    "run Kubelet: Running with swap on is not supported, please disable swap! or set "             \
    "--fail-swap-on flag to false.\n"
#define MINE                                                                                       \
    "title: Mine\nseverity: error\nexplain: E\n"                                                   \
    "signals: [{ name: s, stream: kubelet, pattern: Running with swap on, role: proof }]\n"

static void check(const struct program_call *call, int code, const char *out, const char *errs)
{
    struct program_result result;

    program_run(call, &result);
    if (result.code != code || span_find(buf_span(&result.out), span_of(out)) < 0 ||
        span_find(buf_span(&result.errs), span_of(errs)) < 0) {
        fail_msg("exit %d\n%s%s", result.code, result.out.data, result.errs.data);
    }
    program_result_done(&result);
}

static void test_skipped(void **state)
{
    struct folder folder;
    struct program_call call = { .rules_path = folder.path, .input = SPAN(SWAP) };
    const char *diagnosis[] = { "-", "-o", "json", NULL };

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "a/bad.yaml", "title: T\npattren: x\n");
    call.arguments = diagnosis;
    check(&call, 1, "\"kubelet/swap-enabled\"", "a/bad.yaml:2:1: skipped this rule file: a rule");
    check(&call, 1, "\"rule-skipped\"", "");
    call.arguments = (const char *[]){ "-", NULL };
    check(&call, 1, "a/bad.yaml:2: skipped this rule file:", "");
    call.arguments = (const char *[]){ "-", "--strict-rules", NULL };
    check(&call, 2, "", "a/bad.yaml:2:1: a rule has no key 'pattren'");
    call.arguments = (const char *[]){ "-", "--no-builtin", NULL };
    check(&call, 2, "", "no rules are left");
    call.arguments = (const char *[]){ "-", "--no-system-rules", NULL };
    check(&call, 1, "Swap is enabled", "");
    call.arguments = (const char *[]){ "rules", "list", NULL };
    check(&call, 0, "kubelet/swap-enabled", "skipped this rule file");
    call.arguments = (const char *[]){ "rules", "list", "--strict-rules", NULL };
    check(&call, 2, "", "a/bad.yaml:2:1");
    call.arguments = (const char *[]){ "lint", folder.path, NULL };
    check(&call, 2, "", "");
    call.arguments = (const char *[]){ "test", folder.path, NULL };
    check(&call, 2, "", "a/bad.yaml:2:1: a rule has no key 'pattren'");
    folder_done(&folder);
}

static void test_system_rules(void **state)
{
    struct folder folder;
    struct program_call call = { .rules_path = folder.path, .input = SPAN(SWAP) };

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "kubelet/swap-enabled.yaml", MINE);
    call.arguments = (const char *[]){ "-", NULL };
    check(&call, 1, "Mine", "");
    call.arguments = (const char *[]){ "-", "--no-system-rules", NULL };
    check(&call, 1, "Swap is enabled", "");
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_skipped),
        cmocka_unit_test(test_system_rules),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
