"""The forms in which a day is written: what journalctl prints, and a journal."""

import datetime
import json
import os
import shutil
import subprocess

REMOTE = next((p for p in ("/lib/systemd/systemd-journal-remote", "/usr/lib/systemd/systemd-journal-remote")
               if os.path.exists(p)), shutil.which("systemd-journal-remote"))
CONTAINERS = {"coredns": "k8s_coredns_coredns-6d4b75cb6d-x7k2p_kube-system", "container": "k8s_web_cart-5c9_shop"}
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
        "__MONOTONIC_TIMESTAMP": str(entry.time - day.boot_began(entry.boot)),
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
    elif entry.stream in ("coredns", "container"):  # docker's log driver for the journal
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


FORMS = {"short": (short, "log"), "short-iso": (short_iso, "log"), "json": (as_json, "json"),
         "export": (export, "export"), "journal": (export, "journal")}


def choose(day):
    """The form of a day and whether it is newest first: another random sequence than the day's own."""
    names = [name for name in FORMS if name != "journal" or REMOTE]
    n = day.seed // 3 + day.seed
    return names[n % len(names)], n % len(names) < 3 and day.seed % 4 == 1


def write(day, entries, form, newest_first, path):
    """Writes ENTRIES to PATH, without its ending; returns the name of the file."""
    render, ending = FORMS[form]
    content = render(day, list(reversed(entries)) if newest_first else entries)
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
