"""A log bundle of a bootstrap: two masters that have no names yet, and only one of them fails."""

ROOT = "log-bundle-20240612101440"
FAILED, HEALTHY = "10.0.0.11", "10.0.0.12"
BOOTSTRAP = "bootstrap"  # by its folder: its host name changes


def line(time, identifier, message, pid):
    return f"Jun 12 {time} localhost.localdomain {identifier}[{pid}]: {message}\n"


def start(time, pid):
    return line(time, "systemd", "Starting Kubernetes Kubelet...", 1) + line(
        time, "kubenswrapper", f'I0612 {time}.100000    {pid} server.go:491] "Kubelet version" kubeletVersion="v1.28.6"', pid)


def files():
    failed = "".join(
        start(f"10:0{i}:01", 700 + i)
        + line(f"10:0{i}:02", "kubenswrapper",
               f'E0612 10:0{i}:02.100000    {700 + i} run.go:74] "command failed" err="failed to run Kubelet: running with'
               ' swap on is not supported, please disable swap or set --fail-swap-on flag to false"', 700 + i)
        + line(f"10:0{i}:02", "systemd", "kubelet.service: Main process exited, code=exited, status=1/FAILURE", 1)
        for i in range(5))
    healthy = start("10:00:01", 700) + line(
        "10:00:03", "kubenswrapper", 'I0612 10:00:03.100000     700 kubelet.go:2303] "Starting kubelet main sync loop"', 700)
    return {
        f"{ROOT}/bootstrap/journals/bootkube.log": line("10:00:00", "systemd", "Started Bootstrap.", 1),
        f"{ROOT}/control-plane/{FAILED}/journals/kubelet.log": failed,
        f"{ROOT}/control-plane/{HEALTHY}/journals/kubelet.log": healthy,
    }
