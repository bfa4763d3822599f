/* Which files of a collection say most about its node. */

#include "bundle/path_rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"

/* From the best to the worst; those of one rank are equally good. */
static const struct {
    const char *path;
    int rank;
} rows[] = {
    { "/var/log/journal/0a/system.journal", 0 },
    { "/sos_commands/kubernetes/journalctl_--no-pager_--unit_kubelet", 0 },
    { "/node1/var/log/messages-20260101", 0 },
    { "/var/log/syslog.1", 0 },
    { "/host_service_logs/masters/kubelet_service.log", 0 },
    { "/etc/fstab", 1 },
    { "/node1/proc/swaps", 1 },
    { "/sos_commands/filesys/df_-al", 1 },
    { "/cluster-scoped-resources/core/nodes/n1.yaml", 1 },
    { "/var/log/apt/term.log", 2 },
    { "/var/log/pods/kube-system_proxy/proxy/0.log", 2 },
    { "/var/log/pods/default_web/web/0.log", 3 },
    { "/home/picture", 4 },
    { "/proc/4711/status", 5 },
    { "/proc/sys/kernel/msgmax", 5 },
    { "/sys/fs/cgroup/kubelet.slice/memory.max", 5 },
    { "/var/lib/kubelet/pods/1/volumes/x", 5 },
};

static void test_rank(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (path_rank(rows[i].path) != rows[i].rank) {
            fail_msg("%s is ranked %d", rows[i].path, path_rank(rows[i].path));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_rank) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
