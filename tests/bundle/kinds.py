#!/usr/bin/env python3
"""kinds.py NODECAUSE [KIND...]: each tree of fixtures/bundles gives the expected report, and the same as a directory and as archives,
with one thread and with two.

fixtures/bundles/README.md says what the folders hold.
"""

import gzip
import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from calendar import timegm
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUNDLES = ROOT / "fixtures" / "bundles"
COLLECTED = timegm((2024, 6, 12, 15, 0, 0))  # the year of stamps that have none
TOP = "bundle"
JOURNAL_REMOTE = "/lib/systemd/systemd-journal-remote"


class Skipped(Exception):
    pass


# --- what a repository cannot hold is made: archives, compressed files, journals ---


def members(tree):
    return sorted(p for p in tree.rglob("*") if p.is_symlink() or not p.is_dir())


def pack_tar(tree, target, mode, reverse):
    """Without folders when reversed, as some collectors write it."""
    paths = members(tree)[::-1] if reverse else sorted(tree.rglob("*"))
    with tarfile.open(target, mode, format=tarfile.PAX_FORMAT) as tar:
        for path in paths:
            tar.add(path, path.relative_to(tree), recursive=False)


def pack_zip(tree, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in members(tree):
            info = zipfile.ZipInfo(str(path.relative_to(tree)), (2024, 6, 12, 15, 0, 0))
            info.create_system = 3
            info.external_attr = (0o120777 if path.is_symlink() else 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, os.readlink(path) if path.is_symlink() else path.read_bytes())


def pack_journal(folder, target):
    if not os.path.exists(JOURNAL_REMOTE):
        raise Skipped(f"{JOURNAL_REMOTE} is not installed")
    export = next(folder.iterdir())
    subprocess.run([JOURNAL_REMOTE, "--split-mode=none", "-o", target, export], check=True, capture_output=True)


def only_file(folder):
    return next(folder.iterdir()).read_bytes()


PACKERS = {
    ".tar": lambda folder, target: pack_tar(folder, target, "w", False),
    ".tar.gz": lambda folder, target: pack_tar(folder, target, "w:gz", False),
    ".tgz": lambda folder, target: pack_tar(folder, target, "w:gz", False),
    ".tar.xz": lambda folder, target: pack_tar(folder, target, "w:xz", True),
    ".zip": pack_zip,
    ".gz": lambda folder, target: target.write_bytes(gzip.compress(only_file(folder))),
    ".xz": lambda folder, target: target.write_bytes(lzma.compress(only_file(folder))),
    ".journal": pack_journal,
}


def packer_of(name):
    return next((PACKERS[end] for end in sorted(PACKERS, key=len, reverse=True) if name.endswith(end)), None)


def pack_folders(tree):
    """The deepest first: archives in archives."""
    for folder in sorted((p for p in tree.rglob("*") if p.is_dir() and not p.is_symlink()), reverse=True):
        packer = packer_of(folder.name)
        if packer:
            contents = folder.with_name(folder.name + ".contents")
            folder.rename(contents)
            set_times(contents)
            packer(contents, folder)
            shutil.rmtree(contents)


def set_times(tree):
    for path in [*tree.rglob("*"), tree]:
        os.utime(path, (COLLECTED, COLLECTED), follow_symlinks=False)


# --- one tree in all its forms ---


def make_forms(kind, work):
    """(name of the form, what to read, what the names of its files begin with)"""
    parent = work / "parent"
    tree = parent / TOP
    shutil.copytree(BUNDLES / kind / "tree", tree, symlinks=True)
    pack_folders(tree)
    set_times(parent)
    yield "directory", tree, f"{tree}/"
    for ending in (".tar.gz", ".tar.xz", ".zip"):
        target = work / (TOP + ending)
        PACKERS[ending](parent, target)
        os.utime(target, (COLLECTED, COLLECTED))
        yield ending, target, f"{target}!{TOP}/"


def diagnose(nodecause, path, prefix, threads=2):
    done = subprocess.run([nodecause, "-o", "json", f"--threads={threads}", path], capture_output=True, text=True, timeout=60,
                          env={**os.environ, "NODECAUSE_RULES_PATH": "", "TZ": "UTC"}, check=False)
    assert done.stdout, f"exit {done.returncode}: {done.stderr}"
    report = json.loads(done.stdout.replace(json.dumps(prefix)[1:-1], ""))
    assert report["exit"]["code"] == done.returncode
    del report["stats"]["seconds"]
    return report


def comparable(report):
    """Evidence with the name of its input; the order of inputs is that of the members."""
    names = [one["name"] for one in report["inputs"]]

    def walk(value):
        if isinstance(value, dict):
            return {k: names[v] if k == "input" and v in range(len(names)) else walk(v) for k, v in value.items()}
        return [walk(one) for one in value] if isinstance(value, list) else value

    ret = {key: walk(report[key]) for key in ("exit", "verdict", "nodes", "unexplained")}
    ret["inputs"] = {one["name"]: {k: one[k] for k in ("format", "entries", "first", "last", "error")}
                     for one in report["inputs"]}
    ret["blind_spots"] = sorted(report["blind_spots"], key=json.dumps)
    return ret


def regardless_of_order(report):
    """Of nodes that are as ill as each other, and of copies of an entry, the one that is read first counts."""
    ret = json.loads(json.dumps(report))
    ret["nodes"].sort(key=lambda node: node["host"] or "")
    ret["verdict"]["root_causes"].sort()
    del ret["verdict"]["sentence"]
    for node in ret["nodes"]:
        for holder in node["units"] + node["findings"]:
            for evidence in holder["evidence"]:
                for key in ("input", "member", "line", "offset"):
                    del evidence[key]
    return ret


# --- comparisons ---


def differences(expected, found, where="", exactly=False):
    """As in fixtures/cases: of an object the expected keys count, of a list of objects the expected ones in order."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in expected.keys() | found.keys() if exactly else expected:
            if key not in expected or key not in found:
                yield f"{where}/{key}: {'not expected' if key in found else 'missing'}"
            else:
                yield from differences(expected[key], found[key], f"{where}/{key}", exactly)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for i, (one, other) in enumerate(zip(expected, found)):
            yield from differences(one, other, f"{where}/{i}", exactly)
    elif isinstance(expected, list) and isinstance(found, list) and not exactly and all(isinstance(e, dict) for e in expected):
        rest = iter(found)
        for i, one in enumerate(expected):
            if not any(not list(differences(one, other)) for other in rest):
                yield f"{where}/{i}: nothing is like {json.dumps(one)}"
    elif expected != found:
        yield f"{where}: expected {json.dumps(expected)}, found {json.dumps(found)}"


def input_differences(expected, report):
    """What is read, and as what: nothing else may be."""
    found = {name: one["format"] or one["error"] for name, one in report["inputs"].items()}
    return differences(expected.pop("inputs", found), found, "/inputs", exactly=True)


def check(nodecause, kind):
    expected = json.loads((BUNDLES / kind / "expected.json").read_text())
    first, wrong = None, []
    with tempfile.TemporaryDirectory() as work:
        for form, path, prefix in make_forms(kind, Path(work)):
            report = diagnose(nodecause, path, prefix)
            alone = diagnose(nodecause, path, prefix, threads=1)
            wrong += [f"{form} with one thread: {one}" for one in differences(report, alone, exactly=True)]
            report = comparable(report)
            if first is None:
                first = report
                wrong += [f"{form}: {one}" for one in input_differences(expected, report)]
                wrong += [f"{form}: {one}" for one in differences(expected, report)]
                first = regardless_of_order(first)
            else:
                report = regardless_of_order(report)
                wrong += [f"{form} against directory: {one}" for one in differences(first, report, exactly=True)]
    return wrong


def main():
    nodecause = os.path.abspath(sys.argv[1])
    kinds = sys.argv[2:] or sorted(p.parent.name for p in BUNDLES.glob("*/expected.json"))
    failed = False

    for kind in kinds:
        try:
            wrong = check(nodecause, kind)
        except Skipped as reason:
            print(f"skipped {kind}: {reason}")
            continue
        failed = failed or bool(wrong)
        print(f"{'FAILED' if wrong else 'ok'} {kind}")
        for one in wrong[:20]:
            print(f"  {one}")
    sys.exit(failed or not kinds)


if __name__ == "__main__":
    main()
