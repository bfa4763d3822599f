#include "format_test.h"

extern const struct format format_journal_json;

static const struct format_row entries[] = {
    ROW("{\"__CURSOR\":\"c\",\"__REALTIME_TIMESTAMP\":\"5\",\"_HOSTNAME\":\"node01\",\"_PID\":"
        "\"1\","
        "\"UNIT\":\"kubelet.service\",\"PRIORITY\":\"3\",\"MESSAGE\":\"a \\\"b\\\"\\nc\"}",
        "cursor=c", "time_us=5", "host=node01", "pid=1", "about_unit=kubelet.service",
        "severity=error", "message=a \"b\"\nc"),
    ROW("{\n\t\"MESSAGE\" : \"pretty\",\n\t\"_PID\" : \"2\"\n}\n", "message=pretty", "pid=2"),
    ROW("data: {\"MESSAGE\":\"event stream\"}\n\n", "message=event stream"),
    ROW("\x1e{\"MESSAGE\":\"sequence\"}\n", "message=sequence"),
    ROW("[{\"MESSAGE\":\"first of a list\"},", "message=first of a list"),
    ROW("{\"MESSAGE\":\"last of a list\"}]", "message=last of a list"),
    /* Bytes that are no UTF-8; values too large to print; repeated fields; the two together. */
    ROW("{\"MESSAGE\":[104,105,255],\"_PID\":\"3\"}", "message=hi\xff", "pid=3"),
    ROW("{\"MESSAGE\":null,\"_PID\":\"4\"}", "message=", "pid=4"),
    ROW("{\"MESSAGE\":[\"first\",\"second\"],\"A\":[[65,66],\"x\"]}", "message=first", "A=x"),
    ROW("{\"MESSAGE\":\"numbers\",\"_PID\":5,\"A\":true,\"B\":{\"C\":1}}", "pid=5", "A=true", "B="),
    ROW("{\"MESSAGE\":\"a\\u0000b\"}", "severity=unknown"),
    ROW("{\"MESSAGE\":[],\"_PID\":\"6\"}", "message=", "pid=6"),
    ROW("{\"MESSAGE\":[256,-1,1.5],\"_PID\":\"7\"}", "message=", "pid=7"),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD(" \n"),
    RECORD("]\n"),
    RECORD("{}"),
    RECORD("{\"msg\":\"klog in JSON\"}"),
    RECORD("{\"MESSAGE\":\"cut"),
    RECORD("{\"MESSAGE\":\"x\"} behind"),
    RECORD("\"MESSAGE\""),
    RECORD("{\"A\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
           "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_journal_json, entries, N_ELEMENTS(entries));
    check_none(&format_journal_json, no_entries, N_ELEMENTS(no_entries));
}

static void test_frame(void **state)
{
    static const struct {
        const char *text;
        bool at_end;
        size_t size;
    } rows[] = {
        { "{\"A\":\"1\"}\n{", false, 10 },
        { "{\"A\":\"1\"}", false, 0 },
        { "{\"A\":\"1\"}", true, 9 },
        { "{\n\"A\":\"}\"\n}\n{", false, 12 },
        { "{\n\"A\":\"}\"\n", false, 0 },
        { "\x1e{\"A\":\"1\"}\nx", false, 11 },
        { "data: {\"A\":\"1\"}\n\n", false, 16 },
        { "text\n{", false, 5 },
        /* A line that was cut costs that line only. */
        { "{\"A\":\"1\n{\"A\":\"2\"}\n", false, 8 },
        { "{\"A\":[\n{\"A\":\"2\"}\n", false, 7 },
        { "\n\n", false, 0 },
        { "\n\n", true, 2 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(format_journal_json.frame(span_of(rows[i].text), rows[i].at_end),
                         rows[i].size);
    }
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_journal_json.bid(SPAN("{\"__CURSOR\":\"c\"}")), BID_SURE);
    assert_int_equal(format_journal_json.bid(SPAN("{\"ts\":1,\"msg\":\"x\"}")), BID_NO);
    assert_int_equal(format_journal_json.bid(SPAN("-- Logs begin at ... --")), BID_NO);
}

/* The same entries however journalctl wrote them, whatever the size of the bites. */
static void test_fixtures(void **state)
{
    static const char *const paths[] = {
        "journal_json/kubelet.json",
        "journal_json/kubelet-pretty.json",
        "journal_json/kubelet-sse.txt",
        "journal_json/kubelet-seq.json",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(paths); i++) {
        struct span text = read_fixture(paths[i]);

        assert_int_equal(format_journal_json.bid(text), BID_SURE);
        for (size_t step = 1; step < 5000; step = step * 3 + 1) {
            assert_int_equal(count_framed(&format_journal_json, text, step), 6);
        }
        free((void *)text.data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_frame),
        cmocka_unit_test(test_bid),
        cmocka_unit_test(test_fixtures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
