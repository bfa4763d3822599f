#include "format_test.h"

extern const struct format format_event;

#define SANDBOX "Failed create pod sandbox: rpc error: code = Unknown desc = failed to start"

static const struct format_row entries[] = {
    /* kubectl describe, with its whitespace and without. */
    ROW("  Warning  EvictionThresholdMet       7m48s (x38 over 2d5h)  kubelet, 192.168.115.23  "
        "Attempting "
        "to reclaim memory",
        "transport=event", "type=Warning", "severity=warning", "reason=EvictionThresholdMet",
        "age=7m48s", "last_seen=7m48s", "count=38", "first_seen=2d5h", "identifier=kubelet",
        "from=kubelet", "host=192.168.115.23", "message=Attempting to reclaim memory"),
    ROW("Warning SystemOOM 5m46s kubelet, izwz9h8m2chowowqckbcy0z System OOM encountered, victim "
        "process: "
        "pip3, pid: 23143",
        "reason=SystemOOM", "host=izwz9h8m2chowowqckbcy0z", "identifier=kubelet",
        "message=System OOM encountered, victim process: pip3, pid: 23143"),
    ROW("Normal Starting 5m57s kube-proxy, n1 Starting kube-proxy.", "identifier=kube-proxy",
        "host=n1", "severity=info", "message=Starting kube-proxy."),
    ROW("  Warning  UnexpectedAdmissionError  26s   kubelet            Update plugin resources "
        "failed",
        "identifier=kubelet", "host=", "message=Update plugin resources failed"),
    ROW("  Normal   Scheduled               <unknown>              default-scheduler  Successfully "
        "assigned "
        "kube-system/kube-proxy-zq5dk to nodex1",
        "age=<unknown>", "identifier=default-scheduler"),
    ROW("Warning\tFailedCreatePodSandBox\t4m (x76 over 64m)\tkubelet, lab-switch-13\t" SANDBOX,
        "count=76", "host=lab-switch-13", "message=" SANDBOX),
    ROW("  Normal  NodeHasDiskPressure  5m  kubelet  Node n7 status is now: NodeHasDiskPressure",
        "host=n7"),
    ROW("  Warning  Custom  5m                      The controller says this",
        "identifier=", "message=The controller says this"),
    /* kubectl describe up to 1.7 */
    ROW("  9d        51m        49428    kubelet, ubuntu-k8s-3            Warning        "
        "EvictionThresholdMet    Attempting to reclaim nodefs",
        "first_seen=9d", "last_seen=51m", "age=51m", "count=49428", "host=ubuntu-k8s-3",
        "type=Warning", "reason=EvictionThresholdMet", "message=Attempting to reclaim nodefs"),
    ROW("  15h\t\t29m\t\t6\tkubelet, gke-jobs\t\t\tNormal\t\tNodeHasDiskPressure\tNode gke-jobs "
        "status is "
        "now: NodeHasDiskPressure",
        "count=6", "host=gke-jobs", "reason=NodeHasDiskPressure"),
    ROW("1m 1m 3 {kubelet 10.0.0.5} spec.containers{web} Warning Failed Failed to pull image",
        "identifier=kubelet", "host=10.0.0.5", "sub_object=spec.containers{web}",
        "message=Failed to pull image"),
    /* kubectl get events */
    ROW("default     20m         Warning   InvalidDiskCapacity       node/pi-node-1   invalid "
        "capacity 0 on "
        "image filesystem",
        "namespace=default", "object=node/pi-node-1", "host=pi-node-1",
        "reason=InvalidDiskCapacity", "message=invalid capacity 0 on image filesystem"),
    ROW("2m (x15 over 3h)   Warning   BackOff   pod/web-0   Back-off restarting failed container",
        "namespace=", "count=15", "object=pod/web-0", "host="),
    ROW("5m12s   Warning   Evicted   pod/web-0   spec.containers{web}   kubelet, n1   The node was "
        "low on "
        "resource: memory.   5m12s   1   web-0.17d1b3a2c4e5f607",
        "sub_object=spec.containers{web}", "identifier=kubelet", "host=n1", "count=1",
        "message=The node was low on resource: memory."),
    ROW("5m12s   Normal   Starting   node/n1      kubelet   Starting kubelet.   5m12s   1   "
        "n1.17d1b3a2c4e5f607",
        "identifier=kubelet", "host=n1", "message=Starting kubelet."),
    ROW("5m 6m 2 n1.17d1b3a2c4e5f607 Node Warning SystemOOM kubelet, n1 System OOM encountered",
        "count=2", "reason=SystemOOM", "host=n1", "message=System OOM encountered"),
    /* kubectl describe node: conditions */
    ROW("  DiskPressure \t\tTrue \t\tSun, 27 Nov 2016 18:44:52 +0000 \tSun, 27 Nov 2016 18:32:08 "
        "+0000 "
        "\tKubeletHasDiskPressure \tkubelet has disk pressure",
        "condition=DiskPressure", "status=True", "reason=KubeletHasDiskPressure",
        "severity=warning", "time_us=1480271528000000", "last_seen=Sun, 27 Nov 2016 18:44:52 +0000",
        "message=kubelet has disk pressure"),
    ROW("Ready Unknown Sun, 27 Nov 2016 18:44:52 +0000 Sun, 27 Nov 2016 18:45:36 +0000 "
        "NodeStatusUnknown Kubelet stopped posting node status.",
        "condition=Ready", "severity=warning", "message=Kubelet stopped posting node status."),
    ROW("  Ready            True    Mon, 03 Jun 2024 10:00:00 +0200   <unknown>   KubeletReady   "
        "kubelet is "
        "posting ready status",
        "severity=info", "status=True"),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("Events:"),
    RECORD("  Type     Reason          Age                From               Message"),
    RECORD("  ----     ------          ----               ----               -------"),
    RECORD("  FirstSeen\tLastSeen\tCount\tFrom\tSubObjectPath\tType\tReason\tMessage"),
    RECORD("LAST SEEN   TYPE      REASON   OBJECT   MESSAGE"),
    RECORD("Warning: resource nodes/n1 is missing the last-applied-configuration annotation"),
    RECORD("Normal operation resumed after 5m"),
    RECORD("Warning something 5m kubelet text"),
    RECORD("Warning SystemOOM soon kubelet, n1 text"),
    RECORD("Warning SystemOOM 5m"),
    RECORD("Error SystemOOM 5m kubelet, n1 text"),
    RECORD("NAME   READY   STATUS    RESTARTS   AGE"),
    RECORD("web-0   1/1     Running   0          5m"),
    RECORD("n1   Ready    <none>   5m   v1.30.0"),
    RECORD("E0602 15:59:24.360483   18726 kubelet.go:1530] \"Failed to start cAdvisor\""),
    RECORD("Jun 02 15:59:24 node01 kubelet[18726]: Warning SystemOOM 5m46s kubelet, n1 text"),
    RECORD("Ready True KubeletReady kubelet is posting ready status"),
    RECORD("Ready  True  Mon, 99 Jun 2024 10:00:00 +0000  Mon, 03 Jun 2024 10:00:00 +0000 "
           "KubeletReady x"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_event, entries, N_ELEMENTS(entries));
    check_none(&format_event, no_entries, N_ELEMENTS(no_entries));
}

static void test_bid(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(entries); i++) {
        assert_int_equal(format_event.bid(entries[i].record), BID_GOOD);
    }
    assert_int_equal(
        format_event.bid(SPAN("Events:\n  Type  Reason  Age  From  Message\n  ----  ------\n")),
        BID_GOOD);
    assert_int_equal(format_event.bid(SPAN("NAME   READY   STATUS\nweb-0  1/1  Running\n")),
                     BID_NO);
    assert_int_equal(format_event.bid(SPAN("")), BID_NO);
}

/* Whole pastes: lines that are rows, of lines that are neither header nor decoration. */
static void test_fixtures(void **state)
{
    static const struct {
        const char *path;
        size_t entries;
    } rows[] = {
        { "event/describe-1.7.txt", 9 },
        { "event/describe-collapsed.txt", 6 },
        { "event/get-events.txt", 4 },
        { "event/conditions.txt", 5 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct format_context context = { .arena = arena };
        struct span text = read_fixture(rows[i].path), rest = text, line;
        size_t n = 0;

        assert_int_equal(format_event.bid(text), BID_GOOD);
        while (span_cut(&rest, '\n', &line)) {
            struct entry entry = entry_empty();
            int r = format_event.decode(&context, line, &entry);

            assert_true(r >= 0);
            n += r == 1;
        }
        assert_int_equal(n, rows[i].entries);
        free((void *)text.data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_bid),
        cmocka_unit_test(test_fixtures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
