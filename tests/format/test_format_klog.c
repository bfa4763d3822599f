#include "format_test.h"

extern const struct format format_klog;

static void entries(void **state)
{
    static const struct format_row rows[] = {
        ROW("F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet",
            "message=F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet"),
        ROW("    E0407 22:06:29.503369   19593 a.go:1] pasted with an indent",
            "message=E0407 22:06:29.503369   19593 a.go:1] pasted with an indent"),
        ROW("E1127      617 summary.go:92] the time was cut out",
            "message=E1127      617 summary.go:92] the time was cut out"),
        ROW("kubelet.go:1561] no header but the file",
            "message=kubelet.go:1561] no header but the file"),
        ROW("winworker-1 E0407 22:06:29.503369   19593 a.go:1] with its node", "host=winworker-1",
            "message=E0407 22:06:29.503369   19593 a.go:1] with its node"),
        ROW("F0407 22:06:29.5 1 a.go:1] died\ngoroutine 1 [running]:\n",
            "message=F0407 22:06:29.5 1 a.go:1] died\ngoroutine 1 [running]:"),
    };

    (void)state;
    check_rows(&format_klog, rows, N_ELEMENTS(rows));
}

static const struct span none[] = {
    RECORD(""),
    RECORD("E0407"),
    RECORD("E0407 22:06:29.503369   19593 server.go:262 no bracket"),
    RECORD("Error: something happened"),
    RECORD("Node1 E0407 22:06:29.503369   19593 a.go:1] no name of a node"),
    RECORD("n1 E0407      617 a.go:1] the time was cut out"),
    RECORD("Warning  Evicted  1s  kubelet, node  The node was low"),
    RECORD("             E0407 22:06:29.503369   19593 a.go:1] too far right"),
    RECORD("[    1.000000] usb 1-1: New USB device"),
};

static void refused(void **state)
{
    (void)state;
    check_none(&format_klog, none, N_ELEMENTS(none));
    for (size_t i = 0; i < N_ELEMENTS(none); i++) {
        assert_int_equal(format_klog.bid(none[i]), BID_NO);
    }
}

static void begins(void **state)
{
    static const struct {
        const char *line;
        bool begins;
    } rows[] = {
        { "E0407 22:06:29.5 1 a.go:1] x", true },
        { "  E0407 22:06:29.5 1 a.go:1] x", true },
        { "error: text of its own", true },
        { "\tdetail", false },
        { "goroutine 1 [running]:", false },
        { "main.main()", false },
        { "}. Err: connection error", false },
        { " >", false },
        { "", false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (format_klog.begins(span_of(rows[i].line)) != rows[i].begins) {
            fail_msg("%s", rows[i].line);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries),
        cmocka_unit_test(refused),
        cmocka_unit_test(begins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
