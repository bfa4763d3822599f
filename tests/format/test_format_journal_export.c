#include "format_test.h"

extern const struct format format_journal_export;

#define BINARY "MESSAGE\n\x0b\0\0\0\0\0\0\0two\nlines\x01!\n"

static const struct format_row entries[] = {
    ROW("__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=1717343964360912\n__MONOTONIC_TIMESTAMP=42\n"
        "_BOOT_ID=be\n_MACHINE_ID=ma\n_HOSTNAME=node01\n_TRANSPORT=stdout\nPRIORITY=6\n"
        "SYSLOG_IDENTIFIER=kubelet\n_COMM=hyperkube\n_PID=18726\n_SYSTEMD_UNIT=kubelet.service\n"
        "MESSAGE=E0602 15:59:24.360483 18726 kubelet.go:1530] \"a=b\"\n\n",
        "cursor=s=1;i=2", "time_us=1717343964360912", "monotonic_us=42", "boot=be", "machine=ma",
        "host=node01", "transport=stdout", "severity=info", "identifier=kubelet", "pid=18726",
        "unit=kubelet.service", "about_unit=", "_COMM=hyperkube",
        "message=E0602 15:59:24.360483 18726 kubelet.go:1530] \"a=b\"", "cut=false"),
    ROW("_PID=1\nUNIT=kubelet.service\nINVOCATION_ID=c0ffee\n_SYSTEMD_UNIT=init.scope\nMESSAGE="
        "x\n\n",
        "about_unit=kubelet.service", "unit=init.scope", "invocation=c0ffee"),
    /* Anybody can write UNIT=; only PID 1 is believed. */
    ROW("_PID=700\nUNIT=kubelet.service\nMESSAGE=x\n\n", "about_unit=", "pid=700"),
    ROW(BINARY "_PID=7\n\n", "message=two\nlines\x01!", "pid=7", "cut=false"),
    ROW("MESSAGE=\n_PID=7\n\n", "message=", "pid=7"),
    /* The sender's time is what journalctl prints. */
    ROW("__REALTIME_TIMESTAMP=20\n_SOURCE_REALTIME_TIMESTAMP=10\nMESSAGE=x\n\n", "time_us=10"),
    /* The first of repeated fields is the message. */
    ROW("MESSAGE=first\nMESSAGE=second\n\n", "message=first"),
    /* Cut in front and behind. */
    ROW("st of a value\nMESSAGE=x\n_PID=4", "message=x", "cut=true"),
    ROW("MESSAGE\n\xff\xff\xff\xff\xff\xff\xff\x7f\n_PID=4\n\n", "pid=4", "cut=true"),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("\n"),
    RECORD("plain text\n"),
    RECORD("lower=case\n\n"),
    RECORD("0DIGIT=first\n\n"),
    RECORD("MESSAGE\n"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_journal_export, entries, N_ELEMENTS(entries));
    check_none(&format_journal_export, no_entries, N_ELEMENTS(no_entries));
}

static void test_frame(void **state)
{
    static const struct {
        struct span text;
        bool at_end;
        size_t size;
    } rows[] = {
        { { "A=1\nB=2\n\nC=", 11 }, false, 9 },
        { { "A=1\nB=2\n", 8 }, false, 0 },
        { { "A=1\nB=2\n", 8 }, true, 8 },
        { { "\nA=1\n\n", 6 }, false, 1 },
        /* The blank line inside of a binary value ends nothing. */
        { { "A\n\2\0\0\0\0\0\0\0\n\n\n\nB=1\n\n", 18 }, false, 14 },
        { { "A\n\2\0\0\0\0\0\0\0\n\n", 12 }, false, 0 },
        { { "A\n\2\0\0", 5 }, false, 0 },
        /* A size that lies is no reason to lose the next record. */
        { { "A\n\xff\xff\xff\xff\xff\xff\xff\xff\n\nB=1\n\n", 17 }, false, 12 },
        { { "A\n\1\0\0\0\0\0\0\0xyz\n\nB=1\n\n", 20 }, false, 15 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(format_journal_export.frame(rows[i].text, rows[i].at_end), rows[i].size);
    }
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_journal_export.bid(SPAN("__CURSOR=s=1\n__REALTIME_TIMESTAMP=1\n")),
                     BID_SURE);
    assert_int_equal(format_journal_export.bid(SPAN("PATH=/bin\nHOME=/root\n")), BID_NO);
    assert_int_equal(format_journal_export.bid(SPAN("")), BID_NO);
}

/* What journalctl wrote, whatever the size of the bites. */
static void test_fixture(void **state)
{
    struct span text = read_fixture("journal_export/kubelet.export");

    (void)state;
    assert_int_equal(format_journal_export.bid(text), BID_SURE);
    for (size_t step = 1; step < 5000; step = step * 3 + 1) {
        assert_int_equal(count_framed(&format_journal_export, text, step), 6);
    }
    free((void *)text.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_frame),
        cmocka_unit_test(test_bid),
        cmocka_unit_test(test_fixture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
