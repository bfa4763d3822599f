#include "entry/component.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum {
    KUBELET = 1,
    KERNEL = 2,
    RUNTIME = 4,
    PROXY = 8,
    DNS = 16,
    WORKLOAD = 32,
};

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const struct stream items[] = {
    { .name = "kubelet",
      .units = LIST("kubelet.service", "k3s.service"),
      .identifiers = LIST("kubelet", "k3s"),
      .klog_wrappers = LIST("dockerd"),
      .all_in_one = LIST("k3s"),
      .callers = LIST("kubelet.go", "eviction_manager.go"),
      .headings = LIST("kubelet"),
      .paths = LIST("*kubelet.log*"),
      .words = LIST("failed to run Kubelet"),
      .shared_words = true,
      .anonymous = true },
    { .name = "kernel",
      .identifiers = LIST("kernel"),
      .transports = LIST("kernel"),
      .anonymous = true },
    { .name = "runtime", .identifiers = LIST("dockerd") },
    { .name = "kube-proxy",
      .identifiers = LIST("kube-proxy"),
      .callers = LIST("proxier.go"),
      .headings = LIST("kube-proxy *"),
      .paths = LIST("*pods/kube-system_kube-proxy-*"),
      .shared_words = true,
      .anonymous = true },
    { .name = "coredns",
      .headings = LIST("coredns *"),
      .words = LIST("plugin/errors: "),
      .shared_words = true,
      .anonymous = true },
    { .name = "workload", .container_ids = true },
    { .name = "systemd", .identifiers = LIST("systemd") },
};
static const struct streams streams = { items, N_ELEMENTS(items) };

enum {
    ALL = KUBELET | KERNEL | PROXY | DNS
};

struct row {
    const char *identifier, *unit, *file, *message;
    struct component_place place;
    const char *name;
    enum component_known known;
    const char *by;
    uint64_t set;
};

#define NOWHERE                                                                                    \
    {                                                                                              \
        -1, -1, -1, -1, -1                                                                         \
    }

/* clang-format off */
static const struct row rows[] = {
    { "kubelet", "", "", "panic: x", NOWHERE, "kubelet", COMPONENT_CERTAIN, "identifier", KUBELET },
    { "x", "kubelet.service", "", "y", NOWHERE, "kubelet", COMPONENT_CERTAIN, "unit", KUBELET },
    /* The sender is more than the place. */
    { "kubelet", "", "", "x", { 3, 3, 3, 3, 3 }, "kubelet", COMPONENT_CERTAIN, "identifier", KUBELET },
    { "nginx", "", "", "panic: x", { 0, 0, 0, 0, 0 }, NULL, COMPONENT_CERTAIN, "identifier", 0 },
    /* A runtime passes on lines of anybody, unless its unit is one's own. */
    { "dockerd", "", "server.go", "x", NOWHERE, NULL, COMPONENT_UNKNOWN, NULL, RUNTIME | KUBELET },
    { "dockerd", "", "proxier.go", "x", NOWHERE, "kube-proxy", COMPONENT_LIKELY, "klog caller", PROXY },
    { "dockerd", "kubelet.service", "server.go", "x", NOWHERE, "kubelet", COMPONENT_CERTAIN, "unit", KUBELET },
    { "dockerd", "", "", "x", NOWHERE, "runtime", COMPONENT_CERTAIN, "identifier", RUNTIME },
    /* The front of the line is cut off; what other names end with is no part of these. */
    { "elet", "", "", "elet[7]: x", NOWHERE, "kubelet", COMPONENT_LIKELY, "end of its identifier", KUBELET },
    { "rnel", "", "", "rnel: x", NOWHERE, "kernel", COMPONENT_LIKELY, "end of its identifier", KERNEL },
    { "elet", "", "", "Mar 05 08:00:01 n elet[7]: x", NOWHERE, NULL, COMPONENT_CERTAIN, "identifier", 0 },
    { "let", "", "", "let[7]: x", NOWHERE, NULL, COMPONENT_CERTAIN, "identifier", 0 },
    { "ublet", "", "", "ublet[7]: x", NOWHERE, NULL, COMPONENT_CERTAIN, "identifier", 0 },
    { "elet", "x.service", "", "elet[7]: x", NOWHERE, NULL, COMPONENT_CERTAIN, "identifier", 0 },
    /* Several components in one process. */
    { "k3s", "k3s.service", "proxier.go", "x", NOWHERE, "kube-proxy", COMPONENT_LIKELY, "klog caller", PROXY },
    { "k3s", "k3s.service", "server.go", "x", NOWHERE, "kubelet", COMPONENT_LIKELY, "identifier", KUBELET },
    /* Docker's log driver: a container can contain any component. */
    { "3b19f2dc1f2b", "docker.service", "", "panic: x", NOWHERE, "workload", COMPONENT_LIKELY, "identifier", WORKLOAD },
    { "3b19f2dc1f2b", "kubelet.service", "proxier.go", "x", NOWHERE, "kube-proxy", COMPONENT_LIKELY, "klog caller", PROXY },
    { "3b19f2dc1f2", "kubelet.service", "", "x", NOWHERE, "kubelet", COMPONENT_CERTAIN, "unit", KUBELET },
    /* Without a sender. */
    { "", "", "", "panic: x", NOWHERE, NULL, COMPONENT_UNKNOWN, NULL, ALL },
    { "", "", "server.go", "listen tcp: address already in use", NOWHERE, NULL, COMPONENT_UNKNOWN, NULL, ALL },
    { "", "", "proxier.go", "x", NOWHERE, "kube-proxy", COMPONENT_LIKELY, "klog caller", PROXY },
    { "", "", "", "plugin/errors: 2 x", NOWHERE, "coredns", COMPONENT_LIKELY, "words", DNS | KERNEL },
    { "", "", "server.go", "x", { -1, 3, 0, 0, 0 }, "kube-proxy", COMPONENT_LIKELY, "heading", PROXY },
    { "", "", "server.go", "x", { 3, -1, 0, 0, 0 }, "kube-proxy", COMPONENT_CERTAIN, "path", PROXY },
    { "", "", "", "kubelet.service: Failed with result 'exit-code'.", { 0, -1, 0, 0, 0 }, "systemd", COMPONENT_LIKELY, "unit in its text", UINT64_C(1) << 6 },
    { "kubelet", "", "", "x.service: y", { 0, -1, 0, 0, 0 }, "kubelet", COMPONENT_CERTAIN, "identifier", KUBELET },
    { "", "", "server.go", "x", { -1, -1, 3, 0, 0 }, "kube-proxy", COMPONENT_LIKELY, "process", PROXY },
    /* Beside the lines of a unit, and joined to them, are those of the kernel. */
    { "", "", "kubelet.go", "x", NOWHERE, "kubelet", COMPONENT_LIKELY, "klog caller", KUBELET | KERNEL },
    { "", "", "server.go", "failed to run Kubelet: x", NOWHERE, "kubelet", COMPONENT_LIKELY, "words", KUBELET | KERNEL },
    { "", "", "server.go", "x", { -1, -1, 0, 3, 3 }, "kubelet", COMPONENT_LIKELY, "process", KUBELET | KERNEL },
    { "", "", "", "Out of memory", { -1, -1, -1, 3, -1 }, "kube-proxy", COMPONENT_LIKELY, "command", PROXY | KERNEL },
    { "", "", "", "Out of memory", { -1, -1, -1, -1, 0 }, "kubelet", COMPONENT_LIKELY, "other lines", KUBELET | KERNEL },
};
/* clang-format on */

static void judges(void **state)
{
    CLEANUP(components_free_at) struct components *components = components_new(&streams);

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct entry entry = entry_empty();

        entry.identifier = span_of(rows[i].identifier);
        entry.unit = span_of(rows[i].unit);
        entry.klog.file = span_of(rows[i].file);
        entry.raw = entry.message = span_of(rows[i].message);
        components_judge(components, &rows[i].place, &entry);
        if (rows[i].name) {
            assert_non_null(entry.component.name);
            assert_string_equal(entry.component.name, rows[i].name);
        } else {
            assert_null(entry.component.name);
        }
        assert_int_equal(entry.component.known, rows[i].known);
        if (rows[i].by) {
            assert_string_equal(entry.component.by, rows[i].by);
        }
        assert_int_equal(entry.streams, rows[i].set);
    }
}

static void finds_places(void **state)
{
    (void)state;
    assert_int_equal(component_of_heading(&streams, SPAN("kube-proxy [17d8]")), 3);
    assert_int_equal(component_of_heading(&streams, SPAN("kubelet")), 0);
    assert_int_equal(component_of_heading(&streams, SPAN("kubelets")), COMPONENT_NONE);
    assert_int_equal(component_of_heading(&streams, SPAN("")), COMPONENT_NONE);
    assert_int_equal(component_of_path(&streams, SPAN("/var/log/kubelet.log")), 0);
    assert_int_equal(
        component_of_path(&streams,
                          SPAN("var/log/pods/kube-system_kube-proxy-x_1/kube-proxy/0.log")),
        3);
    assert_int_equal(component_of_path(&streams, SPAN("node.log")), COMPONENT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges),
        cmocka_unit_test(finds_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
