#include "format_test.h"

extern const struct format format_journal_verbose;

#define HEAD "Sun 2024-06-02 15:59:24.361000 UTC [s=d210;i=2;b=5f3c;m=14;t=61;x=8e]\n"

static const struct format_row entries[] = {
    ROW(HEAD "    _PID=1\n    UNIT=kubelet.service\n    MESSAGE=Failed with result 'a=b'.\n    "
             "PRIORITY=4",
        "cursor=s=d210;i=2;b=5f3c;m=14;t=61;x=8e", "time_us=1717343964361000", "pid=1",
        "about_unit=kubelet.service", "severity=warning", "message=Failed with result 'a=b'.",
        "stamp=Sun 2024-06-02 15:59:24.361000 UTC"),
    ROW(HEAD "    MESSAGE=goroutine 1 [running]:\n            main.main()\n            \n"
             "            \t/go/src/main.go:7 +0x1d\n    _PID=7\n",
        "pid=7", "message=goroutine 1 [running]:\nmain.main()\n\n\t/go/src/main.go:7 +0x1d"),
    ROW(HEAD, "message="),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("    MESSAGE=without a head"),
    RECORD("Sun 2024-06-02 15:59:24.361000 UTC node01 kubelet[1]: message"),
    RECORD("Sun 2024-06-02 15:59:24.361000 UTC []"),
    RECORD("Sun 2024-06-02 15:59:24.361000 UTC [s"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_journal_verbose, entries, N_ELEMENTS(entries));
    check_none(&format_journal_verbose, no_entries, N_ELEMENTS(no_entries));
}

static void test_bid(void **state)
{
    struct span text = read_fixture("journal_verbose/kubelet.txt"), rest = text, line;
    size_t n = 0;

    (void)state;
    assert_int_equal(format_journal_verbose.bid(SPAN(HEAD)), BID_SURE);
    assert_int_equal(format_journal_verbose.bid(SPAN("Sun 2024-06-02 15:59:24 UTC h k[1]: x\n")),
                     BID_NO);
    assert_true(format_journal_verbose.bid(text) > BID_WEAK);
    while (span_cut(&rest, '\n', &line)) {
        n += format_journal_verbose.begins(line);
    }
    assert_int_equal(n, 6);
    free((void *)text.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_bid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
