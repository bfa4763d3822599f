#include "entry/streams.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum {
    KUBELET = 1,
    KERNEL = 2,
    RUNTIME = 4,
    EVENT = 8
};

static const char *const kubelet_units[] = { "kubelet.service", "rke2-*.service", NULL };
static const char *const kubelet_names[] = { "kubelet", "kubelet-*", NULL };
static const char *const wrappers[] = { "dockerd", NULL };
static const char *const kernel_names[] = { "kernel", NULL };
static const char *const runtime_names[] = { "dockerd", "containerd", NULL };
static const char *const event_names[] = { "event", NULL };

static const struct stream items[] = {
    { .name = "kubelet",
      .units = kubelet_units,
      .identifiers = kubelet_names,
      .klog_wrappers = wrappers,
      .anonymous = true },
    { .name = "kernel",
      .identifiers = kernel_names,
      .transports = kernel_names,
      .anonymous = true },
    { .name = "runtime", .identifiers = runtime_names },
    { .name = "event", .transports = event_names },
};
static const struct streams streams = { items, N_ELEMENTS(items) };

static void of_entries(void **state)
{
    static const struct {
        const char *transport, *identifier, *unit;
        bool has_klog;
        uint64_t set;
    } rows[] = {
        { "", "kubelet", "", false, KUBELET },
        { "", "kubelet-wrapper", "", false, KUBELET },
        { "stdout", "kubelet", "", false, KUBELET },
        { "", "", "kubelet.service", false, KUBELET },
        { "", "", "rke2-server.service", false, KUBELET },
        { "stdout", "k", "kubelet.service", false, KUBELET }, /* a name that nobody knows */
        { "kernel", "", "", false, KERNEL },
        { "kernel", "kubelet", "", false, KERNEL }, /* the transport cannot be forged */
        { "event", "", "", false, EVENT },
        { "", "dockerd", "", false, RUNTIME },
        { "", "dockerd", "", true, RUNTIME | KUBELET }, /* it passes klog on */
        { "", "", "", false, KUBELET | KERNEL },
        { "", "", "", true, KUBELET | KERNEL },
        { "", "nginx", "", false, 0 },
        { "", "kubelets", "", false, 0 },
        { "", "nginx", "", true, 0 },
        { "", "", "nginx.service", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct entry entry = entry_empty();

        entry.transport = span_of(rows[i].transport);
        entry.identifier = span_of(rows[i].identifier);
        entry.unit = span_of(rows[i].unit);
        if (rows[i].has_klog) {
            entry.klog.file = SPAN("a.go");
        }
        assert_int_equal(streams_of_sender(&streams, &entry, NULL), rows[i].set);
    }
}

static void of_names(void **state)
{
    (void)state;
    assert_int_equal(streams_find(&streams, SPAN("kernel")), 1);
    assert_int_equal(streams_find(&streams, SPAN("kern")), -1);
    assert_int_equal(streams_of_unit(&streams, SPAN("rke2-agent.service")), KUBELET);
    assert_int_equal(streams_of_unit(&streams, SPAN("nginx.service")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_entries),
        cmocka_unit_test(of_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
