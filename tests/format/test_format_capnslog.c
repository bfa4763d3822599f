#include "format_test.h"

#include "format/layer.h"

extern const struct format format_capnslog;

static const struct format_row entries[] = {
    ROW("2024-06-12 13:46:40.123456 W | wal: sync duration of 2.7s, expected less than 1s",
        "severity=warning", "message=W | wal: sync duration of 2.7s, expected less than 1s"),
    ROW("2024-06-12 13:46:40.123456 C | etcdmain: listen tcp 10.0.0.11:2380: bind: failed",
        "severity=critical", "message=C | etcdmain: listen tcp 10.0.0.11:2380: bind: failed"),
    ROW("2024-06-12 13:46:40.123456 N | etcdserver/membership: set the initial cluster version",
        "severity=notice"),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("2024-06-12"),
    RECORD("2024-06-12 13:46:40.123456"),
    RECORD("2024-06-12 13:46:40.123456 W"),
    RECORD("2024-06-12 13:46:40.123456 W | "),
    RECORD("2024-06-12 13:46:40.123456 X | wal: text"),
    RECORD("2024-06-12 13:46:40.123456 W | a row of a table"),
    RECORD("2024-13-12 13:46:40.123456 W | wal: text"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_capnslog, entries, N_ELEMENTS(entries));
    check_none(&format_capnslog, no_entries, N_ELEMENTS(no_entries));
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_capnslog.bid(entries[0].record), BID_GOOD);
    assert_int_equal(format_capnslog.bid(SPAN("2024-06-12 | a table\n")), BID_NO);
    assert_int_equal(format_capnslog.bid(SPAN("")), BID_NO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_bid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
