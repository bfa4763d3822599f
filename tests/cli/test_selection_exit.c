/* What every option that selects entries means for the exit code when nothing is found: a part that
 * was not read is never "all is well". */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/folder.h"
#include "helpers/program.h"

#define HEALTHY                                                                                    \
    "2026-04-07T22:06:29+00:00 n1 kubelet[19]: I0407 22:06:29.503369 19 server.go:262] fine\n"     \
    "2026-04-07T22:06:30+00:00 n1 kubelet[19]: I0407 22:06:30.503369 19 server.go:262] fine\n"
#define MIXED HEALTHY "2026-04-07T22:06:31+00:00 n1 sshd[811]: session opened\n"
#define SWAP                                                                                       \
    MIXED "2026-04-07T22:06:32+00:00 n1 kubelet[19]: F0407 22:06:32.503369 19 server.go:262] "     \
          "failed to run Kubelet: Running with swap on is not supported, please disable swap!\n"
#define KLOG "I0407 22:06:29.503369 19 server.go:262] fine\n"

static const struct {
    const char *text;
    const char *arguments[4];
    int code;
} rows[] = {
    { HEALTHY, { NULL }, 0 },
    { MIXED, { NULL }, 0 },
    { SWAP, { NULL }, 1 },
    /* all of it is selected */
    { HEALTHY, { "-u", "kubelet" }, 0 },
    { HEALTHY, { "-t", "kubelet" }, 0 },
    { HEALTHY, { "-S", "2026-04-07" }, 0 },
    { HEALTHY, { "-U", "2026-04-08" }, 0 },
    { HEALTHY, { "-p", "7" }, 0 },
    { HEALTHY, { "-g", "fine" }, 0 },
    { HEALTHY, { "_PID=19" }, 0 },
    { HEALTHY, { "-b", "all" }, 0 },
    /* nothing of it is */
    { SWAP, { "-u", "foo" }, 4 },
    { SWAP, { "-t", "foo" }, 4 },
    { SWAP, { "-k" }, 4 },
    { SWAP, { "-S", "2026-04-08" }, 4 },
    { SWAP, { "-U", "2026-04-06" }, 4 },
    { SWAP, { "-p", "0" }, 4 },
    { SWAP, { "-g", "no such words" }, 4 },
    { SWAP, { "_PID=4711" }, 4 },
    { SWAP, { "_PID=4712" }, 4 },
    /* a part of it is not */
    { MIXED, { "-u", "kubelet" }, 4 },
    { MIXED, { "-t", "sshd" }, 4 },
    { SWAP, { "-U", "2026-04-07 22:06:31" }, 4 },
    { SWAP, { "-u", "kubelet" }, 1 },
    /* the lines lack the information, or the option is for journals */
    { KLOG, { "-u", "foo" }, 4 },
    { HEALTHY, { "_SYSTEMD_UNIT=foo.service" }, 4 },
    { HEALTHY, { "-b", "-5" }, 4 },
    { HEALTHY, { "-u", "kubelet", "-I-1" }, 4 },
    { HEALTHY, { "-n", "1" }, 4 },
    { HEALTHY, { "--cursor", "s=1" }, 4 },
    { SWAP, { "-b", "-5" }, 1 },
    { "Apr 07 22:06:29 n1 kubelet[19]: fine\n", { "-S", "2026-04-08" }, 4 },
    /* not a log */
    { "Dear all,\nthe party is on Friday.\n", { NULL }, 3 },
    { "Dear all,\nthe party is on Friday.\n", { "-u", "kubelet" }, 3 },
    { "Dear all,\nthe party is on Friday.\n", { "-S", "2026-04-08" }, 3 },
};

static void test_exit_codes(void **state)
{
    struct folder folder;
    char path[128];
    int n_wrong = 0;

    (void)state;
    folder_init(&folder);
    (void)snprintf(path, sizeof(path), "%s/x.log", folder.path);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const char *const *words = rows[i].arguments;
        struct program_call call = {
            .arguments =
                (const char *[]){ path, "--no-host-state", words[0], words[1], words[2], NULL },
        };
        struct program_result result;

        folder_write(&folder, "x.log", rows[i].text);
        program_run(&call, &result);
        if (result.code != rows[i].code) {
            n_wrong++;
            print_error("row %zu (%s %s): exit %d, not %d\n%s%s", i, words[0] ? words[0] : "",
                        words[1] ? words[1] : "", result.code, rows[i].code, result.out.data,
                        result.errs.data);
        }
        program_result_done(&result);
    }
    assert_int_equal(n_wrong, 0);
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_exit_codes) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
