/* What nodes log where nothing is wrong: each kind of line once, in the words of the kubelets from 1.18
 * on at -v=2 to 4, of the runtime, of systemd and the kernel. Names and numbers are made up. */

#include "rule/healthy.h"

#include "base/cleanup.h"

#include <strings.h>

static const char *const always[] = {
    /* kubelet */
    "I0602 15:59:24.360483    1234 kubelet.go:2438] \"SyncLoop (PLEG): event for pod\" "
    "pod=\"shop/web-0\" event={\"ID\":\"c0ffee12-9f37\",\"Type\":\"ContainerStarted\","
    "\"Data\":\"d0e1f2a3b4c5\"}",
    "I0602 15:59:24.360483    1234 kubelet.go:1946] SyncLoop (PLEG): \"web-0_shop(c0ffee12)\", "
    "event: "
    "&pleg.PodLifecycleEvent{ID:\"c0ffee12\", Type:\"ContainerDied\", Data:\"d0e1f2a3b4c5\"}",
    "I0602 15:59:24.360483    1234 kubelet.go:2421] \"SyncLoop ADD\" source=\"api\" "
    "pods=[\"shop/web-0\"]",
    "I0602 15:59:24.360483    1234 kubelet.go:2533] \"SyncLoop (probe)\" probe=\"readiness\" "
    "status=\"ready\" pod=\"shop/web-0\"",
    "I0602 15:59:24.360483    1234 kubelet.go:2463] \"SyncLoop (SYNC) pods\" total=2 "
    "pods=[\"shop/web-0\",\"shop/web-1\"]",
    "I0602 15:59:24.360483    1234 reconciler_common.go:258] "
    "\"operationExecutor.VerifyControllerAttachedVolume started for volume "
    "\\\"kube-api-access-7xk2p\\\" (UniqueName: \\\"kubernetes.io/projected/c0ffee12-kube-api-"
    "access-7xk2p\\\") pod \\\"web-0\\\" (UID: \\\"c0ffee12\\\") \" pod=\"shop/web-0\"",
    "I0602 15:59:24.360483    1234 operation_generator.go:637] \"MountVolume.SetUp succeeded for "
    "volume \\\"config-5b0a\\\" (UniqueName: \\\"kubernetes.io/configmap/c0ffee12-config\\\") pod "
    "\\\"web-0\\\" (UID: \\\"c0ffee12\\\") \" pod=\"shop/web-0\"",
    "I0602 15:59:24.360483    1234 operation_generator.go:917] UnmountVolume.TearDown succeeded "
    "for volume \"kubernetes.io/secret/c0ffee12-default-token-7xk2p\" (OuterVolumeSpecName: "
    "\"default-token-7xk2p\") pod \"c0ffee12\" (UID: \"c0ffee12\"). PluginName "
    "\"kubernetes.io/secret\", VolumeGidValue \"\"",
    "I0602 15:59:24.360483    1234 reconciler_common.go:299] \"Volume detached for volume "
    "\\\"tmp\\\" (UniqueName: \\\"kubernetes.io/empty-dir/c0ffee12-tmp\\\") on node "
    "\\\"worker-1\\\" DevicePath \\\"\\\"\"",
    "I0602 15:59:24.360483    1234 pod_startup_latency_tracker.go:104] \"Observed pod startup "
    "duration\" pod=\"shop/web-0\" podStartSLOduration=2.1 podStartE2EDuration=\"3.2s\" "
    "podCreationTimestamp=\"2024-06-02 15:59:20 +0000 UTC\" firstStartedPulling=\"0001-01-01 "
    "00:00:00 +0000 UTC\" observedRunningTime=\"2024-06-02 15:59:23 +0000 UTC\"",
    "I0602 15:59:24.360483    1234 topology_manager.go:215] \"Topology Admit Handler\" "
    "podUID=\"c0ffee12\" podNamespace=\"shop\" podName=\"web-0\"",
    "I0602 15:59:24.360483    1234 scope.go:117] \"RemoveContainer\" containerID=\"d0e1f2a3b4c5\"",
    "I0602 15:59:24.360483    1234 pod_container_deletor.go:80] \"Container not found in pod's "
    "containers\" containerID=\"d0e1f2a3b4c5\"",
    "I0602 15:59:24.360483    1234 pod_container_deletor.go:53] \"DeleteContainer returned error\" "
    "containerID={\"Type\":\"containerd\",\"ID\":\"d0e1f2a3b4c5\"} err=\"failed to get container "
    "status \\\"d0e1f2a3b4c5\\\": rpc error: code = NotFound desc = an error occurred when try to "
    "find container \\\"d0e1f2a3b4c5\\\": not found\"",
    "E0602 15:59:24.360483    1234 remote_runtime.go:432] \"ContainerStatus from runtime service "
    "failed\" err=\"rpc error: code = NotFound desc = could not find container "
    "\\\"d0e1f2a3b4c5\\\": ID does not exist\" containerID=\"d0e1f2a3b4c5\"",
    "I0602 15:59:24.360483    1234 kubelet_volumes.go:163] \"Cleaned up orphaned pod volumes dir\" "
    "podUID=\"c0ffee12\" path=\"/var/lib/kubelet/pods/c0ffee12/volumes\"",
    "I0602 15:59:24.360483    1234 kubelet_getters.go:187] \"Pod status updated\" "
    "pod=\"kube-system/etcd-worker-1\" status=\"Running\"",
    "I0602 15:59:24.360483    1234 prober.go:107] \"Probe failed\" probeType=\"Readiness\" "
    "pod=\"shop/web-0\" podUID=\"c0ffee12\" containerName=\"web\" probeResult=\"failure\" "
    "output=\"Get \\\"http://10.244.3.7:8080/ready\\\": dial tcp 10.244.3.7:8080: connect: "
    "connection refused\"",
    "I0602 15:59:24.360483    1234 prober.go:116] Liveness probe for "
    "\"web-0_shop(c0ffee12):web\" failed (failure): Get \"http://10.244.3.7:8080/healthz\": "
    "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
    "I0602 15:59:24.360483    1234 prober.go:107] \"Probe failed\" probeType=\"Liveness\" "
    "pod=\"shop/web-0\" podUID=\"c0ffee12\" containerName=\"web\" probeResult=\"failure\" "
    "output=\"HTTP probe failed with statuscode: 503\"",
    "E0602 15:59:24.360483    1234 remote_runtime.go:496] \"ExecSync cmd from runtime service "
    "failed\" err=\"rpc error: code = Unknown desc = failed to exec in container: failed to start "
    "exec: OCI runtime exec failed: exec failed: cannot exec in a stopped container: unknown\" "
    "containerID=\"d0e1f2a3b4c5\" cmd=[\"cat\",\"/tmp/ready\"]",
    "E0602 15:59:24.360483    1234 pod_workers.go:1298] \"Error syncing pod, skipping\" "
    "err=\"failed to \\\"StartContainer\\\" for \\\"web\\\" with CrashLoopBackOff: \\\"back-off "
    "5m0s restarting failed container=web pod=web-0_shop(c0ffee12)\\\"\" pod=\"shop/web-0\" "
    "podUID=\"c0ffee12\"",
    "E0602 15:59:24.360483    1234 pod_workers.go:191] Error syncing pod c0ffee12 "
    "(\"web-0_shop(c0ffee12)\"), skipping: failed to \"StartContainer\" for \"web\" with "
    "ImagePullBackOff: \"Back-off pulling image \\\"registry.local/web:1.2\\\"\"",
    "I0602 15:59:24.360483    1234 kuberuntime_container.go:777] \"Killing container with a grace "
    "period\" pod=\"shop/web-0\" podUID=\"c0ffee12\" containerName=\"web\" "
    "containerID=\"containerd://d0e1f2a3b4c5\" gracePeriod=30",
    "E0602 15:59:24.360483    1234 dns.go:153] \"Nameserver limits exceeded\" err=\"Nameserver "
    "limits were exceeded, some nameservers have been omitted, the applied nameserver line is: "
    "10.0.0.1 10.0.0.2 10.0.0.3\"",
    "E0602 15:59:24.360483    1234 kubelet.go:2475] \"Housekeeping took longer than expected\" "
    "err=\"housekeeping took too long\" expected=\"1s\" actual=\"1.2s\"",
    "W0602 15:59:24.360483    1234 watcher.go:93] Error while processing event "
    "(\"/sys/fs/cgroup/kubepods.slice/kubepods-podc0ffee12.slice\": 0x40000100 == "
    "IN_CREATE|IN_ISDIR): inotify_add_watch /sys/fs/cgroup/kubepods.slice: no such file or "
    "directory",
    "W0602 15:59:24.360483    1234 manager.go:1169] Failed to process watch event {EventType:0 "
    "Name:/kubepods.slice WatchSource:0}: task d0e1f2a3b4c5 not found: not found",
    "I0602 15:59:24.360483    1234 log.go:181] http: superfluous response.WriteHeader call from "
    "k8s.io/kubernetes/vendor/github.com/emicklei/go-restful.(*Response).WriteHeader",
    "I0602 15:59:24.360483    1234 httplog.go:134] \"HTTP\" verb=\"GET\" URI=\"/metrics/cadvisor\" "
    "latency=\"12.3ms\" userAgent=\"Prometheus/2.45\" audit-ID=\"\" srcIP=\"10.0.0.9:41772\" "
    "resp=200",
    "I0602 15:59:24.360483    1234 eviction_manager.go:270] \"Eviction manager: synchronize "
    "housekeeping\"",
    "I0602 15:59:24.360483    1234 helpers.go:953] \"Eviction manager:\" log=\"observations\" "
    "signal=\"memory.available\" resourceName=\"memory\" available=\"12Mi\" capacity=\"16Gi\" "
    "time=\"2024-06-02 15:59:24 +0000 UTC\"",
    "I0602 15:59:24.360483    1234 helpers.go:827] eviction manager: observations: "
    "signal=nodefs.available, available: 12Mi, capacity: 16Gi, time: 2024-06-02 15:59:24 UTC",
    "I0602 15:59:24.360483    1234 eviction_manager.go:312] \"Eviction manager: no resources are "
    "starved\"",
    "I0602 15:59:24.360483    1234 status_manager.go:691] \"Patch status for pod\" "
    "pod=\"shop/web-0\" podUID=\"c0ffee12\" patch=\"{\\\"metadata\\\":{},\\\"status\\\":{"
    "\\\"conditions\\\":[{\\\"type\\\":\\\"Ready\\\",\\\"status\\\":\\\"True\\\"}]}}\"",
    "I0602 15:59:24.360483    1234 kubelet_node_status.go:502] \"Updating node status\" "
    "node=\"worker-1\"",
    "I0602 15:59:24.360483    1234 volume_manager.go:430] \"Waiting for volumes to attach and "
    "mount for pod\" pod=\"shop/web-0\"",
    "I0602 15:59:24.360483    1234 image_gc_manager.go:268] \"Image ID is new\" "
    "imageID=\"sha256:d0e1f2a3b4c5\" size=1234567",
    "I0602 15:59:24.360483    1234 reflector.go:369] object-\"shop\"/\"settings\": Watch close - "
    "*v1.ConfigMap total 3 items received",
    "W0602 15:59:24.360483    1234 reflector.go:470] watch of *v1.Pod ended with: very short "
    "watch: Unexpected watch close - watch lasted less than a second and no items received",
    /* runtime */
    "time=\"2024-06-02T15:59:24.204118764Z\" level=info msg=\"CreateContainer within sandbox "
    "\\\"d0e1f2\\\" for &ContainerMetadata{Name:web,Attempt:0,} returns container id "
    "\\\"a3b4c5\\\"\"",
    "time=\"2024-06-02T15:59:24.204118764Z\" level=info msg=\"StopContainer for \\\"d0e1f2\\\" "
    "with "
    "timeout 30 (s)\"",
    "time=\"2024-06-02T15:59:24.204118764Z\" level=info msg=\"PullImage "
    "\\\"registry.local/web:1.2\\\" returns image reference \\\"sha256:d0e1f2\\\"\"",
    "time=\"2024-06-02T15:59:24.204118764Z\" level=warning msg=\"cleaning up after shim "
    "disconnected\" id=d0e1f2a3b4c5 namespace=k8s.io",
    "time=\"2024-06-02T15:59:24.204118764Z\" level=error msg=\"ContainerStatus for \\\"d0e1f2\\\" "
    "failed\" error=\"rpc error: code = NotFound desc = an error occurred when try to find "
    "container \\\"d0e1f2\\\": not found\"",
    "time=\"2024-06-02T15:59:24.204118764Z\" level=info msg=\"Container to stop \\\"d0e1f2\\\" "
    "must "
    "be in running or unknown state, current state \\\"CONTAINER_EXITED\\\"\"",
    /* systemd, the kernel and others */
    "systemd[1]: Started libcontainer container d0e1f2a3b4c5.",
    "systemd[1]: Started cri-containerd-d0e1f2a3b4c5.scope - libcontainer container d0e1f2a3b4c5.",
    "systemd[1]: cri-containerd-d0e1f2a3b4c5.scope: Deactivated successfully.",
    "systemd[1]: run-containerd-io.containerd.runtime.v2.task-k8s.io-d0e1-rootfs.mount: "
    "Deactivated successfully.",
    "systemd[1]: cri-containerd-d0e1f2a3b4c5.scope: Consumed 1.234s CPU time.",
    "systemd[1]: Starting Cleanup of Temporary Directories...",
    "systemd[1]: Finished Cleanup of Temporary Directories.",
    "systemd[1]: Started Session 12 of user admin.",
    "kernel: cni0: port 3(veth1a2b3c4d) entered forwarding state",
    "kernel: IPv6: ADDRCONF(NETDEV_CHANGE): cali0: link becomes ready",
    "kernel: eth0: renamed from veth1a2b3c4d",
    "sshd[4321]: pam_unix(sshd:session): session opened for user root",
    "sshd[4321]: Connection closed by authenticating user root 203.0.113.7 port 50112 [preauth]",
    "CRON[4321]: (root) CMD (test -x /usr/sbin/anacron || run-parts --report /etc/cron.daily)",
    "audit[1]: SERVICE_START pid=1 uid=0 msg='unit=cron exe=/usr/lib/systemd/systemd res=success'",
    "etcd[901]: {\"level\":\"info\",\"ts\":\"2024-06-02T15:59:24.104Z\","
    "\"caller\":\"mvcc/kvstore.go:100\",\"msg\":\"finished scheduled compaction\",\"revision\":1}",
    "coredns[901]: [INFO] 10.244.1.7:41772 - 60114 \"AAAA IN shop.svc.cluster.local. udp 46 false "
    "512\" NXDOMAIN qr,aa,rd 139 0.000204s",
};

static const char *const at_start[] = {
    "Flag --pod-infra-container-image has been deprecated, will be removed in a future release. "
    "Image garbage collector will get sandbox image information from CRI.",
    "Flag --cgroup-driver has been deprecated, This parameter should be set via the config file "
    "specified by the Kubelet's --config flag.",
    "I0602 15:59:24.360483    1234 server.go:487] \"Kubelet version\" kubeletVersion=\"v1.29.1\"",
    "I0602 15:59:24.360483    1234 server.go:927] \"Client rotation is on, will bootstrap in "
    "background\"",
    "I0602 15:59:24.360483    1234 container_manager_linux.go:272] container manager verified user "
    "specified cgroup-root exists: []",
    "I0602 15:59:24.360483    1234 kubelet.go:386] \"Adding static pod path\" "
    "path=\"/etc/kubernetes/manifests\"",
    "I0602 15:59:24.360483    1234 server.go:1256] \"Started kubelet\"",
    "I0602 15:59:24.360483    1234 server.go:162] \"Starting to listen\" address=\"0.0.0.0\" "
    "port=10250",
    "E0602 15:59:24.360483    1234 kubelet.go:2327] \"Skipping pod synchronization\" "
    "err=\"[container runtime status check may not have completed yet, PLEG is not healthy: pleg "
    "has yet to be successful]\"",
    "E0602 15:59:24.360483    1234 kubelet.go:2855] \"Container runtime network not ready\" "
    "networkReady=\"NetworkReady=false reason:NetworkPluginNotReady message:Network plugin "
    "returns error: cni plugin not initialized\"",
    "E0602 15:59:24.360483    1234 kubelet_node_status.go:474] \"Error getting the current node "
    "from lister\" err=\"node \\\"worker-1\\\" not found\"",
    "E0602 15:59:24.360483    1234 controller.go:145] \"Failed to ensure lease exists, will "
    "retry\" err=\"Get \\\"https://10.0.0.1:6443/apis/coordination.k8s.io/v1/namespaces/"
    "kube-node-lease/leases/worker-1?timeout=10s\\\": dial tcp 10.0.0.1:6443: connect: connection "
    "refused\" interval=\"400ms\"",
    "E0602 15:59:24.360483    1234 kubelet_node_status.go:96] \"Unable to register node with API "
    "server\" err=\"Post \\\"https://10.0.0.1:6443/api/v1/nodes\\\": dial tcp 10.0.0.1:6443: "
    "connect: connection refused\" node=\"worker-1\"",
    "W0602 15:59:24.360483    1234 reflector.go:561] k8s.io/client-go/informers/factory.go:160: "
    "failed to list *v1.Node: Get \"https://10.0.0.1:6443/api/v1/nodes?limit=500\": dial tcp "
    "10.0.0.1:6443: connect: connection refused",
    "E0602 15:59:24.360483    1234 reflector.go:147] object-\"shop\"/\"settings\": Failed to watch "
    "*v1.ConfigMap: failed to list *v1.ConfigMap: configmaps \"settings\" is forbidden: User "
    "\"system:node:worker-1\" cannot list resource \"configmaps\" in API group \"\" in the "
    "namespace \"shop\": no relationship found between node 'worker-1' and this object",
    "E0602 15:59:24.360483    1234 reflector.go:147] k8s.io/client-go/informers/factory.go:150: "
    "Failed to watch *v1.CSIDriver: csidrivers.storage.k8s.io is forbidden: User "
    "\"system:node:worker-1\" cannot list resource \"csidrivers\" in API group "
    "\"storage.k8s.io\" at the cluster scope",
    "E0602 15:59:24.360483    1234 log.go:32] \"Status from runtime service failed\" err=\"rpc "
    "error: code = Unavailable desc = connection error: desc = \\\"transport: Error while "
    "dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory\\\"\"",
    "W0602 15:59:24.360483       1 logging.go:59] [core] [Channel #1 SubChannel #2] grpc: "
    "addrConn.createTransport failed to connect to {Addr: \"127.0.0.1:2379\"}. Err: connection "
    "error: desc = \"transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection "
    "refused\"",
};

static bool holds(struct span line, struct span text, bool caseless)
{
    if (!caseless) {
        return span_find(line, text) >= 0;
    }
    while (line.size >= text.size && strncasecmp(line.data, text.data, text.size) != 0) {
        line = span_skip(line, 1);
    }
    return line.size >= text.size;
}

static unsigned count(const char *const *lines, size_t n, struct span text, bool caseless)
{
    unsigned hits = 0;

    for (size_t i = 0; i < n; i++) {
        hits += holds(span_of(lines[i]), text, caseless);
    }
    return hits;
}

struct healthy_hits healthy_hits(struct span text, bool caseless)
{
    return (struct healthy_hits){
        .always = count(always, N_ELEMENTS(always), text, caseless),
        .at_start = count(at_start, N_ELEMENTS(at_start), text, caseless),
    };
}

const char *healthy_line(size_t i)
{
    size_t n = N_ELEMENTS(always);

    if (i < n) {
        return always[i];
    }
    return i - n < N_ELEMENTS(at_start) ? at_start[i - n] : NULL;
}
