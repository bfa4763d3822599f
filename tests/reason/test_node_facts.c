/* What remedies can say of a node: its name, the units of its components, the commands of its distribution. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline.h"
#include "rule/load.h"

static const char rule[] =
    "title: a\nseverity: error\n"
    "signals: [{ name: one, stream: kubelet, pattern: 'alpha happened', role: proof }]\n"
    "explain: It is a.\n"
    "remedies:\n"
    "  - { kind: inspect, do: 'Node', run: 'see {node}' }\n"
    "  - { kind: inspect, do: 'Kubelet', run: 'see {kubelet_unit}' }\n"
    "  - { kind: inspect, do: 'Runtime', run: 'see {runtime_unit}' }\n"
    "  - { kind: inspect, do: 'Client', run: '{crictl} ps {node|none}' }\n"
    "  - { kind: now, do: 'Change it', run: 'change {runtime_unit}', risk: 'a risk', "
    "undo: 'Change it back. Start {runtime_unit}' }\n"
    "  - { kind: now, do: 'Of k3s', given: [{ kubelet_unit: 'k3s*', node: 'node*' }, { node: x }] "
    "}\n"
    "  - { kind: now, do: 'Elsewhere', given: { node: '*' }, unless: [{ node: x }, { kubelet_unit: "
    "'*' }] }\n";

#define ALPHA "alpha happened to something that is long enough\n"

static const struct row {
    const char *name, *state, *input;
    const char *expected; /* each command with a newline behind it */
} rows[] = {
    { "the identifier of the kubelet is the name of its unit, the node has no capitals", NULL,
      "Jun 02 10:00:00 Node-01 kubelet[7]: " ALPHA,
      "see node-01\nsee kubelet.service\ncrictl ps node-01\nChange it\n" },
    { "a bare message names neither node nor unit", NULL,
      "E0602 10:00:00.000000       7 kubelet.go:7] " ALPHA, "crictl ps none\nChange it\n" },
    { "of k3s, only systemd says whether it is the server or the agent", NULL,
      "Jun 02 10:00:00 node-01 k3s[7]: E0602 10:00:00.000000       7 kubelet.go:7] " ALPHA,
      "see node-01\nk3s crictl ps node-01\nChange it\nElsewhere\n" },
    { "the runtime of k3s runs in the same unit", NULL,
      "Jun 02 10:00:00 node-01 k3s[7]: E0602 10:00:00.000000       7 kubelet.go:7] " ALPHA
      "Jun 02 10:00:01 node-01 systemd[1]: k3s-agent.service: Main process exited, "
      "code=exited, status=1/FAILURE\n",
      "see node-01\nsee k3s-agent.service\nsee k3s-agent.service\nk3s crictl ps node-01\n"
      "change k3s-agent.service\nChange it back. Start k3s-agent.service\nOf k3s\n" },
    { "systemctl names the runtime",
      "containerd.service loaded active running containerd container runtime\n"
      "cri-docker.service loaded inactive dead CRI interface for Docker\n",
      "Jun 02 10:00:00 node-01 kubelet[7]: " ALPHA,
      "see node-01\nsee kubelet.service\nsee containerd.service\ncrictl ps node-01\n"
      "change containerd.service\nChange it back. Start containerd.service\n" },
    { "of two runtimes, none is named",
      "containerd.service loaded active running containerd container runtime\n"
      "docker.service loaded active running Docker Application Container Engine\n",
      "Jun 02 10:00:00 node-01 kubelet[7]: " ALPHA,
      "see node-01\nsee kubelet.service\ncrictl ps node-01\nChange it\n" },
    { "no client of the runtime is known on microk8s", NULL,
      "Jun 02 10:00:00 node-01 microk8s.daemon-kubelite[7]: "
      "E0602 10:00:00.000000       7 kubelet.go:7] " ALPHA,
      "see node-01\nsee snap.microk8s.daemon-containerd.service\n"
      "change snap.microk8s.daemon-containerd.service\n"
      "Change it back. Start snap.microk8s.daemon-containerd.service\nElsewhere\n" },
};

static void add_rule(struct rule_set *set)
{
    assert_int_equal(rule_set_add_builtin(set, NULL), 0);
    assert_int_equal(rule_set_add_text(set, "test/a", "test/a", SPAN(rule), false, NULL), 0);
    assert_int_equal(rule_set_finish(set, NULL), 0);
}

static void add_commands(struct buf *out, const struct finding *finding)
{
    for (size_t i = 0; i < finding->n_remedies; i++) {
        const struct finding_remedy *remedy = &finding->remedies[i];

        for (const char *const *run = remedy->run; run && *run; run++) {
            buf_printf(out, "%s\n", *run);
        }
        if (!remedy->run) {
            buf_printf(out, "%s\n", remedy->action);
        } else if (remedy->undo) {
            buf_printf(out, "%s\n", remedy->undo);
        }
    }
}

static void check_row(const struct row *row, const struct rules *rules)
{
    struct pipeline_options options = { .rules = rules, .fail_on = RULE_ERROR };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(buf_done_at) struct buf commands = { 0 };

    if (row->state) {
        assert_true(pipeline_read_state(pipeline, "units", span_of(row->state)));
    }
    pipeline_read_text(pipeline, "log", span_of(row->input));
    pipeline_finish(pipeline, report);
    assert_int_equal(report->n_nodes, 1);
    for (size_t i = 0; i < report->nodes[0].n_findings; i++) {
        if (strcmp(report->nodes[0].findings[i].rule->id, "test/a") == 0) {
            add_commands(&commands, &report->nodes[0].findings[i]);
        }
    }
    if (!commands.data || strcmp(commands.data, row->expected) != 0) {
        fail_msg("%s:\n%s", row->name, commands.data ? commands.data : "");
    }
}

static void test_rows(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();

    (void)state;
    add_rule(set);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        check_row(&rows[i], rule_set_rules(set));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
