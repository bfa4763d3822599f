#include "format_test.h"

extern const struct format format_journal_short;

static void entries(void **state)
{
    /* clang-format off */
    static const struct format_row rows[] = {
        ROW("Apr 07 22:06:29 kmaster135 kubelet[19593]: F0407 msg", "host=kmaster135",
            "identifier=kubelet", "pid=19593", "message=F0407 msg", "stamp=Apr 07 22:06:29",
            "time_us=1712527589000000"),
        ROW("10月 16 09:50:55 ubuntu-k8s-3 kubelet[17144]: W1016 x", "host=ubuntu-k8s-3",
            "pid=17144", "message=W1016 x"),
        ROW("2024-06-12T13:46:40+0000 node-a systemd[1]: Started", "host=node-a",
            "identifier=systemd", "pid=1", "time_us=1718200000000000"),
        ROW("2024-06-12T13:46:40.000001+00:00 node-a kubelet[1]: x", "time_us=1718200000000001"),
        ROW("Wed 2024-06-12 13:46:40 UTC node-a kubelet[1234]: x", "host=node-a", "pid=1234",
            "time_us=1718200000000000"),
        ROW("Wed 2024-06-12 13:46:40 UTC node-a kubelet.service[1234]: x",
            "unit=kubelet.service", "identifier=", "pid=1234"),
        ROW("[    1.000000] node-a kubelet[1234]: x", "monotonic_us=1000000", "host=node-a"),
        ROW("1718200000.000000 node-a kubelet[1234]: x", "time_us=1718200000000000"),
        ROW("Jun 12 13:46:40.000000 host kubelet[1]: x", "host=host"),
        ROW("Jun 12 13:46:40 kubelet[1]: x", "host=", "identifier=kubelet"),
        ROW("Nov 02 05:06:55  kubelet[1714]: W1102 x", "host=", "identifier=kubelet", "pid=1714"),
        ROW("Sep 08 15:30:24 mst-docker systemd: Started x", "identifier=systemd", "pid="),
        ROW("May 13 15:55:17 dc1_host_46 kernel: INFO: task", "host=dc1_host_46",
            "transport=kernel", "message=INFO: task"),
        ROW("May 18 03:16:52 wkr-1 kernel: [ 2741.383766] Out of memory", "transport=kernel",
            "monotonic_us=2741383766", "message=Out of memory"),
        ROW("Jun 12 13:46:40 host rs:main Q:Reg[7]: x", "identifier=rs:main Q:Reg", "pid=7"),
        ROW("Jun 12 13:46:40 host audit[1]: AVC avc", "identifier=audit"),
        ROW("kubelet[546]: I0201 x", "identifier=kubelet", "pid=546", "stamp=", "message=I0201 x"),
        ROW("    kubelet[25388]: E0716 x", "identifier=kubelet"),
        ROW("11:09:35 host proc[3]: x", "host=host", "pid=3", "time_us=-9223372036854775808"),
        ROW("Jun 12 13:46:40 host kubelet[1]: one\n   two", "message=one\n   two"),
        ROW("Jun 12 13:46:40 host kubelet[1]:  >", "message= >"),
        ROW("Jun 12 13:46:40 host kubelet[1]:", "message="),
    };
    /* clang-format on */

    (void)state;
    check_rows(&format_journal_short, rows, N_ELEMENTS(rows));
}

static void refused(void **state)
{
    static const char *const rows[] = {
        "",
        "error: failed to run Kubelet",
        "kubelet.sh: waiting for /etc/kubernetes/kubelet.conf",
        "Jun 12 13:46:40",
        "Jun 12 13:46:40 host",
        "Jun 12 13:46:40 host something happened",
        "Jun 12 13:46:40host kubelet[1]: x",
        "Jun 32 13:46:40 host kubelet[1]: x",
        "[    1.000000] usb 1-1: New USB device",
        "[    1.000000] systemd[1]: Started",
        "[1375956.718910] [23143] 0 23143 528095 435853 3997696 39263 0 pip3",
        "E0602 15:59:24.360483   18726 kubelet.go:1530] x",
        "                                      kubelet[1]: too far right",
        "-- Logs begin at Sun 2019-04-07 20:03:02 PDT, end at Sun 2019-04-07 22:08:53 PDT. --",
        "  Warning  Evicted  1s  kubelet, node  The node was low",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct entry entry;

        if (decode_alone(&format_journal_short, span_of(rows[i]), arena, &entry) == 1) {
            fail_msg("%s", rows[i]);
        }
        assert_int_equal(format_journal_short.bid(span_of(rows[i])), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries),
        cmocka_unit_test(refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
