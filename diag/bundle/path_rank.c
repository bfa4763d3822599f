/* Which files of a collection are read first.
 *
 *   /var/log/journal/0a00.../system.journal     0: the node's own logs
 *   /sos_commands/kubernetes/kubectl_get_nodes  1: commands, state
 *   /var/log/apt/term.log                       2: other logs
 *   /var/log/pods/default_web_1/web/0.log       3: logs of workloads, of which there are many
 *   /home/me/notes                              4
 *   /proc/4711/status                           5: thousands of them */

#define _GNU_SOURCE /* FNM_CASEFOLD */
#include "bundle/path_rank.h"

#include "base/cleanup.h"

#include <fnmatch.h>
#include <stddef.h>

/* `*` also matches `/`. The first row that matches decides. */
static const struct {
    const char *glob;
    int rank;
} rows[] = {
    { "*/sys/fs/pstore/*", 0 },
    { "*/proc/swaps", 1 },
    { "*/proc/meminfo", 1 },
    { "*/proc/mounts", 1 },
    { "*/proc/*mounts", 2 },
    { "*/proc/sys/fs/inotify/*", 1 },
    { "*/proc/*", 5 },
    { "*/sys/*", 5 },
    { "*/usr/*", 5 },
    { "*/var/lib/*/pods/*", 5 },
    { "*/var/lib/docker/containers/*.log*", 3 },
    { "*/var/lib/docker/*", 5 },
    { "*/var/lib/containerd/*", 5 },
    { "*/pods/kube-system*", 2 },
    { "*/containers/*kube-system*", 2 },
    { "*/var/log/pods/*", 3 },
    { "*/var/log/containers/*", 3 },
    { "*/namespaces/*/pods/*", 3 },
    { "*.journal", 0 },
    { "*.journal~", 0 },
    { "*journalctl*", 0 },
    { "*/journal/*", 0 },
    { "*kubelet*", 0 },
    { "*kubenswrapper*", 0 },
    { "*/k3s*", 0 },
    { "*/rke2*", 0 },
    { "*microk8s*", 0 },
    { "*containerd*", 0 },
    { "*crio*", 0 },
    { "*docker*", 0 },
    { "*dmesg*", 0 },
    { "*/kern*.log*", 0 },
    { "*/messages*", 0 },
    { "*/syslog*", 0 },
    { "*event*", 1 },
    { "*/nodes/*", 1 },
    { "*describe*", 1 },
    { "*/sos_commands/*", 1 },
    { "*/commands/*", 1 },
    { "*/etc/*", 1 },
    { "*/fstab", 1 },
    { "*/swaps", 1 },
    { "*/df*", 1 },
    { "*/free*", 1 },
    { "*sysctl*", 1 },
    { "*systemctl*", 1 },
    { "*/var/log/*", 2 },
    { "*/logs/*", 2 },
    { "*.log", 2 },
    { "*.log.*", 2 },
    { "*.txt", 2 },
};

int path_rank(const char *path)
{
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (fnmatch(rows[i].glob, path, FNM_CASEFOLD) == 0) {
            return rows[i].rank;
        }
    }
    return PATH_RANK_OTHER;
}
