#include "format_test.h"

extern const struct format format_event_yaml;

static const struct format_row entries[] = {
    ROW("- apiVersion: v1\n  count: 3\n  eventTime: null\n  involvedObject:\n    kind: Node\n    "
        "name: n1\n"
        "  kind: Event\n  lastTimestamp: \"2024-06-12T13:46:40Z\"\n  message: System OOM "
        "encountered\n"
        "  reason: SystemOOM\n  source:\n    component: kubelet\n    host: n1\n  type: Warning\n",
        "reason=SystemOOM", "count=3", "host=n1", "object=node/n1", "identifier=kubelet",
        "time_us=1718200000000000", "message=System OOM encountered"),
    ROW("apiVersion: v1\ninvolvedObject: {kind: Pod, name: web}\nmessage: |\n  two\n  lines\n",
        "object=pod/web", "message=two\nlines"),
    /* An item of a typed list: without its kind. */
    ROW("- metadata:\n    name: n1\n  status:\n    conditions:\n    - lastHeartbeatTime: "
        "\"2024-06-12T13:46:40Z\"\n      message: kubelet is posting ready status\n      status: "
        "\"True\"\n      type: Ready\n",
        "host=n1", "condition=Ready", "status=True", "time_us=1718200000000000"),
    ROW("kind: Pod\nmetadata:\n  name: web\nstatus:\n  message: 'The node was low on resource: "
        "memory. '\n"
        "  reason: Evicted\n",
        "object=pod/web", "reason=Evicted", "message=The node was low on resource: memory."),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("---\n"),
    RECORD("apiVersion: v1\nitems:\n"),
    RECORD("kind: List\nmetadata:\n  resourceVersion: \"\"\n"),
    RECORD("kind: Pod\nstatus:\n  phase: Running\n"),
    RECORD("- involvedObject: [\n"),
    RECORD("involvedObject: *nobody\n\t- : ]\n"),
    RECORD("text without a colon"),
    RECORD("a: &a [x, x]\nb: &b [*a, *a]\nstatus: [*b, *b]\n"),
    RECORD("%st.\xff\x0e\nstatus:\n "),
    RECORD("%YAML 1.1\nstatus:\n "),
    RECORD("kind: Event\nreason: \xff\nstatus:\n "),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_event_yaml, entries, N_ELEMENTS(entries));
    check_none(&format_event_yaml, no_entries, N_ELEMENTS(no_entries));
}

/* Two events, a node, a pod, as a list and as documents. */
static void test_fixtures(void **state)
{
    static const char *const paths[] = { "event_yaml/list.yaml", "event_yaml/documents.yaml" };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(paths); i++) {
        struct span text = read_fixture(paths[i]);

        assert_int_equal(format_event_yaml.bid(text), BID_SURE);
        for (size_t step = 7; step < 5000; step = step * 5 + 1) {
            assert_int_equal(count_framed(&format_event_yaml, text, step), 4);
        }
        free((void *)text.data);
    }
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_event_yaml.bid(SPAN("apiVersion: v1\nkind: ConfigMap\n")), BID_NO);
    assert_int_equal(format_event_yaml.bid(SPAN("items:\n- status:\n    conditions:\n    - "
                                                "lastHeartbeatTime: \"2024-06-12T13:46:40Z\"\n")),
                     BID_SURE);
    assert_int_equal(format_event_yaml.bid(SPAN("Events:\n  Type  Reason\n")), BID_NO);
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
