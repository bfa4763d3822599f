#include "format_test.h"

extern const struct format format_klog_json;

static const struct format_row entries[] = {
    ROW("{\"ts\":1718200000000.125,\"caller\":\"kubelet/kubelet.go:1530\",\"msg\":\"Failed to "
        "start "
        "cAdvisor\",\"err\":\"inotify_init: too many open files\"}",
        "time_us=1718200000000125", "klog.severity=E", "klog.file=kubelet.go", "klog.line=1530",
        "severity=error", "err=inotify_init: too many open files",
        "message=Failed to start cAdvisor err=inotify_init: too many open files"),
    ROW("{\"ts\":1718200000000,\"caller\":\"x.go:1\",\"msg\":\"Sync\",\"v\":0,\"pod\":{\"name\":"
        "\"web\","
        "\"namespace\":\"default\"},\"n\":3,\"ok\":true}",
        "klog.severity=I", "pod=default/web", "message=Sync pod=default/web n=3 ok=true"),
    ROW("{\"level\":\"warn\",\"ts\":\"2024-06-12T13:46:40.123Z\",\"caller\":\"etcdserver/"
        "util.go:170\","
        "\"msg\":\"apply request took too long\",\"took\":\"1.2s\"}",
        "time_us=1718200000123000", "severity=warning",
        "message=apply request took too long took=1.2s"),
    /* logrus, slog */
    ROW("{\"error\":\"no space left on device\",\"level\":\"error\",\"msg\":\"PullImage failed\","
        "\"time\":\"2024-06-12T13:46:40.5Z\"}",
        "time_us=1718200000500000", "severity=error",
        "klog.severity=", "message=PullImage failed error=no space left on device"),
    ROW("{\"time\":\"2024-06-12T13:46:40Z\",\"level\":\"WARN\",\"msg\":\"slow\"}",
        "time_us=1718200000000000", "severity=warning", "message=slow"),
    ROW("{\"ts\":1718200000.5,\"msg\":\"seconds\",\"list\":[1,\"a\"]}", "time_us=1718200000500000",
        "message=seconds list=[1,\"a\"]"),
    ROW("{\"ts\":-1e300,\"msg\":\"\"}", "time_us=-9223372036854775808", "message="),
    ROW("{\"ts\":null,\"msg\":\"a\\u0000b\",\"caller\":\"x:y\"}", "klog.file="),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("{}"),
    RECORD("{\"msg\":\"no time\"}"),
    RECORD("{\"msg\":\"no level\",\"time\":\"2024-06-12T13:46:40Z\"}"),
    RECORD("{\"ts\":1,\"msg\":7}"),
    RECORD("{\"ts\":1,\"msg\":\"cut"),
    RECORD("{\"ts\":1,\"msg\":\"x\"} {}"),
    RECORD("[{\"ts\":1,\"msg\":\"x\"}]"),
    RECORD("{\"MESSAGE\":\"journal\",\"__REALTIME_TIMESTAMP\":\"1\"}"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_klog_json, entries, N_ELEMENTS(entries));
    check_none(&format_klog_json, no_entries, N_ELEMENTS(no_entries));
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_klog_json.bid(entries[0].record), BID_SURE);
    assert_int_equal(format_klog_json.bid(SPAN("{\"log\":\"x\\n\",\"stream\":\"stderr\"}\n")),
                     BID_NO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_bid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
