#include "format_test.h"

#include "format/layer.h"

extern const struct format format_logrus;

static const struct format_row entries[] = {
    ROW("time=\"2024-06-12T13:46:40.123456789Z\" level=error msg=\"RunPodSandbox for \\\"web\\\" "
        "failed\" "
        "error=\"rpc error: code = Unknown\" id=abc",
        "time_us=1718200000123456", "severity=error", "error=rpc error: code = Unknown", "id=abc",
        "message=RunPodSandbox for \"web\" failed error=rpc error: code = Unknown id=abc"),
    ROW("time=\"2024-06-12T13:46:40+02:00\" level=warning msg=\"plain\"",
        "time_us=1718192800000000", "severity=warning", "message=plain"),
    ROW("level=info ts=2024-06-12T13:46:40Z caller=main.go:1 msg=\"go-kit\"", "severity=info",
        "message=go-kit"),
    ROW("time=\"2024-07-08 08:46:25\" level=info msg=\"I0708 08:46:25.876821 1814 x.go:721] "
        "\\\"Started\\\"\" "
        "component=kubelet stream=stderr",
        "identifier=kubelet", "stream=stderr", "time_us=1720428385000000"),
    ROW("INFO[0005] Starting k3s v1.30.0", "severity=info", "message=Starting k3s v1.30.0"),
    ROW("FATA[2024-06-12T13:46:40Z] starting kubernetes: preparing server", "severity=critical",
        "time_us=1718200000000000", "message=starting kubernetes: preparing server"),
    /* Cut. */
    ROW("time=\"2024-06-12T13:46:40Z\" level=info msg=\"cut in the mid", "message=cut in the mid"),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("time="),
    RECORD("time=\"2024-06-12T13:46:40Z\""),
    RECORD("time=\"2024-06-12T13:46:40Z\" level=info"),
    RECORD("time=\"2024-06-12T13:46:40Z\" level=loud msg=\"x\""),
    RECORD("time=\"unterminated\\"),
    RECORD("time flies level=info msg=x"),
    RECORD("INFO[x] y"),
    RECORD("INFO["),
    RECORD("INFO[0005"),
    RECORD("Jun 12 13:46:40 n containerd[1]: time=\"2024-06-12T13:46:40Z\" level=info msg=\"x\""),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_logrus, entries, N_ELEMENTS(entries));
    check_none(&format_logrus, no_entries, N_ELEMENTS(no_entries));
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_logrus.bid(entries[0].record), BID_GOOD);
    assert_int_equal(format_logrus.bid(SPAN("time for msg=x\n")), BID_NO);
    assert_int_equal(format_logrus.bid(SPAN("")), BID_NO);
}

/* Inside a journal line: what the journal said stays, klog inside of it all is undone too. */
static void test_layers(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct format_context context = { .arena = arena };
    struct entry entry = entry_empty();
    static const char *const want[] = {
        "identifier=k0s",
        "time_us=7",
        "klog.severity=E",
        "klog.file=kubelet.go",
        "message=Failed to start cAdvisor err=inotify_init: too many open files component=kubelet",
        NULL,
    };

    (void)state;
    entry.identifier = SPAN("k0s");
    entry.when.time_us = 7;
    entry.message =
        SPAN("time=\"2024-07-08 08:46:25\" level=info msg=\"E0708 08:46:25.876821    1814 "
             "kubelet.go:1530] \\\"Failed to start cAdvisor\\\" err=\\\"inotify_init: too many "
             "open files\\\"\" component=kubelet");
    layer_refine(&context, &entry);
    check_entry(&entry, want, arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_bid),
        cmocka_unit_test(test_layers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
