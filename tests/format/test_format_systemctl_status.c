#include "format_test.h"

extern const struct format format_systemctl_status;

#define HEAD "● kubelet.service - kubelet: The Kubernetes Node Agent\n"
#define RESTARTING                                                                                 \
    "   Active: activating (auto-restart) (Result: exit-code) since Sun 2019-04-07 22:06:29 PDT; " \
    "295ms ago\n"
#define PROCESS                                                                                    \
    "  Process: 19593 ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_KUBEADM_\n"
#define MAIN_PID " Main PID: 19593 (code=exited, status=255)"

static const struct format_row entries[] = {
    ROW(HEAD RESTARTING PROCESS MAIN_PID, "transport=status", "unit=kubelet.service",
        "about_unit=kubelet.service", "UNIT=kubelet.service", "pid=19593", "active=activating",
        "sub=auto-restart", "result=exit-code", "time_us=1554699989000000",
        "stamp=Sun 2019-04-07 22:06:29 PDT",
        "message=● kubelet.service - kubelet: The Kubernetes Node Agent\n"
        "Active: activating (auto-restart) (Result: exit-code) since Sun 2019-04-07 22:06:29 PDT; "
        "295ms ago\n"
        "Process: 19593 ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_KUBEADM_\n"
        "Main PID: 19593 (code=exited, status=255)"),
    ROW("x kubelet.service - Kubelet\n     Active: failed (Result: exit-code) since Wed 2024-06-12 "
        "13:46:40 "
        "UTC; 5s ago\n",
        "unit=kubelet.service", "active=failed", "result=exit-code", "time_us=1718200000000000"),
    ROW("* kubelet.service\n     Loaded: not-found (Reason: Unit kubelet.service not found.)",
        "unit=kubelet.service"),
    ROW("kubelet.service - Kubernetes Kubelet Server\n   Active: active (running) since Tue "
        "2015-01-06 "
        "07:04:04 XYZ; 1h ago",
        "unit=kubelet.service", "sub=running", "time_us=1420527844000000"),
    /* Lines that came alone. */
    ROW("   Active: failed (Result: exit-code) since Wed 2024-06-12 13:46:40 UTC; 5s ago",
        "unit=", "active=failed", "pid="),
    ROW(" Main PID: 1343 (kubelet)", "pid=1343", "message=Main PID: 1343 (kubelet)"),
    ROW("Loaded: loaded (/lib/systemd/system/kubelet.service; enabled)", "transport=status"),
    /* Said twice, cut, or odd. */
    ROW("Active: failed (Result: a)\nActive: failed (Result: b)\nActive: inactive (dead",
        "result=a"),
    ROW("Main PID: 99999999999999999999 (kubelet)", "pid="),
    ROW("Active: active (running) since ;", "time_us=-9223372036854775808"),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("\n"),
    RECORD("   Docs: https://kubernetes.io/docs/home/"),
    RECORD("Active: true"),
    RECORD("Main PID: unknown"),
    RECORD("kubelet.service: Main process exited, code=exited, status=255/n/a"),
    RECORD("kubelet.service"),
    RECORD("● node01"),
    RECORD("● what is kubelet.service - a question"),
    RECORD("Apr 07 22:06:29 kmaster135 systemd[1]: kubelet.service: Unit entered failed state."),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_systemctl_status, entries, N_ELEMENTS(entries));
    check_none(&format_systemctl_status, no_entries, N_ELEMENTS(no_entries));
}

static void test_begins(void **state)
{
    static const struct {
        const char *line;
        bool begins;
    } rows[] = {
        { "● kubelet.service - kubelet: The Kubernetes Node Agent", true },
        { "   Loaded: loaded (/lib/systemd/system/kubelet.service; enabled)", false },
        { "           └─10-kubeadm.conf", false },
        { " Main PID: 19593 (code=exited, status=255)", false },
        { "Main PID: 19593 (code=exited, status=255)", false },
        { "Docs: https://kubernetes.io/docs/home/", false },
        { "", true },
        { "Apr 07 22:06:29 kmaster135 systemd[1]: kubelet.service: Failed", true },
        { "  ● docker.service - Docker", true },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(format_systemctl_status.begins(span_of(rows[i].line)), rows[i].begins);
    }
}

static void test_bid(void **state)
{
    struct span text = read_fixture("systemctl_status/kubelet.txt");

    (void)state;
    assert_true(format_systemctl_status.bid(text) > BID_WEAK);
    assert_true(format_systemctl_status.bid(SPAN(HEAD RESTARTING MAIN_PID)) == BID_SURE);
    assert_int_equal(format_systemctl_status.bid(SPAN("Apr 07 22:06:29 h systemd[1]: x\n")),
                     BID_NO);
    assert_int_equal(format_systemctl_status.bid(SPAN("")), BID_NO);
    free((void *)text.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_begins),
        cmocka_unit_test(test_bid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
