/* The component of a container's log, by its path in the layouts of nodes and bundles: the built-in
 * streams. */

#include "entry/component.h"
#include "rule/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct row {
    const char *path, *component; /* NULL: unknown */
} rows[] = {
    /* of a node: the kubelet's folders, kind export logs, sos */
    { "var/log/pods/kube-system_etcd-cp-1_1f2e/etcd/0.log", "etcd" },
    { "var/log/pods/kube-system_coredns-5d78c9_1f2e/coredns/1.log", "coredns" },
    { "var/log/containers/kube-apiserver-cp-1_kube-system_kube-apiserver-3e3f.log", "apiserver" },
    { "var/log/pods/default_kubelet-lookalike_1f2e/kubelet/0.log", "workload" },
    { "var/log/pods/monitoring_etcd-exporter-7d_1f2e/exporter/0.log", "workload" },
    { "kind-control-plane/containers/web-0_default_web-77aa.log", "workload" },
    /* rancher, sonobuoy */
    { "rke2/podlogs/kube-system-kube-scheduler-cp-1", "scheduler" },
    { "podlogs/default/web-0/logs/web.txt", "addon" },
    /* troubleshoot */
    { "bundle/cluster-resources/pods/logs/kube-system/kube-apiserver-cp-1/kube-apiserver.log",
      "apiserver" },
    { "bundle/cluster-resources/pods/logs/kube-system/etcd-cp-1/etcd.log", "etcd" },
    { "bundle/cluster-resources/pods/logs/default/web-0/web.log", "workload" },
    /* must-gather, and the archives of OpenShift's insights */
    { "q/namespaces/openshift-etcd/pods/etcd-cp-1/etcd/etcd/logs/current.log", "etcd" },
    { "q/namespaces/openshift-etcd/pods/etcd-cp-1/etcdctl/etcdctl/logs/current.log", "workload" },
    { "q/namespaces/openshift-kube-apiserver/pods/kube-apiserver-cp-1/kube-apiserver/"
      "kube-apiserver/logs/current.log",
      "apiserver" },
    { "q/namespaces/shop/pods/web-0/web/web/logs/previous.log", "workload" },
    { "config/pod/openshift-kube-scheduler/logs/openshift-kube-scheduler-cp-1/messages.log",
      "scheduler" },
    { "config/pod/shop/logs/web-0/errors.log", "workload" },
    /* of the node itself */
    { "config/node/logs/cp-1.log", NULL },
    { "kind-control-plane/kubelet.log", "kubelet" },
    { "var/log/syslog", NULL },
    { "namespaces/shop/pods/web-0/web-0.yaml", NULL },
};

static void paths(void **state)
{
    struct rule_set *set = rule_set_new();
    const struct streams *streams;
    struct error error = { 0 };
    unsigned n_wrong = 0;

    (void)state;
    assert_int_equal(rule_set_add_builtin(set, &error), 0);
    assert_int_equal(rule_set_finish(set, &error), 0);
    streams = &rule_set_rules(set)->streams;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        int found = component_of_path(streams, span_of(rows[i].path));
        const char *name = found == COMPONENT_NONE ? "none" : streams->items[found].name;

        if (strcmp(name, rows[i].component ? rows[i].component : "none") != 0) {
            print_error("%s: %s\n", rows[i].path, name);
            n_wrong++;
        }
    }
    rule_set_free(set);
    assert_int_equal(n_wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
