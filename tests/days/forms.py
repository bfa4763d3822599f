"""The forms in which a day is written: what journalctl prints, and a journal."""

import datetime
import json
import os
import shutil
import subprocess

REMOTE = next((p for p in ("/lib/systemd/systemd-journal-remote", "/usr/lib/systemd/systemd-journal-remote")
               if os.path.exists(p)), shutil.which("systemd-journal-remote"))
CONTAINERS = {"coredns": "k8s_coredns_coredns-6d4b75cb6d-x7k2p_kube-system", "container": "k8s_web_cart-5c9_shop",
              "metrics-server": "k8s_metrics-server_metrics-server-7f6c5_kube-system",
              "dashboard": "k8s_kubernetes-dashboard_kubernetes-dashboard-5c7d_kubernetes-dashboard",
              "storage-provisioner": "k8s_storage-provisioner_storage-provisioner_kube-system",
              "vpa-recommender": "k8s_recommender_vpa-recommender-8d4f_kube-system",
              "harbour-sensor": "k8s_sensor_harbour-sensor-6b9c_shop"}
MACHINE = "5d1c7a90e2b84f6f9d30a1b2c3d4e5f6"


def moment(entry):
    return datetime.datetime.fromtimestamp(entry.time / 10**6, datetime.timezone.utc)


def who(entry):
    return entry.identifier if entry.pid is None else f"{entry.identifier}[{entry.pid}]"


def text(day, entries, stamp):
    lines, boot = [], None
    for entry in entries:
        if boot is not None and entry.boot != boot:
            lines.append(f"-- Boot {day.boots[entry.boot]} --" if day.systemd >= 249 else "-- Reboot --")
        boot = entry.boot
        lines.append(f"{stamp(entry)} {day.node} {who(entry)}: {entry.text}")
    return "\n".join(lines) + "\n"


def short(day, entries):
    return text(day, entries, lambda e: moment(e).strftime("%b %d %H:%M:%S"))


def short_iso(day, entries):
    return text(day, entries, lambda e: moment(e).strftime("%Y-%m-%dT%H:%M:%S+00:00"))


def fields(day, entry):
    """The fields of an entry, as journald would have stored them."""
    transport = {"kernel": "kernel", "systemd": "journal"}.get(entry.stream, "stdout")
    ret = {
        "__REALTIME_TIMESTAMP": str(entry.time),
        "__MONOTONIC_TIMESTAMP": str(entry.steady - day.boot_began(entry.boot)),
        "_BOOT_ID": day.boots[entry.boot],
        "_MACHINE_ID": MACHINE,
        "_HOSTNAME": day.node,
        "_TRANSPORT": transport,
        "PRIORITY": "5" if "MESSAGE_ID" in entry.fields else "6",
        "SYSLOG_IDENTIFIER": entry.identifier,
        "MESSAGE": entry.text,
    }
    if entry.pid is not None:
        ret["_PID"] = str(entry.pid)
    if entry.stream == "systemd":
        ret["_SYSTEMD_UNIT"] = "init.scope"
    elif entry.stream == "kubelet":
        ret["_SYSTEMD_UNIT"] = day.unit
        if entry.run:
            ret["_SYSTEMD_INVOCATION_ID"] = entry.run
    elif entry.stream in CONTAINERS:  # docker's log driver for the journal
        ret["_SYSTEMD_UNIT"] = "docker.service"
        ret["CONTAINER_ID"] = entry.identifier
        ret["CONTAINER_NAME"] = CONTAINERS[entry.stream]
    elif entry.stream != "kernel":
        ret["_SYSTEMD_UNIT"] = entry.stream + ".service"
    ret.update((k, v) for k, v in entry.fields.items() if v)
    return ret


def as_json(day, entries):
    return "".join(json.dumps(fields(day, e)) + "\n" for e in entries)


def export(day, entries):
    return "".join("".join(f"{k}={v}\n" for k, v in fields(day, e).items()) + "\n" for e in entries)


def klog(day, entries):
    """What the kubelet itself wrote, to a file."""
    return "".join(entry.text + "\n" for entry in entries if entry.stream == "kubelet")


def sections(day, entries):
    """The unit's journal and the containers' lines, each under its heading."""
    own = [e for e in entries if e.stream == "kubelet" or "UNIT" in e.fields]
    parts = {"kubelet": short(day, own)}
    for entry in entries:
        if entry.stream not in ("kubelet", "systemd", "kernel", "cron", "sshd", "journald"):
            parts[entry.stream] = parts.get(entry.stream, "") + entry.text + "\n"
    names = sorted(parts)
    return "\n".join(f"==> {name}{'' if name == 'kubelet' else ' [%s]' % day.container} <==\n{parts[name]}" for name in names)


def beside(day, entries):
    """The unit's journal, and all in the syslog."""
    own = [e for e in entries if e.stream == "kubelet" or "UNIT" in e.fields]
    return {"kubelet.log": short_iso(day, own), "syslog": short(day, entries)}


def rotated(day, entries):
    """The syslog and the one before it, copied while lines were still written."""
    middle = len(entries) // 2
    return {"syslog.1": short(day, entries[:middle]), "syslog": short(day, entries[max(middle - 9, 0):])}


FORMS = {"short": (short, "log"), "short-iso": (short_iso, "log"), "json": (as_json, "json"),
         "export": (export, "export"), "journal": (export, "journal"), "klog": (klog, "log"),
         "sections": (sections, "log"), "beside": (beside, ""), "rotated": (rotated, "")}
# Forms in which a cause is not visible, because systemd's or the kernel's lines are not in them.
OWN_LINES_ONLY = {"klog"}
WITHOUT_KERNEL = {"klog", "sections"}
WITH_BOOT_CLOCK = {"json", "export", "journal"}
ORDERED = {"sections", "beside", "rotated"}  # never newest first


def has_all(day, form):
    """Does this form have the lines by which the causes of the day are known?"""
    keys = set(day.cause_keys())
    return not ("kernel" in keys and form in WITHOUT_KERNEL or "manager" in keys and form in OWN_LINES_ONLY)


def choose(day):
    """The form of a day and whether it is newest first: another random sequence than the day's own."""
    names = [name for name in FORMS if (name != "journal" or REMOTE) and has_all(day, name)]
    n = day.seed // 3 + day.seed
    name = names[n % len(names)]
    return name, name not in ORDERED and n % 5 < 3 and day.seed % 4 == 1


def write_folder(files, path):
    os.makedirs(path)
    for name, content in files.items():
        with open(os.path.join(path, name), "w", encoding="utf-8") as file:
            file.write(content)
    return path


def write(day, entries, form, newest_first, path):
    """Writes ENTRIES to PATH, without its ending; returns the name of the file."""
    render, ending = FORMS[form]
    content = render(day, list(reversed(entries)) if newest_first else entries)
    if isinstance(content, dict):
        return write_folder(content, path)
    path = f"{path}.{ending}"
    if form != "journal":
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
        return path
    with open(path + ".export", "w", encoding="utf-8") as file:
        file.write(content)
    subprocess.run([REMOTE, "-o", path, path + ".export"], check=True, capture_output=True)
    os.remove(path + ".export")
    return path
