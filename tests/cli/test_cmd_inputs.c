/* `nodecause inputs`: what it says of files, pipes and journals. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/journal.h"
#include "helpers/program.h"

#include <stdlib.h>

#define KLOG "I0407 22:06:29.445241   19593 server.go:408] Version: v1.12.3\n"
#define DF                                                                                         \
    "Filesystem     1K-blocks     Used Available Use% Mounted on\n"                                \
    "/dev/sda5       22092264 21045684         0 100% /\n"
#define SHORT                                                                                      \
    "Apr 07 22:06:29 kmaster135 kubelet[19593]: " KLOG                                             \
    "Apr 07 22:06:29 kmaster135 systemd[1]: kubelet.service: Failed with result 'exit-code'.\n"

static void check(const char *const *arguments, struct span input, int code,
                  const char *const *expected)
{
    struct program_call call = { .arguments = arguments, .input = input };
    struct program_result result;

    program_run(&call, &result);
    for (; *expected; expected++) {
        if (span_find(buf_span(&result.out), span_of(*expected)) < 0) {
            fail_msg("'%s' is not in\n%.*s%.*s", *expected, (int)result.out.size, result.out.data,
                     (int)result.errs.size, result.errs.data ? result.errs.data : "");
        }
    }
    assert_int_equal(result.code, code);
    program_result_done(&result);
}

static void test_rows(void **state)
{
    static const struct {
        const char *arguments[5];
        struct span input;
        int code;
        const char *expected[6];
    } rows[] = {
        { { "inputs" },
          { SHORT, sizeof(SHORT) - 1 },
          0,
          { "format       journal-short (bids: journal-short ", "2 entries",
            "time         04-07T22:06:29-00:00 to 04-07T22:06:29", "(year: unknown)",
            "components   kubelet certain by identifier 1, systemd certain by identifier 1" } },
        { { "inputs", "-o", "json" },
          { SHORT, sizeof(SHORT) - 1 },
          0,
          { "\"format\": \"journal-short\"", "\"first\": null", "\"entries_seen\": 2",
            "\"what\": \"year-unknown\"", "\"error\": null" } },
        { { "inputs", "-" }, { KLOG, sizeof(KLOG) - 1 }, 0, { "format       klog (bids: klog " } },
        { { "inputs", "--format", "text" },
          { KLOG, sizeof(KLOG) - 1 },
          0,
          { "format       text (bids: klog " } },
        { { "inputs", SOURCE_DIR "/fixtures/state/fstab" }, { "", 0 }, 0, { "fstab (state)" } },
        { { "inputs", "-t", "kubelet", "-" },
          { SHORT, sizeof(SHORT) - 1 },
          0,
          { "identifiers  kubelet 1\n" } },
        { { "inputs", "-" }, { DF, sizeof(DF) - 1 }, 0, { "df (state)" } },
        { { "inputs", "/nonexistent" }, { "", 0 }, 3, { "not read     no such file" } },
        { { "inputs", "/nonexistent", SOURCE_DIR "/fixtures/state/fstab" },
          { "", 0 },
          4,
          { "not read     no such file", "fstab (state)" } },
        { { "inputs", "-o", "xml", "-" }, { "x\n", 2 }, 2, { "" } },
        { { "inputs", "--format", "xml", "-" }, { "x\n", 2 }, 2, { "" } },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        check(rows[i].arguments, rows[i].input, rows[i].code, rows[i].expected);
    }
}

/* Compressed logs and state files, by name and through a pipe; and the log of before beside it. */
static void test_compressed(void **state)
{
    char *directory = journal_make_directory();
    struct buf log CLEANUP(buf_done_at) = { 0 }, fstab CLEANUP(buf_done_at) = { 0 },
                   command CLEANUP(buf_done_at) = { 0 };

    (void)state;
    buf_printf(&log, "%s/kubelet.log.1.gz", directory);
    buf_printf(&fstab, "%s/fstab.xz", directory);
    buf_printf(&command, "printf %%s '%s' | gzip > %s; xz < %s > %s", KLOG, log.data,
               SOURCE_DIR "/fixtures/cases/swap-kmaster135/input/fstab", fstab.data);
    assert_int_equal(system(command.data), 0);
    check((const char *const[]){ "inputs", log.data, fstab.data, NULL }, SPAN(""), 0,
          (const char *const[]){ "format       klog (bids: klog ", "1 entries", "fstab (state)",
                                 NULL });
    buf_clear(&command);
    buf_printf(&command, "cat %s | \"$NODECAUSE\" inputs | grep -q 'format       klog'", log.data);
    assert_int_equal(system(command.data), 0);
    journal_remove_directory(directory);
}

static void test_journal(void **state)
{
    struct buf text CLEANUP(buf_done_at) = { 0 };
    char *directory, *path;

    (void)state;
    if (!journal_available()) {
        skip();
    }
    journal_add_entry(&text, INT64_C(1700000000000000), "0a000000000000000000000000000001",
                      "MESSAGE=hello\n_HOSTNAME=node-1\n_SYSTEMD_UNIT=kubelet.service\n");
    directory = journal_make_directory();
    path = journal_make_file(directory, "system.journal", buf_span(&text));
    check((const char *const[]){ "inputs", directory, path, NULL }, SPAN(""), 0,
          (const char *const[]){ "format       journal-file\n", "1 entries",
                                 "2023-11-14T22:13:20Z to 2023-11-14T22:13:20Z",
                                 "hosts        node-1 1", "units        kubelet.service 1", NULL });
    free(path);
    journal_remove_directory(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_compressed),
        cmocka_unit_test(test_journal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
