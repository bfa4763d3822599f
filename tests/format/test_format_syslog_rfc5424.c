#include "format_test.h"

extern const struct format format_syslog_rfc5424;

static const struct format_row entries[] = {
    ROW("<30>1 2024-06-12T13:46:40.123456Z node01 kubelet 1234 - - E0612 13:46:40.1 kubelet.go:1] "
        "text",
        "time_us=1718200000123456", "host=node01", "identifier=kubelet", "pid=1234",
        "severity=info", "message=E0612 13:46:40.1 kubelet.go:1] text"),
    ROW("<3>1 2024-06-12T15:46:40+02:00 n1 kernel - - [origin ip=\"a]\\\"b\"][x y=\"z\"] "
        "\xef\xbb\xbfoom",
        "time_us=1718200000000000", "pid=", "severity=error", "message=oom"),
    ROW("82 <30>1 - - kubelet procid id - counted", "host=", "identifier=kubelet",
        "pid=", "message=counted"),
    ROW("<191>1 - n1 app - - -", "severity=debug", "message="),
    ROW("<1>1 - n1 app - - [cut x=\"", "message="),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("<30>Jun 12 13:46:40 node01 kubelet[1]: RFC 3164"),
    RECORD("<192>1 - - - - - x"),
    RECORD("<30>2 - - - - - x"),
    RECORD("<30>1 yesterday n1 app - - x"),
    RECORD("<30>1 - n1 app"),
    RECORD("<6>[  123.456] kernel text"),
    RECORD("82 kubelet"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_syslog_rfc5424, entries, N_ELEMENTS(entries));
    check_none(&format_syslog_rfc5424, no_entries, N_ELEMENTS(no_entries));
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_syslog_rfc5424.bid(entries[0].record), BID_SURE);
    assert_int_equal(format_syslog_rfc5424.bid(SPAN("<6>[  123.456] kernel text\n")), BID_NO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_bid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
