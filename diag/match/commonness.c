#include "match/commonness.h"

#include "base/alloc.h"

#include <stdlib.h>

enum {
    GRAM_MAX = 4,
    HASH_BITS = 14,
    N_BYTES = 256
};

/* How nodes log when all is well: the words and the punctuation that fill most lines. */
static const char usual[] =
    "Jun 02 15:59:24 worker-1 kubelet[1234]: I0602 15:59:24.360483    1234 kubelet.go:2438] "
    "\"SyncLoop (PLEG): event for pod\" pod=\"kube-system/coredns-5d78c9869d-2xkqz\" "
    "event={\"ID\":\"c0ffee12-9f37-4b5e-8a61-2d7c94e0b358\",\"Type\":\"ContainerStarted\"}\n"
    "Jun 02 15:59:25 worker-1 kubelet[1234]: I0602 15:59:25.118201    1234 "
    "reconciler_common.go:258] "
    "\"operationExecutor.MountVolume started for volume \\\"kube-api-access-7xk2p\\\" (UniqueName: "
    "\\\"kubernetes.io/projected/5b0a-kube-api-access\\\") pod \\\"web-0\\\" (UID: \\\"5b0a\\\") "
    "\" "
    "pod=\"default/web-0\"\n"
    "Jun 02 15:59:26 worker-1 kubelet[1234]: E0602 15:59:26.407119    1234 pod_workers.go:1301] "
    "\"Error syncing pod, skipping\" err=\"failed to \\\"StartContainer\\\" for \\\"app\\\" with "
    "CrashLoopBackOff: \\\"back-off 5m0s restarting failed container=app\\\"\" podUID=\"5b0a\"\n"
    "Jun 02 15:59:26 worker-1 kubelet[1234]: W0602 15:59:26.913457    1234 "
    "eviction_manager.go:343] "
    "eviction manager: observations: signal=memory.available, available: 12Mi, capacity: 16Gi\n"
    "status manager patch status for pod updated, desired state of world populator, actual state "
    "of "
    "world, reconciler sync states, kubelet config file, node status condition Ready, memory, cpu, "
    "device plugin manager, topology hint, cgroup, garbage collection, image service, lease, "
    "token, "
    "probe failed, HTTP probe succeeded, readiness, liveness, generic relisting, runtime service, "
    "server, client, request, response, certificate rotation, secret, configmap, object-cache, "
    "network not ready, unable to, unknown, not found, already, deleted, removed, created, trying, "
    "context deadline exceeded, connection refused, no such file or directory, timeout, required\n"
    "Jun 02 15:59:27 worker-1 containerd[812]: time=\"2024-06-02T15:59:27.204118764Z\" level=info "
    "msg=\"CreateContainer within sandbox \\\"d0e1f2\\\" for container returns container id\"\n"
    "Jun 02 15:59:27 worker-1 systemd[1]: Started libcontainer container d0e1f2a3b4c5.\n"
    "Jun 02 15:59:28 worker-1 systemd[1]: run-containerd-io.mount: Deactivated successfully.\n"
    "Jun 02 15:59:28 worker-1 kernel: [ 1234.567890] eth0: renamed from veth1a2b3c4d\n"
    "Jun 02 15:59:28 worker-1 kernel: IPv6: ADDRCONF(NETDEV_CHANGE): cali0: link becomes ready\n"
    "Jun 02 15:59:29 worker-1 etcd[901]: {\"level\":\"info\",\"ts\":\"2024-06-02T15:59:29.104Z\","
    "\"caller\":\"mvcc/kvstore.go:100\",\"msg\":\"finished scheduled compaction\",\"revision\":1}\n"
    "Jun 02 15:59:30 worker-1 sshd[4321]: pam_unix(sshd:session): session opened for user root\n"
    "Jun 02 15:59:30 worker-1 audit[1]: SERVICE_START pid=1 uid=0 msg='unit=cron exe=/usr/lib/'\n";

struct commonness {
    uint16_t grams[1 << HASH_BITS]; /* by hash: how often runs of 1 to GRAM_MAX bytes are in it */
    uint16_t bytes[N_BYTES];
};

static size_t hash(struct span gram)
{
    uint32_t value = (uint32_t)gram.size;

    for (size_t i = 0; i < gram.size; i++) {
        value = (value ^ ((unsigned char)gram.data[i] | 0x20)) * 0x01000193; /* FNV-1a */
    }
    return value * 0x9e3779b1u >> (32 - HASH_BITS);
}

static void count(struct commonness *common, struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        for (size_t n = 1; n <= GRAM_MAX && i + n <= text.size; n++) {
            common->grams[hash(span_head(span_skip(text, i), n))]++;
        }
        common->bytes[(unsigned char)text.data[i]]++;
    }
}

struct commonness *commonness_new(void)
{
    struct commonness *common = ALLOC(struct commonness);

    count(common, (struct span){ usual, sizeof(usual) - 1 });
    return common;
}

void commonness_free(struct commonness *common)
{
    free(common);
}

/* The longer a part that is usual, the more it shows. */
unsigned commonness_of_word(const struct commonness *common, struct span word)
{
    static const unsigned weights[GRAM_MAX + 1] = { 0, 1, 100, 1000, 10000 };
    unsigned sum = 0;

    for (size_t i = 0; i < word.size; i++) {
        for (size_t n = 1; n <= GRAM_MAX && i + n <= word.size; n++) {
            sum += weights[n] * common->grams[hash(span_head(span_skip(word, i), n))];
        }
    }
    return sum;
}

unsigned commonness_of_byte(const struct commonness *common, char byte)
{
    return common->bytes[(unsigned char)byte];
}
