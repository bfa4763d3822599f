"""A must-gather of a cluster of forty nodes, of which two have failed: worker-17 is short of disk, and the kubelet of
worker-31 refuses to start because of swap. Three of the nodes are masters, whose logs are merged in one file."""

import os

MASTERS = [f"master-{i}" for i in range(3)]
WORKERS = [f"worker-{i:02}" for i in range(37)]
NODES = MASTERS + WORKERS
FULL, SWAP = "worker-17", "worker-31"
BACK = "worker-22"  # its kubelet failed because of swap; its log ends there, and the cluster heard from it afterwards
FAILED = {FULL: "eviction/threshold-met", SWAP: "kubelet/swap-enabled"}

IMAGE = "quay-io-example-must-gather-sha256-0a1b2c"


def journal(host, time, identifier, message, pid=2101):
    return f"Jun 12 {time}.000000 {host} {identifier}[{pid}]: {message}\n"


def klog(level, time, place, text, pid=2101):
    return f"{level}0612 {time}.000000    {pid} {place}] {text}"


def kubelet(host, level, time, place, text, pid=2101):
    return journal(host, time, "kubenswrapper", klog(level, time, place, text, pid), pid)


def start(host, time, pid=2101):
    return (journal(host, time, "systemd", "Starting Kubernetes Kubelet...", 1)
            + kubelet(host, "I", time, "server.go:491", '"Kubelet version" kubeletVersion="v1.28.6"', pid))


def running(host, time, pid=2101):
    return (kubelet(host, "I", time, "kubelet.go:2303", '"Starting kubelet main sync loop"', pid)
            + kubelet(host, "I", time, "kubelet_node_status.go:73", f'"Successfully registered node" node="{host}"', pid)
            + kubelet(host, "I", time, "kubelet_node_status.go:696",
                      f'"Recording event message for node" node="{host}" event="NodeReady"', pid))


def busy(host, hour):
    """What every kubelet says, on every node."""
    return "".join(
        kubelet(host, "I", f"{hour:02}:{minute:02}:07", "kubelet.go:2429",
                f'"SyncLoop (PLEG): event for pod" pod="shop/web-{minute}"')
        for minute in range(0, 60, 5))


def healthy_log(host):
    return start(host, "08:00:01") + running(host, "08:00:03") + busy(host, 8) + busy(host, 9)


def full_log(host):
    return healthy_log(host) + "".join(
        kubelet(host, "W", f"10:{minute:02}:10", "eviction_manager.go:349",
                '"Eviction manager: attempting to reclaim" resourceName="ephemeral-storage"')
        + kubelet(host, "E", f"10:{minute:02}:11", "eviction_manager.go:360",
                  '"Eviction manager: eviction thresholds have been met, but no pods are active to evict"')
        + (kubelet(host, "I", "10:00:12", "kubelet_node_status.go:696",
                   f'"Recording event message for node" node="{host}" event="NodeHasDiskPressure"')
           if minute == 0 else "")
        for minute in range(0, 10))


def swap_log(host, hour=10, deaths=12):
    log = healthy_log(host)
    for i in range(deaths):
        time, pid = f"{hour}:{i:02}:20", 3000 + i
        log += start(host, time, pid)
        log += kubelet(host, "E", time, "run.go:74",
                       '"command failed" err="failed to run Kubelet: running with swap on is not supported, please'
                       ' disable swap or set --fail-swap-on flag to false"', pid)
        log += journal(host, time, "systemd",
                       "kubelet.service: Main process exited, code=exited, status=1/FAILURE", 1)
        log += journal(host, time, "systemd", "kubelet.service: Failed with result 'exit-code'.", 1)
    return log


def log_of(host):
    if host == BACK:
        return swap_log(host, hour=10, deaths=4)
    return full_log(host) if host == FULL else swap_log(host) if host == SWAP else healthy_log(host)


def condition(kind, status, reason, message, beat="2024-06-12T10:10:00Z", since="2024-06-12T08:00:03Z"):
    return (f"  - lastHeartbeatTime: \"{beat}\"\n    lastTransitionTime: \"{since}\"\n    message: {message}\n"
            f"    reason: {reason}\n    status: \"{status}\"\n    type: {kind}\n")


def node_object(host):
    pressed, gone = host == FULL, host == SWAP
    if gone:
        text = "".join(
            condition(kind, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.",
                      "2024-06-12T09:59:50Z", "2024-06-12T10:01:00Z")
            for kind in ("MemoryPressure", "DiskPressure", "PIDPressure", "Ready"))
    else:
        text = condition("MemoryPressure", "False", "KubeletHasSufficientMemory",
                         "kubelet has sufficient memory available")
        text += (condition("DiskPressure", "True", "KubeletHasDiskPressure", "kubelet has disk pressure",
                           since="2024-06-12T10:00:12Z") if pressed else
                 condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"))
        text += condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available")
        text += condition("Ready", "True", "KubeletReady", "kubelet is posting ready status")
    return ("---\napiVersion: v1\nkind: Node\nmetadata:\n"
            f"  labels:\n    kubernetes.io/hostname: {host}\n  name: {host}\n"
            "status:\n  conditions:\n" + text + f"  nodeInfo:\n    kubeletVersion: v1.28.6\n")


def event(i, about, kind, reason, message, time, source=None, host=None, count=1):
    text = ("- apiVersion: v1\n" f"  count: {count}\n" f"  firstTimestamp: \"2024-06-12T{time}Z\"\n"
            "  involvedObject:\n    kind: Node\n" f"    name: {about}\n    uid: {about}\n  kind: Event\n"
            f"  lastTimestamp: \"2024-06-12T{time}Z\"\n  message: {message}\n"
            f"  metadata:\n    name: {about}.{i:x}\n    namespace: default\n"
            f"  reason: {reason}\n  source:\n    component: {source or 'kubelet'}\n")
    return text + (f"    host: {host}\n" if host else "") + f"  type: {kind}\n"


def events():
    """Cluster-wide: all about nodes lies in the namespace `default`."""
    text = "---\napiVersion: v1\nitems:\n"
    for i, host in enumerate(NODES):
        text += event(i, host, "Normal", "NodeReady", f"'Node {host} status is now: NodeReady'", "08:00:03", host=host)
    text += event(100, FULL, "Normal", "NodeHasDiskPressure",
                  f"'Node {FULL} status is now: NodeHasDiskPressure'", "10:00:12", host=FULL)
    text += event(101, FULL, "Warning", "EvictionThresholdMet", "Attempting to reclaim ephemeral-storage",
                  "10:09:10", host=FULL, count=10)
    text += event(102, SWAP, "Normal", "NodeNotReady",
                  f"'Node {SWAP} status is now: NodeNotReady'", "10:01:00", source="node-controller")
    return text + "kind: EventList\nmetadata:\n  resourceVersion: \"1\"\n"


def merged(hosts):
    """As `oc adm node-logs --unify`: sorted as text."""
    return "".join(sorted(line for host in hosts for line in log_of(host).splitlines(True)))


def files(names=None):
    """All files of the bundle, by path. `names`: nodes in place of all."""
    top = "must-gather.local.4711"
    root = f"{top}/{IMAGE}"
    ret = {
        f"{top}/timestamp": "2024-06-12 10:10:02.11 +0000 UTC m=+0.1\n2024-06-12 10:14:40.2 +0000 UTC m=+278.2\n",
        f"{root}/version": "openshift/must-gather\n4.15.0\n",
        f"{root}/host_service_logs/masters/kubelet_service.log": merged(MASTERS),
        f"{root}/namespaces/default/core/events.yaml": events(),
        # the same event once more, as a file of its own
        f"{root}/namespaces/default/core/events/{SWAP}.66.yaml":
            "---\n" + event(102, SWAP, "Normal", "NodeNotReady", f"'Node {SWAP} status is now: NodeNotReady'",
                            "10:01:00", source="node-controller").replace("- apiVersion", "  apiVersion", 1)
            .replace("\n  ", "\n").replace("  apiVersion", "apiVersion", 1),
    }
    for host in NODES:
        ret[f"{root}/cluster-scoped-resources/core/nodes/{host}.yaml"] = node_object(host)
    for host in WORKERS:
        ret[f"{root}/nodes/{host}/{host}_logs_kubelet"] = log_of(host)
        ret[f"{root}/nodes/{host}/dmesg"] = "[    0.000000] Linux version 5.14.0-284.el9.x86_64\n[    4.2] eth0: link up\n"
    return ret


def write(folder):
    for path, text in files().items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
