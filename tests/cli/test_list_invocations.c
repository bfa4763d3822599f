/* --list-invocations prints what journalctl 257 prints; here is 252, so the text is spelled out. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/journal.h"
#include "helpers/program.h"

#include <stdlib.h>

#define HEAD  "IDX INVOCATION ID                    FIRST ENTRY                 LAST ENTRY\n"
#define RUN_A "0000000000000000000000000000000a"
#define RUN_B "0000000000000000000000000000000b"
#define RUN_C "0000000000000000000000000000000c"
#define BOOT  "00000000000000000000000000000001"

/* Two runs of the kubelet, the second told of by systemd only, and one of another unit. */
static const char *const entries[] = {
    "MESSAGE=1\n_SYSTEMD_UNIT=kubelet.service\n_SYSTEMD_INVOCATION_ID=" RUN_A "\n",
    "MESSAGE=2\n_SYSTEMD_UNIT=sshd.service\n_SYSTEMD_INVOCATION_ID=" RUN_C "\n",
    "MESSAGE=3\n_PID=1\nUNIT=kubelet.service\nINVOCATION_ID=" RUN_A "\n",
    "MESSAGE=4\n_PID=1\nUNIT=kubelet.service\nINVOCATION_ID=" RUN_B "\n",
    "MESSAGE=5\n_PID=7\nUNIT=kubelet.service\nINVOCATION_ID=" RUN_C "\n",
};

static char *make_journal(void)
{
    struct buf text CLEANUP(buf_done_at) = { 0 };
    char *directory = journal_make_directory();

    for (size_t i = 0; i < N_ELEMENTS(entries); i++) {
        journal_add_entry(&text, INT64_C(1700000000000000) + (int64_t)i * 1000000, BOOT,
                          entries[i]);
    }
    free(journal_make_file(directory, "system.journal", buf_span(&text)));
    return directory;
}

static void test_rows(void **state)
{
    static const struct {
        const char *arguments[4];
        int code;
        const char *out, *errs;
    } rows[] = {
        { { "-u", "kubelet" },
          0,
          HEAD " -1 " RUN_A " Tue 2023-11-14 22:13:20 UTC Tue 2023-11-14 22:13:22 UTC\n"
               "  0 " RUN_B " Tue 2023-11-14 22:13:23 UTC Tue 2023-11-14 22:13:23 UTC\n",
          "" },
        { { "-u", "sshd", "-b", "0" },
          0,
          HEAD "  0 " RUN_C " Tue 2023-11-14 22:13:21 UTC Tue 2023-11-14 22:13:21 UTC\n",
          "" },
        { { NULL }, 0, HEAD " -1 " RUN_A, "" },
        { { "-u", "nosuch" }, 3, "", "the journal has no invocation of nosuch" },
        { { "-b", "-1" }, 3, "", "the journal has no boot '-1'" },
    };
    char *directory;

    (void)state;
    if (!journal_available()) {
        skip();
    }
    directory = make_journal();
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const char *arguments[8] = { "-D", directory, "--list-invocations" };
        struct program_call call = { .arguments = arguments };
        struct program_result result;

        for (size_t j = 0; j < N_ELEMENTS(rows[i].arguments); j++) {
            arguments[3 + j] = rows[i].arguments[j];
        }
        program_run(&call, &result);
        if (result.code != rows[i].code ||
            !span_starts(buf_span(&result.out), span_of(rows[i].out))) {
            fail_msg("row %zu: %d\n%s", i, result.code, result.out.data);
        }
        assert_true(span_find(buf_span(&result.errs), span_of(rows[i].errs)) >= 0);
        program_result_done(&result);
    }
    journal_remove_directory(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
