"""What the lines of the generated logs say.

`HEALTHY[2]` and `HEALTHY[4]` are what a busy node's kubelet logs at -v=2 and -v=4 while nothing is wrong, `OTHERS` what
runs beside it, `TROUBLE` what some rule matches. Nothing in diag/ was tuned on these texts: the scores of literals come
from fixtures/. Each form is a pair: how often it comes, and a function of a Scene that gives (level, caller, message).
"""
import random

IMAGES = ['registry.local/shop/cart', 'registry.local/shop/billing', 'quay.io/prometheus/node-exporter', 'docker.io/library/redis',
          'registry.k8s.io/coredns/coredns', 'ghcr.io/acme/ingest-worker', 'docker.io/grafana/promtail', 'registry.local/ml/feature-store']
APPS = ['cart', 'billing', 'ingest', 'search-api', 'session-store', 'mailer', 'thumbnailer', 'report-cron', 'node-exporter', 'coredns', 'promtail',
        'feature-store', 'kube-proxy', 'csi-node', 'ledger', 'geo', 'notifier', 'auth-proxy', 'frontend', 'warehouse-sync']
SPACES = ['default', 'shop', 'kube-system', 'monitoring', 'ml', 'batch', 'payments']
KINDS = ['kube-api-access', 'config', 'tls', 'scratch', 'data', 'ca-bundle']
NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'  # of generated pod names


class Pod:
    def __init__(self, rng):
        self.app = rng.choice(APPS)
        self.space = rng.choice(SPACES)
        letters = lambda n: ''.join(rng.choice(NAME_LETTERS) for _ in range(n))
        self.name = '%s-%s-%s' % (self.app, letters(rng.choice((9, 10))), letters(5))
        h = '%032x' % rng.getrandbits(128)
        self.uid = '-'.join((h[:8], h[8:12], h[12:16], h[16:20], h[20:]))
        self.image = rng.choice(IMAGES)
        self.ip = '10.%d.%d.%d' % (rng.randrange(200, 250), rng.randrange(256), rng.randrange(1, 255))
        self.full = self.space + '/' + self.name


class Scene:
    """The random values of one line. Pods come and go, so that names are many but repeat for a while, as on a node."""
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.pods = [Pod(self.rng) for _ in range(110)]

    def next(self):
        r = self.rng
        if r.random() < 0.004:
            self.pods[r.randrange(len(self.pods))] = Pod(r)
        self.pod = self.pods[int(r.random() * len(self.pods))]
        self.n = int(r.random() * 1000000)
        self.ms = r.expovariate(1 / 40)

    @property
    def id(self):
        return '%064x' % self.rng.getrandbits(256)

    @property
    def short(self):
        return '%08x' % self.rng.getrandbits(32)

    def one(self, *words):
        return words[int(self.rng.random() * len(words))]


def volume(s):
    return '%s-%s' % (s.one(*KINDS), s.pod.uid[:5])


V2 = [
    (12, lambda s: ('I', 'kubelet.go:2453', '"SyncLoop (PLEG): event for pod" pod="%s" event={"ID":"%s","Type":"%s","Data":"%s"}' % (s.pod.full, s.pod.uid, s.one('ContainerStarted', 'ContainerDied'), s.id))),
    (7, lambda s: ('I', 'reconciler_common.go:231', '"operationExecutor.MountVolume started for volume \\"%s\\" (UniqueName: \\"kubernetes.io/%s/%s-%s\\") pod \\"%s\\" (UID: \\"%s\\") " pod="%s"' % (volume(s), s.one('projected', 'configmap', 'secret', 'empty-dir'), s.pod.uid, volume(s), s.pod.name, s.pod.uid, s.pod.full))),
    (7, lambda s: ('I', 'operation_generator.go:637', '"MountVolume.SetUp succeeded for volume \\"%s\\" (UniqueName: \\"kubernetes.io/projected/%s-%s\\") pod \\"%s\\" (UID: \\"%s\\") " pod="%s"' % (volume(s), s.pod.uid, volume(s), s.pod.name, s.pod.uid, s.pod.full))),
    (6, lambda s: ('I', 'reconciler_common.go:300', '"Volume detached for volume \\"%s\\" (UniqueName: \\"kubernetes.io/empty-dir/%s\\") on node \\"worker-1\\" DevicePath \\"\\""' % (volume(s), s.pod.uid))),
    (7, lambda s: ('I', 'pod_startup_latency_tracker.go:104', '"Observed pod startup duration" pod="%s" podStartSLOduration=%.9f podStartE2EDuration="%.9fs" podCreationTimestamp="2025-06-02 %02d:%02d:%02d +0000 UTC" observedRunningTime="2025-06-02 10:11:%02d.%06d +0000 UTC"' % (s.pod.full, s.ms / 9, s.ms / 7, s.n % 24, s.n % 60, s.n % 59, s.n % 60, s.n))),
    (6, lambda s: ('I', 'kubelet.go:2538', '"SyncLoop (probe)" probe="%s" status="%s" pod="%s"' % (s.one('readiness', 'startup', 'liveness'), s.one('ready', 'started', 'unhealthy', ''), s.pod.full))),
    (5, lambda s: ('I', 'prober.go:107', '"Probe failed" probeType="Readiness" pod="%s" podUID="%s" containerName="%s" probeResult="failure" output="Get \\"http://%s:%d/healthz\\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"' % (s.pod.full, s.pod.uid, s.pod.app, s.pod.ip, 8000 + s.n % 90))),
    (4, lambda s: ('I', 'prober.go:107', '"Probe failed" probeType="Liveness" pod="%s" podUID="%s" containerName="%s" probeResult="failure" output="HTTP probe failed with statuscode: %d"' % (s.pod.full, s.pod.uid, s.pod.app, s.one(500, 502, 503)))),
    (5, lambda s: ('E', 'pod_workers.go:1300', '"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"%s\\" with CrashLoopBackOff: \\"back-off %s restarting failed container=%s pod=%s_%s(%s)\\"" pod="%s" podUID="%s"' % (s.pod.app, s.one('10s', '40s', '2m40s', '5m0s'), s.pod.app, s.pod.name, s.pod.space, s.pod.uid, s.pod.full, s.pod.uid))),
    (4, lambda s: ('E', 'pod_workers.go:1300', '"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"%s\\" with ImagePullBackOff: \\"Back-off pulling image \\\\\\"%s:%d.%d\\\\\\"\\"" pod="%s" podUID="%s"' % (s.pod.app, s.pod.image, s.n % 9, s.n % 31, s.pod.full, s.pod.uid))),
    (5, lambda s: ('I', 'scope.go:117', '"RemoveContainer" containerID="%s"' % s.id)),
    (3, lambda s: ('I', 'pod_container_deletor.go:80', '"Container not found in pod\'s containers" containerID="%s"' % s.id)),
    (3, lambda s: ('I', 'kubelet.go:2421', '"SyncLoop %s" source="api" pods=["%s"]' % (s.one('ADD', 'UPDATE', 'DELETE', 'REMOVE'), s.pod.full))),
    (3, lambda s: ('I', 'topology_manager.go:215', '"Topology Admit Handler" podUID="%s" podNamespace="%s" podName="%s"' % (s.pod.uid, s.pod.space, s.pod.name))),
    (3, lambda s: ('I', 'kubelet_volumes.go:163', '"Cleaned up orphaned pod volumes dir" podUID="%s" path="/var/lib/kubelet/pods/%s/volumes"' % (s.pod.uid, s.pod.uid))),
    (2, lambda s: ('I', 'kubelet_getters.go:187', '"Pod status updated" pod="%s" status="%s"' % (s.pod.full, s.one('Running', 'Pending', 'Succeeded')))),
    (2, lambda s: ('E', 'dns.go:153', '"Nameserver limits exceeded" err="Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 10.96.0.%d 192.0.2.%d 192.0.2.53"' % (s.n % 20, s.n % 50))),
    (2, lambda s: ('I', 'kuberuntime_container.go:777', '"Killing container with a grace period" pod="%s" podUID="%s" containerName="%s" containerID="containerd://%s" gracePeriod=%d' % (s.pod.full, s.pod.uid, s.pod.app, s.id, s.one(2, 10, 30, 60)))),
    (1, lambda s: ('W', 'watcher.go:93', 'Error while processing event ("/sys/fs/cgroup/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod%s.slice": 0x40000100 == IN_CREATE|IN_ISDIR): readdirent /sys/fs/cgroup/kubepods.slice: no such file or directory' % s.pod.uid.replace('-', '_'))),
    (1, lambda s: ('E', 'kubelet.go:2475', '"Housekeeping took longer than expected" err="housekeeping took too long" expected="1s" actual="%.9fs"' % (1 + s.ms / 50))),
    (1, lambda s: ('E', 'remote_runtime.go:432', '"ContainerStatus from runtime service failed" err="rpc error: code = NotFound desc = an error occurred when try to find container \\"%s\\": not found" containerID="%s"' % (s.id, s.id))),
    (1, lambda s: ('I', 'pod_container_deletor.go:53', '"DeleteContainer returned error" containerID={"Type":"containerd","ID":"%s"} err="failed to get container status \\"%s\\": rpc error: code = NotFound desc = an error occurred when try to find container: not found"' % (s.id, s.id))),
]

V4 = V2 + [
    (18, lambda s: ('I', 'httplog.go:134', '"HTTP" verb="GET" URI="/%s" latency="%.6fms" userAgent="%s" audit-ID="%s" srcIP="10.3.%d.%d:%d" resp=200' % (s.one('metrics', 'metrics/cadvisor', 'stats/summary', 'metrics/probes', 'healthz'), s.ms, s.one('Prometheus/2.51.0', 'metrics-server/v0.7.1', 'curl/7.88.1', 'Go-http-client/2.0'), s.pod.uid, s.n % 250, s.n % 251, 30000 + s.n % 20000))),
    (14, lambda s: ('I', 'prober.go:116', '"Probe succeeded" probeType="%s" pod="%s" podUID="%s" containerName="%s"' % (s.one('Readiness', 'Liveness'), s.pod.full, s.pod.uid, s.pod.app))),
    (12, lambda s: ('I', 'kubelet_pods.go:1620', '"Generating pod status" podIsTerminal=false pod="%s"' % s.pod.full)),
    (10, lambda s: ('I', 'status_manager.go:%d' % s.one(679, 691, 888), '"%s" pod="%s" statusVersion=%d status={"phase":"Running","conditions":[{"type":"Ready","status":"True","lastProbeTime":null,"lastTransitionTime":"2025-06-02T%02d:%02d:%02dZ"}],"hostIP":"10.3.0.17","podIP":"%s","qosClass":"%s"}' % (s.one('Status for pod updated successfully', 'Ignoring same status for pod', 'Syncing updated statuses'), s.pod.full, s.n % 90, s.n % 24, s.n % 60, s.n % 59, s.pod.ip, s.one('Burstable', 'BestEffort', 'Guaranteed')))),
    (8, lambda s: ('I', 'kubelet.go:2463', '"SyncLoop (SYNC) pods" total=%d pods=["%s"]' % (1 + s.n % 3, s.pod.full))),
    (8, lambda s: ('I', 'generic.go:%d' % s.one(224, 334), '"GenericPLEG" podUID="%s" containerID="%s" oldState="%s" newState="%s"' % (s.pod.uid, s.id, s.one('running', 'non-existent'), s.one('running', 'exited')))),
    (5, lambda s: ('I', 'eviction_manager.go:270', '"Eviction manager: synchronize housekeeping"')),
    (4, lambda s: ('I', 'helpers.go:953', '"Eviction manager:" log="observations" signal="%s" resourceName="%s" available="%dKi" capacity="%dKi" time="2025-06-02 10:%02d:%02d.%06d +0000 UTC"' % (s.one(('memory.available', 'memory'), ('nodefs.available', 'ephemeral-storage'), ('imagefs.inodesFree', 'inodes'), ('pid.available', 'pids')) + (20000000 + s.n * 3, 65000000, s.n % 60, s.n % 59, s.n)))),
    (4, lambda s: ('I', 'eviction_manager.go:312', '"Eviction manager: no resources are starved"')),
    (4, lambda s: ('I', 'volume_manager.go:%d' % s.one(430, 464), '"%s" pod="%s"' % (s.one('Waiting for volumes to attach and mount for pod', 'All volumes are attached and mounted for pod'), s.pod.full))),
    (4, lambda s: ('I', 'round_trippers.go:553', '%s https://10.3.0.2:6443/api/v1/%s %d %s in %d milliseconds' % (s.one('GET', 'PUT', 'PATCH'), s.one('nodes/worker-1', 'nodes/worker-1/status', 'namespaces/%s/pods/%s' % (s.pod.space, s.pod.name)), s.one(200, 200, 201), s.one('OK', 'OK', 'Created'), s.ms))),
    (3, lambda s: ('I', 'reflector.go:%d' % s.one(800, 369), 'object-"%s"/"%s-settings": Watch close - *v1.%s total %d items received' % (s.pod.space, s.pod.app, s.one('ConfigMap', 'Secret'), s.n % 13))),
    (3, lambda s: ('I', 'image_gc_manager.go:%d' % s.one(235, 268), '"%s" imageID="sha256:%s" size=%d' % (s.one('Image ID is new', 'Image ID has size', 'Setting Image ID lastUsed'), s.id, s.n * 211))),
    (3, lambda s: ('I', 'cpu_manager.go:274', '"Reconcile state" pod="%s" containerName="%s" containerID="containerd://%s" cpuSet="%d-%d"' % (s.pod.full, s.pod.app, s.id, s.n % 8, 8 + s.n % 24))),
    (2, lambda s: ('I', 'kubelet_node_status.go:%d' % s.one(502, 590), '"%s" node="worker-1" duration="%.6fms"' % (s.one('Updating node status', 'Node status did not change', 'Setting node status condition code'), s.ms))),
    (2, lambda s: ('I', 'csi_attacher.go:%d' % s.one(308, 391), 'kubernetes.io/csi: attacher.MountDevice deviceMountPath /var/lib/kubelet/plugins/kubernetes.io/csi/ebs.example.org/%s/globalmount' % s.id)),
]

HEALTHY = {2: V2, 4: V4}

# (unit, identifier) and a message; no klog header
OTHERS = [
    (6, ('containerd.service', 'containerd'), lambda s: 'time="2025-06-02T10:%02d:%02d.%06d000Z" level=info msg="%s for \\"%s\\" returns successfully"' % (s.n % 60, s.n % 59, s.n, s.one('StartContainer', 'StopContainer', 'RemoveContainer', 'PullImage', 'StopPodSandbox'), s.id)),
    (4, ('containerd.service', 'containerd'), lambda s: 'time="2025-06-02T10:%02d:%02d.%06d000Z" level=info msg="shim disconnected" id=%s namespace=k8s.io' % (s.n % 60, s.n % 59, s.n, s.id)),
    (3, ('containerd.service', 'containerd'), lambda s: 'time="2025-06-02T10:%02d:%02d.%06d000Z" level=warning msg="cleaning up after shim disconnected" id=%s namespace=k8s.io' % (s.n % 60, s.n % 59, s.n, s.id)),
    (3, ('init.scope', 'systemd'), lambda s: '%s libcontainer container %s.' % (s.one('Started', 'Starting'), s.id)),
    (3, ('init.scope', 'systemd'), lambda s: 'cri-containerd-%s.scope: Deactivated successfully.' % s.id),
    (2, ('init.scope', 'systemd'), lambda s: 'run-containerd-io.containerd.runtime.v2.task-k8s.io-%s-rootfs.mount: Deactivated successfully.' % s.id),
    (1, ('init.scope', 'systemd'), lambda s: 'cri-containerd-%s.scope: Consumed %.3fs CPU time.' % (s.id, s.ms)),
    (2, (None, 'kernel'), lambda s: 'cni0: port %d(veth%s) entered %s state' % (s.n % 110, s.short, s.one('blocking', 'forwarding', 'disabled'))),
    (1, (None, 'kernel'), lambda s: 'IPv6: ADDRCONF(NETDEV_CHANGE): veth%s: link becomes ready' % s.short),
    (1, ('ssh.service', 'sshd'), lambda s: 'Connection closed by 10.3.%d.%d port %d [preauth]' % (s.n % 250, s.n % 251, 30000 + s.n % 20000)),
    (1, ('chrony.service', 'chronyd'), lambda s: 'Selected source 192.0.2.%d (ntp%d.example.org)' % (s.n % 250, s.n % 4)),
]

# every one of these is matched by a rule
DEATH = ('init.scope', 'systemd'), lambda s: 'kubelet.service: Main process exited, code=exited, status=%d/FAILURE' % s.one(1, 255)
TROUBLE = [
    (3, lambda s: ('I', 'eviction_manager.go:366', '"Eviction manager: attempting to reclaim" resourceName="%s"' % s.one('ephemeral-storage', 'memory'))),
    (3, lambda s: ('I', 'eviction_manager.go:377', '"Eviction manager: must evict pod(s) to reclaim" resourceName="%s"' % s.one('ephemeral-storage', 'memory'))),
    (2, lambda s: ('E', 'eviction_manager.go:388', '"Eviction manager: eviction thresholds have been met, but no pods are active to evict"')),
    (3, lambda s: ('E', 'watcher.go:152', 'Failed to watch directory "/sys/fs/cgroup/kubepods/pod%s": inotify_add_watch /sys/fs/cgroup/kubepods/pod%s: no space left on device' % (s.pod.uid, s.pod.uid))),
    (3, lambda s: ('E', 'kubelet.go:2347', '"Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active %dm%.9fs ago; threshold is 3m0s"' % (3 + s.n % 40, s.ms % 60))),
    (3, lambda s: ('E', 'kubelet.go:2855', '"Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"')),
    (2, lambda s: ('E', 'kubelet_node_status.go:540', '"Error updating node status, will retry" err="error getting node \\"worker-1\\": Get \\"https://10.3.0.2:6443/api/v1/nodes/worker-1?timeout=10s\\": dial tcp 10.3.0.2:6443: connect: connection refused"')),
    (2, lambda s: ('W', 'kubelet_node_status.go:%d' % s.one(640, 655), 'invalid capacity 0 on image filesystem')),
    (2, lambda s: ('E', 'kubelet_volumes.go:245', '"There were many similar errors. Turn up verbosity to see them." err="orphaned pod \\"%s\\" found, but volume paths are still present on disk" numErrs=%d' % (s.pod.uid, 1 + s.n % 9))),
    (2, lambda s: ('W', 'eviction_manager.go:344', '"Eviction manager: attempting to reclaim" resourceName="inodes"')),
    (1, lambda s: ('E', 'kubelet.go:1302', '"Image garbage collection failed multiple times in a row" err="failed to garbage collect required amount of images. Attempted to free %d bytes, but only found 0 bytes eligible to free"' % (s.n * 4096))),
]
