#include "format_test.h"

extern const struct format format_event_json;

static const struct format_row entries[] = {
    ROW("{\"kind\":\"Event\",\"type\":\"Warning\",\"reason\":\"SystemOOM\",\"message\":\"System "
        "OOM "
        "encountered\",\"count\":2,\"source\":{\"component\":\"kubelet\",\"host\":\"n1\"},"
        "\"involvedObject\":{\"kind\":\"Node\",\"name\":\"n1\"},\"lastTimestamp\":\"2024-06-12T13:"
        "46:40Z\"}",
        "transport=event", "type=Warning", "reason=SystemOOM", "count=2", "identifier=kubelet",
        "host=n1", "object=node/n1", "time_us=1718200000000000", "message=System OOM encountered"),
    /* The newer API; an item of a typed list, which has no kind; times that are null. */
    ROW("{\"regarding\":{\"kind\":\"Pod\",\"name\":\"web\",\"namespace\":\"default\"},\"note\":"
        "\"low on "
        "memory. "
        "\",\"reason\":\"Evicted\",\"reportingController\":\"kubelet\",\"deprecatedLastTimestamp\":"
        "null,"
        "\"eventTime\":\"2024-06-12T13:46:40.500000Z\",\"series\":{\"count\":7}}",
        "object=pod/web", "namespace=default", "message=low on memory.", "count=7",
        "identifier=kubelet", "time_us=1718200000500000"),
    ROW("{\"kind\":\"Node\",\"metadata\":{\"name\":\"n1\"},\"status\":{\"conditions\":[{\"type\":"
        "\"Ready\","
        "\"status\":\"True\",\"message\":\"ready\"},{\"type\":\"DiskPressure\",\"status\":\"True\","
        "\"reason\":"
        "\"KubeletHasDiskPressure\",\"message\":\"kubelet has disk "
        "pressure\",\"lastTransitionTime\":"
        "\"2024-06-12T13:46:40Z\"}]}}",
        "host=n1", "object=node/n1", "condition=DiskPressure", "status=True", "Ready=True",
        "DiskPressure=True", "reason=KubeletHasDiskPressure", "severity=warning",
        "time_us=1718200000000000", "message=ready\nkubelet has disk pressure"),
    ROW("{\"kind\":\"Pod\",\"metadata\":{\"name\":\"web\"},\"spec\":{\"nodeName\":\"n1\"},"
        "\"status\":{"
        "\"reason\":\"Evicted\",\"message\":\"The node was low on resource: memory. \"}}",
        "host=n1", "object=pod/web", "reason=Evicted",
        "message=The node was low on resource: memory."),
    /* A node as a client wrote it: without its kind. */
    ROW("{\"metadata\":{\"name\":\"n1\"},\"status\":{\"conditions\":[{\"type\":\"Ready\","
        "\"status\":"
        "\"True\",\"message\":\"kubelet is posting ready status\","
        "\"lastHeartbeatTime\":\"2024-06-12T13:46:40Z\"}]}}",
        "host=n1", "condition=Ready", "status=True", "time_us=1718200000000000"),
    /* cluster-info dump up to 1.9 */
    ROW("{\"name\":\"n1.14f33a\",\"namespace\":\"default\",\"InvolvedObject\":{\"Kind\":\"Node\","
        "\"Name\":\"n1\"},\"Reason\":\"NodeNotReady\",\"Message\":\"Node n1 status is now: "
        "NodeNotReady\",\"LastTimestamp\":\"2024-06-12T13:46:40Z\",\"Count\":3,\"Type\":"
        "\"Normal\"}",
        "host=n1", "object=node/n1", "reason=NodeNotReady", "count=3", "type=Normal",
        "time_us=1718200000000000"),
    ROW("{\"name\":\"n1\",\"Status\":{\"Conditions\":[{\"Type\":\"Ready\",\"Status\":\"Unknown\","
        "\"LastTransitionTime\":\"2024-06-12T13:46:40Z\",\"Message\":\"Kubelet stopped posting "
        "node "
        "status.\"}],\"NodeInfo\":{},\"Addresses\":[{\"Address\":\"10.0.0.1\"}]}}",
        "host=n1", "condition=Ready", "status=Unknown", "Ready=Unknown", "address=10.0.0.1",
        "time_us=1718200000000000"),
    /* of the Insights operator */
    ROW("{\"namespace\":\"default\",\"lastTimestamp\":\"2024-06-12T13:46:40Z\",\"reason\":"
        "\"NodeNotReady\","
        "\"message\":\"Node n1 status is now: NodeNotReady\",\"type\":\"Normal\"}",
        "host=n1", "reason=NodeNotReady", "type=Normal", "time_us=1718200000000000"),
    ROW("{\"type\":\"ADDED\",\"object\":{\"involvedObject\":{},\"message\":\"watched\"}}",
        "message=watched", "object="),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("]"),
    RECORD("\"kind\": \"List\","),
    RECORD("{\"apiVersion\":\"v1\",\"items\":["),
    RECORD("{\"kind\":\"Pod\",\"status\":{\"phase\":\"Running\"}}"),
    RECORD("{\"kind\":\"Node\",\"status\":{\"conditions\":[]}}"),
    RECORD("{\"kind\":\"Node\",\"status\":7}"),
    RECORD("{\"kind\":\"Service\"}"),
    RECORD(
        "{\"namespace\":\"shop\",\"lastTimestamp\":\"2024-06-12T13:46:40Z\",\"reason\":\"Evicted\","
        "\"message\":\"The node was low on resource: memory.\",\"type\":\"Warning\"}"),
    RECORD("{\"kind\":\"Event\",\"involvedObject\":"),
    RECORD("text"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_event_json, entries, N_ELEMENTS(entries));
    check_none(&format_event_json, no_entries, N_ELEMENTS(no_entries));
}

/* A list however it was printed, whatever the size of the bites: two events, a node, a pod. */
static void test_fixtures(void **state)
{
    static const char *const paths[] = { "event_json/list.json", "event_json/list-compact.json",
                                         "event_json/watch.json" };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(paths); i++) {
        struct span text = read_fixture(paths[i]);

        assert_int_equal(format_event_json.bid(text), BID_SURE);
        for (size_t step = 1; step < 5000; step = step * 3 + 1) {
            assert_int_equal(count_framed(&format_event_json, text, step), 4);
        }
        free((void *)text.data);
    }
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_event_json.bid(SPAN("{\"MESSAGE\":\"x\"}")), BID_NO);
    assert_int_equal(format_event_json.bid(SPAN("{\"log\":\"x\\n\"}")), BID_NO);
    assert_int_equal(format_event_json.bid(SPAN("")), BID_NO);
    assert_int_equal(
        format_event_json.bid(SPAN("{\"status\":{\"conditions\":[{\"lastHeartbeatTime\":")),
        BID_SURE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_fixtures),
        cmocka_unit_test(test_bid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
