"""A sos report of a node in the zone +0200: no stamp has a year or a zone, and the kernel log counts from the boot."""

ROOT = "sosreport-edge-7-2024-06-12-abcdefg"
UPTIME = 90_000.25  # at 12:14:40, so the node booted at 11:14:40 of the day before


def files():
    kill = ("Out of memory: Killed process 4321 (java) total-vm:9000000kB, anon-rss:8000000kB, file-rss:0kB,"
            " shmem-rss:0kB, UID:1000 pgtables:1kB oom_score_adj:0")
    return {
        f"{ROOT}/sos_reports/manifest.json": "{}\n",
        f"{ROOT}/etc/hostname": "edge-7\n",
        f"{ROOT}/sos_commands/date/date": "Wed Jun 12 12:14:40 CEST 2024\n",
        f"{ROOT}/sos_commands/systemd/timedatectl":
            "               Local time: Wed 2024-06-12 12:14:40 CEST\n"
            "           Universal time: Wed 2024-06-12 10:14:40 UTC\n"
            "                Time zone: Europe/Paris (CEST, +0200)\n",
        f"{ROOT}/proc/uptime": f"{UPTIME:.2f} 340000.10\n",
        f"{ROOT}/sos_commands/kernel/dmesg":
            "[    0.000000] Linux version 5.14.0-284.el9.x86_64\n"
            "[89000.100000] java invoked oom-killer: gfp_mask=0x140cca, order=0, oom_score_adj=0\n"
            f"[89000.200000] {kill}\n",
        f"{ROOT}/sos_commands/kubernetes/journalctl_--no-pager_--unit_kubelet":
            "Jun 12 11:00:01 edge-7 systemd[1]: Started kubelet: The Kubernetes Node Agent.\n"
            "Jun 12 11:00:02 edge-7 kubelet[900]: I0612 11:00:02.100000     900 kubelet.go:2303]"
            ' "Starting kubelet main sync loop"\n'
            "Jun 12 12:10:02 edge-7 kubelet[900]: I0612 12:10:02.100000     900 kubelet.go:2429]"
            ' "SyncLoop (PLEG): event for pod" pod="shop/web"\n',
    }


def foreign_log():
    """The node also receives the log of another one."""
    return {
        f"{ROOT}/var/log/messages":
            "Jun 12 10:59:58 localhost systemd[1]: Starting kubelet: The Kubernetes Node Agent...\n"
            "Jun 12 11:00:01 edge-7 systemd[1]: Started kubelet: The Kubernetes Node Agent.\n"
            "Jun 12 11:20:01 edge-8 kubelet[70]: I0612 11:20:01.000000      70 kubelet.go:2303]"
            ' "Starting kubelet main sync loop"\n',
    }


def old_events():
    """A table of events has only ages: they count from the time at which the bundle was written."""
    return {
        f"{ROOT}/sos_commands/kubernetes/kubectl_get_events":
            "NAMESPACE   LAST SEEN   TYPE      REASON                  OBJECT        MESSAGE\n"
            "default     10m         Normal    NodeHasDiskPressure     node/edge-7   Node edge-7 status is now: "
            "NodeHasDiskPressure\n",
    }


def uncollected():
    """The collector could not get the log of the kubelet, nor the list of swap areas."""
    return {
        f"{ROOT}/sos_reports/manifest.json": "{}\n",
        f"{ROOT}/etc/hostname": "edge-7\n",
        f"{ROOT}/sos_commands/kubernetes/journalctl_--no-pager_--unit_kubelet": "-- No entries --\n",
        f"{ROOT}/sos_commands/memory/swapon_--bytes_--show": "timeout: failed to run command 'swapon'\n",
        f"{ROOT}/sos_commands/kernel/dmesg": "[    0.000000] Linux version 5.14.0-284.el9.x86_64\n",
    }
