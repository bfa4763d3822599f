#include "finding/node_health.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct finding root_of(enum rule_severity severity, enum finding_status status)
{
    static const struct rule rule = { 0 };

    return (struct finding){
        .rule = &rule, .role = FINDING_ROOT, .severity = severity, .status = status
    };
}

static struct node_unit kubelet(enum unit_state state)
{
    return (struct node_unit){ .unit = SPAN("kubelet.service"), .state = state, .expected = true };
}

static enum node_health health_of(const struct finding *finding, const struct node_unit *unit)
{
    struct node node = { .host = SPAN("n1"),
                         .findings = finding,
                         .n_findings = finding != NULL,
                         .units = unit,
                         .n_units = unit != NULL };
    struct report report = { .nodes = &node, .n_nodes = 1 };

    return node_health_of(&report, &node);
}

static void test_finding_decides(void **state)
{
    struct finding error = root_of(RULE_ERROR, STATUS_ONGOING);
    struct finding past = root_of(RULE_CRITICAL, STATUS_RECOVERED);
    struct finding warning = root_of(RULE_WARNING, STATUS_HAPPENED);
    struct finding effect = error;
    struct node_unit running = kubelet(UNIT_RUNNING);

    (void)state;
    effect.role = FINDING_CONSEQUENCE;
    assert_int_equal(health_of(&error, &running), NODE_FAILED);
    assert_int_equal(health_of(&past, &running), NODE_HEALTHY);
    assert_int_equal(health_of(&warning, &running), NODE_WARNED);
    assert_int_equal(health_of(&effect, &running), NODE_HEALTHY);
}

static void test_unit_decides(void **state)
{
    struct node_unit unit = kubelet(UNIT_RUNNING);

    (void)state;
    assert_int_equal(health_of(NULL, NULL), NODE_UNKNOWN);
    assert_int_equal(health_of(NULL, &unit), NODE_HEALTHY);
    unit = kubelet(UNIT_NOT_IN_INPUT);
    assert_int_equal(health_of(NULL, &unit), NODE_UNKNOWN);
    unit = kubelet(UNIT_LOOPING);
    assert_int_equal(health_of(NULL, &unit), NODE_FAILED);
    unit = kubelet(UNIT_STOPPED);
    assert_int_equal(health_of(NULL, &unit), NODE_FAILED);
    unit.expected = false;
    assert_int_equal(health_of(NULL, &unit), NODE_UNKNOWN);
}

/* An unknown last death of a node is not that of another one. */
static void test_unknown_death(void **state)
{
    struct node_unit running = kubelet(UNIT_RUNNING);
    struct node nodes[] = { { .host = SPAN("n1"), .units = &running, .n_units = 1 },
                            { .host = SPAN("n2"), .units = &running, .n_units = 1 } };
    struct unexplained death = { .host = SPAN("n2"), .is_last_death = true };
    struct report report = {
        .nodes = nodes, .n_nodes = 2, .unexplained = &death, .n_unexplained = 1
    };

    (void)state;
    assert_int_equal(node_health_of(&report, &nodes[0]), NODE_HEALTHY);
    assert_int_equal(node_health_of(&report, &nodes[1]), NODE_FAILED);
    assert_string_equal(node_health_name(NODE_FAILED), "failed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finding_decides),
        cmocka_unit_test(test_unit_decides),
        cmocka_unit_test(test_unknown_death),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
