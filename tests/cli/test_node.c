/* --node: a report of one node. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/program.h"

#define SWAP(host)                                                                                 \
    "Apr 07 22:06:29 " host " kubelet[19593]: F0407 22:06:29.503369   19593 server.go:262] "       \
    "failed to run Kubelet: Running with swap on is not supported, please disable swap! or set "   \
    "--fail-swap-on flag to false.\n"
#define FINE(host)                                                                                 \
    "Apr 07 22:06:30 " host " kubelet[77]: I0407 22:06:30.503369      77 server.go:262] fine\n"

static void check(const char *const *arguments, int code, const char *out, const char *not_out,
                  const char *errs)
{
    const struct program_call call = { .arguments = arguments,
                                       .input = SPAN(SWAP("n1") SWAP("n2") FINE("n3")) };
    struct program_result result;

    program_run(&call, &result);
    if (result.code != code || span_find(buf_span(&result.out), span_of(out)) < 0 ||
        (not_out && span_find(buf_span(&result.out), span_of(not_out)) >= 0) ||
        span_find(buf_span(&result.errs), span_of(errs)) < 0) {
        fail_msg("exit %d\n%s%s", result.code, result.out.data, result.errs.data);
    }
    program_result_done(&result);
}

static void test_one(void **state)
{
    (void)state;
    check((const char *[]){ "-", NULL }, 1, "n2: Swap is enabled", NULL, "");
    check((const char *[]){ "-", "--node", "n1", NULL }, 1, "Swap is enabled", "n2", "");
    check((const char *[]){ "-", "--node=n1", "-o", "json", NULL }, 1, "\"host\": \"n1\"",
          "\"host\": \"n2\"", "");
}

static void test_unknown(void **state)
{
    (void)state;
    check((const char *[]){ "-", "--node", "n9", NULL }, 2, "", "Swap",
          "no node is called 'n9'; there are n1, n2");
    check((const char *[]){ "-", "--node", "n1", "-f", NULL }, 2, "", NULL,
          "--node is for one report at the end, not for -f");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_one),
                                        cmocka_unit_test(test_unknown) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
