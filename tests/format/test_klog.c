#include "format_test.h"

#include "base/cleanup.h"
#include "format/klog.h"

static void headers(void **state)
{
    static const struct {
        const char *text;
        char severity;
        int64_t thread;
        const char *file;
        int64_t line;
        const char *rest;
    } rows[] = {
        { "F0407 22:06:29.503369   19593 server.go:262] failed to run", 'F', 19593, "server.go",
          262, "failed to run" },
        { "E0131 21:41:50.888700 1457724 bootstrap.go:265] x", 'E', 1457724, "bootstrap.go", 265,
          "x" },
        { "I1017 12:02:57.477566       1 container_gc.go:85] x", 'I', 1, "container_gc.go", 85,
          "x" },
        { "E1127      617 summary.go:92] x", 'E', 617, "summary.go", 92, "x" },
        { "W0216 eviction_manager.go:329] x", 'W', -1, "eviction_manager.go", 329, "x" },
        { "kubelet.go:1561] x", 0, -1, "kubelet.go", 1561, "x" },
        { "I0407 22:06:29.503369   19593 server.go:262] ", 'I', 19593, "server.go", 262, "" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct klog klog;
        struct span rest;

        if (!klog_header(span_of(rows[i].text), &klog, &rest)) {
            fail_msg("%s", rows[i].text);
        }
        assert_int_equal(klog.severity, rows[i].severity);
        assert_int_equal(klog.thread, rows[i].thread);
        assert_true(span_is(klog.file, rows[i].file));
        assert_int_equal(klog.line, rows[i].line);
        assert_true(span_is(rest, rows[i].rest));
    }
}

static void no_headers(void **state)
{
    static const char *const rows[] = {
        "",
        "F",
        "F0407",
        "F0407 22:06:29.503369   19593 server.go:262 no bracket",
        "F0407 22:06:29.503369   19593 server.go:] x",
        "X0407 22:06:29.503369   19593 server.go:262] x",
        "I0501 16:55:24.346842    1591 eviction_manage", /* cut */
        "Error: failed to run Kubelet",
        "server.cc:262] x",
        "W0409 19:39:39.195]   Apr 09 19:34:38.617: INFO: At",
        "[core] x",
        "kubelet.go:12 x",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct klog klog;
        struct span rest;

        if (klog_header(span_of(rows[i]), &klog, &rest)) {
            fail_msg("%s", rows[i]);
        }
    }
}

static void unquotes(void **state)
{
    static const struct {
        const char *text;
        const char *message;
        const char *fields; /* name=value, joined by ; */
    } rows[] = {
        { "\"command failed\" err=\"failed to run Kubelet: running with swap on\"",
          "command failed err=failed to run Kubelet: running with swap on",
          "err=failed to run Kubelet: running with swap on" },
        { "\"msg\" key=\"value\" n=3", "msg key=value n=3", "key=value;n=3" },
        { "\"msg\"", "msg", "" },
        { "\"Unable to register\" err=\"Post \\\"https://a\\\": dial\" node=\"b\"",
          "Unable to register err=Post \"https://a\": dial node=b",
          "err=Post \"https://a\": dial;node=b" },
        { "\"m\" a=\"x\\ty\\nz\\x41\\u00e9\\\\\"", "m a=x\ty\nzA\xc3\xa9\\",
          "a=x\ty\nzA\xc3\xa9\\" },
        { "\"m\" event={\"Pid\":879344,\"Name\":\"a b\"} x=1",
          "m event={\"Pid\":879344,\"Name\":\"a b\"} x=1",
          "event={\"Pid\":879344,\"Name\":\"a b\"};x=1" },
        { "\"Swap is on\" /proc/swaps contents=<\n\tFilename\tType\n\t/dev/sda5 partition\n > a=1",
          "Swap is on /proc/swaps contents=Filename\tType\n/dev/sda5 partition a=1",
          "/proc/swaps contents=Filename\tType\n/dev/sda5 partition;a=1" },
        { "\"cut\" err=\"please disable swa", "cut err=please disable swa",
          "err=please disable swa" },
        { "\"cut", "cut", "" },
        { "\"m\" a=", "m a=", "a=" },
        { "\"m\" err=<nil>", "m err=<nil>", "err=<nil>" },
        { "\"m\" trailing words", "m trailing words", "" },
        { "plain err=\"x\"", "plain err=\"x\"", "" },
        { "\"bad \\q \\x4 \\u12\"", "bad \\q \\x4 \\u12", "" },
        { "", "", "" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        CLEANUP(buf_done_at) struct buf buf = { 0 };
        const struct field *fields;
        size_t n;
        struct span message = klog_unquote(span_of(rows[i].text), arena, &fields, &n);

        if (!span_is(message, rows[i].message)) {
            fail_msg("%s: %.*s", rows[i].text, (int)message.size, message.data);
        }
        for (size_t j = 0; j < n; j++) {
            buf_printf(&buf, "%s%.*s=", j ? ";" : "", (int)fields[j].name.size,
                       fields[j].name.data);
            buf_add(&buf, fields[j].value);
        }
        assert_true(span_is(buf_span(&buf), rows[i].fields));
    }
}

static void refines(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    const struct format_context context = { .arena = arena };
    struct entry entry = entry_empty();

    (void)state;
    entry.message = SPAN("E0602 15:59:24.360483 18726 kubelet.go:1530] \"Failed\" err=\"x\"");
    klog_refine(&context, &entry);
    assert_true(span_is(entry.message, "Failed err=x"));
    assert_int_equal(entry.severity, SEVERITY_ERROR);
    assert_int_equal(entry.pid, 18726);
    assert_int_not_equal(entry.when.time_us, TIME_UNKNOWN);
    assert_true(span_is(entry_field(&entry, SPAN("err"), arena), "x"));

    /* The journal knows the process and the time better: dockerd passes on a container's klog. */
    entry = entry_empty();
    entry.pid = 21346;
    entry.when.time_us = 5;
    entry.message = SPAN("W0202 17:43:21.646423   23665 eviction_manager.go:332] attempting");
    klog_refine(&context, &entry);
    assert_int_equal(entry.pid, 21346);
    assert_int_equal(entry.klog.thread, 23665);
    assert_int_equal(entry.when.time_us, 5);

    /* Somebody else's quotes stay; klog's without a header are known by their pairs. */
    entry = entry_empty();
    entry.message = SPAN("\"echo 0 > /proc/sys/x\" disables this message.");
    klog_refine(&context, &entry);
    assert_true(span_is(entry.message, "\"echo 0 > /proc/sys/x\" disables this message."));
    entry.message = SPAN("\"command failed\" err=\"unknown flag\"");
    klog_refine(&context, &entry);
    assert_true(span_is(entry.message, "command failed err=unknown flag"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers),
        cmocka_unit_test(no_headers),
        cmocka_unit_test(unquotes),
        cmocka_unit_test(refines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
