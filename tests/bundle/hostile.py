#!/usr/bin/env python3
"""hostile.py NODECAUSE [NAME...]: archives that are damaged, odd or made to do harm. Each is read in time and memory, names the cause where it
can be read, and says what could not be read.

Each function `make_...` writes one archive (or a directory) into the folder that it gets, and returns its path with what is expected: the root
cause (None: no cause), and texts that must or must not be in the notes.
"""

import gzip
import io
import json
import lzma
import os
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

SWAP = "kubelet/swap-enabled"
LOG = (
    b"Apr 07 22:06:29 n1 kubelet[19593]: F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap on is not "
    b"supported, please disable swap! or set --fail-swap-on flag to false. /proc/swaps contained: [Filename Type Size Used Priority "
    b"/dev/sda5 partition 998396 0 -1]\n"
)
QUIET = b"Apr 07 22:06:28 n1 kubelet[19593]: I0407 22:06:28.000000   19593 server.go:1] Starting\n"
NAME = "n1/var/log/kubelet.log"
MEMORY_KIB = 160 * 1024 * int(os.environ.get("HOSTILE_MEMORY", "1"))
SECONDS = 90 * int(os.environ.get("HOSTILE_MEMORY", "1"))
TEMPORARY = Path(tempfile.mkdtemp(prefix="hostile.tmp."))
DEFAULT = {"root": SWAP, "says": [], "never": [], "code": None, "stdin": None, "env": None}


# --- making ---


def tar_of(members, **options):
    """members: (name, bytes) or TarInfo with bytes"""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", **options) as tar:
        for member, data in members:
            info = member if isinstance(member, tarfile.TarInfo) else tarfile.TarInfo(member)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def special(name, kind, target=""):
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def zip_of(members, compress=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2024, 4, 8, 0, 0, 0)), data, compress)
    return out.getvalue()


# --- names ---


def make_up(folder):
    names = ["../../n1/var/log/kubelet.log", "../../../../../../etc/passwd"]
    return write(folder, "a.tar", tar_of([(names[0], LOG), (names[1], b"x\n")])), {}


def make_absolute(folder):
    return write(folder, "a.tar", tar_of([("/n1/var/log/kubelet.log", LOG), ("//etc//passwd", b"x\n")])), {}


def make_names(folder):
    odd = ["n1/\x1b]0;title\x07.log", "n1/a\nb.log", "n1/\x7f\x9b31m.log", "n1/" + "\udcff\udcfe.log", "n1/\u202egol.log"]
    data = tar_of([(name, QUIET) for name in odd] + [(NAME, LOG)], format=tarfile.GNU_FORMAT, encoding="utf-8", errors="surrogateescape")
    return write(folder, "a.tar", data), {}


def make_pax_names(folder):
    odd = ["n1/\x1b[2Jx.log", "n1/\u00e9.log", "n1/" + "\udcff.log"]
    data = tar_of([(name, QUIET) for name in odd] + [(NAME, LOG)], format=tarfile.PAX_FORMAT, encoding="utf-8", errors="surrogateescape")
    return write(folder, "a.tar", data), {}


def make_long_names(folder):
    """A name of 512 KiB."""
    data = tar_of([("a/" * (256 * 1024) + "b.log", QUIET), (NAME, LOG)], format=tarfile.PAX_FORMAT)
    return write(folder, "a.tar", data), {"says": ["longer than"]}


def make_odd_zip_names(folder):
    return write(folder, "a.zip", zip_of([("..\\..\\x", b"x\n"), ("n1\\var\\log\\kubelet.log", LOG)])), {}


def make_twice(folder):
    """The last one wins."""
    return write(folder, "a.tar", tar_of([(NAME, LOG), (NAME, QUIET)])), {"root": None}


def make_twice_zip(folder):
    return write(folder, "a.zip", zip_of([(NAME, QUIET), (NAME, LOG)])), {}


def make_replaced_archive(folder):
    """An archive that a later file replaces: the members after it are still the right ones."""
    inner = tar_of([("x1.log", QUIET), ("x2.log", QUIET)])
    return write(folder, "a.tar", tar_of([("b.tar", inner), (NAME, LOG), ("b.tar", QUIET)])), {}


# --- links and devices ---


def make_links(folder):
    members = [(special("n1/a", tarfile.SYMTYPE, "b"), b""), (special("n1/b", tarfile.SYMTYPE, "a"), b"")]
    members += [(special("n1/var/log/messages", tarfile.SYMTYPE, "/etc/passwd"), b"")]
    members += [(special("n1/var/log/syslog", tarfile.LNKTYPE, "../../../etc/passwd"), b"")]
    members += [(special("n1/loop", tarfile.SYMTYPE, "loop/loop"), b""), (NAME, LOG)]
    return write(folder, "a.tar", tar_of(members)), {"never": ["root:x"]}


def make_devices(folder):
    members = [(special(f"n1/var/log/{kind!r}.log", kind), b"") for kind in (tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE)]
    return write(folder, "a.tar", tar_of(members + [(NAME, LOG)])), {}


def make_directory(folder):
    """Links, a FIFO and a deep folder in a directory."""
    tree = folder / "d"
    (tree / "var/log").mkdir(parents=True)
    (tree / "var/log/kubelet.log").write_bytes(LOG)
    os.symlink("/etc/passwd", tree / "var/log/messages")
    os.symlink(tree, tree / "var/again")
    os.symlink("loop.log", tree / "loop.log")
    os.mkfifo(tree / "var/log/syslog")
    deep = tree
    for i in range(40):
        deep = deep / "d"
    deep.mkdir(parents=True)
    return tree, {"never": ["passwd"], "says": ["deep"]}


# --- damage ---


def make_cut_tar(folder):
    data = tar_of([(NAME, LOG), ("n1/var/log/messages", QUIET * 1000)])
    return write(folder, "a.tar", data[: 1024 + 512 + 3000]), {"says": ["runcated"]}


def make_cut_gzip(folder):
    data = gzip.compress(tar_of([(NAME, LOG), ("n1/z", os.urandom(100000))]))
    return write(folder, "a.tar.gz", data[:-8]), {}


def make_cut_gzip_early(folder):
    data = gzip.compress(tar_of([(NAME, LOG), ("n1/z", os.urandom(100000))]))
    return write(folder, "a.tar.gz", data[:60000]), {"says": ["runcated"]}


def make_cut_xz(folder):
    data = lzma.compress(tar_of([(NAME, LOG), ("n1/z", os.urandom(2000000))]))
    return write(folder, "a.tar.xz", data[:-500000]), {"says": ["runcated"]}


def make_cut_zip(folder):
    data = zip_of([(NAME, LOG), ("n1/z", os.urandom(100000))])
    return write(folder, "a.zip", data[:60000]), {"says": ["ends"]}


def make_damaged_zip(folder):
    data = bytearray(zip_of([("n1/z.log", QUIET * 100), (NAME, LOG)], zipfile.ZIP_STORED))
    data[100] ^= 0xFF
    return write(folder, "a.zip", bytes(data)), {"says": ["a.zip!n1/z.log", "is damaged"]}


def make_damaged_last_words(folder):
    """What it says of the kubelet cannot be trusted, nor that it says nothing."""
    data = zip_of([(NAME, LOG)], zipfile.ZIP_STORED).replace(b"Running with swap on", b"Running with sw@p on", 1)
    return write(folder, "a.zip", data), {"root": "systemd/unit-exited", "says": ["is damaged"]}


def make_long_list(folder):
    """Members whose names take more than 40 MiB."""
    folders = ("a" * 199 + "/") * 19
    members = [("scc_n1/basic-environment.txt", b"#==[ Command ]====#\n# /bin/uname -a\nLinux n1\n"), ("scc_n1/messages.txt", b"#==[ Log File ]====#\n# /var/log/messages\n" + LOG)]
    members += [(f"scc_n1/{folders}{i:0200d}", b"") for i in range(11000)]
    return write(folder, "a.tar.gz", gzip.compress(tar_of(members, format=tarfile.GNU_FORMAT), 1)), {"says": ["only the first"]}


def make_damaged_gzip(folder):
    data = bytearray(gzip.compress(tar_of([(NAME, LOG)] + [(f"n1/{i}", os.urandom(10000)) for i in range(10)]), 1))
    data[50000] ^= 0xFF
    data[-6] ^= 0xFF
    return write(folder, "a.tar.gz", bytes(data)), {"says": ["damaged"]}


def make_cut_member(folder):
    inner = gzip.compress(QUIET + LOG + os.urandom(50000))[:30000]
    data = tar_of([("n1/var/log/kubelet.log.1.gz", inner), ("n1/var/log/messages", QUIET)])
    return write(folder, "a.tar", data), {"says": ["a.tar!n1/var/log/kubelet.log.1.gz", "truncated"]}


def make_cut_inner(folder):
    inner = tar_of([("var/log/kubelet.log", LOG), ("z", QUIET * 1000)])[:3000]
    return write(folder, "a.tar", tar_of([("n1.tar", inner), ("n2/x.log", QUIET)])), {"says": ["a.tar!n1.tar", "runcated"]}


def make_concatenated(folder):
    return write(folder, "a.tar", tar_of([("n1/x.log", QUIET)]) + tar_of([(NAME, LOG)])), {}


def make_concatenated_gzip(folder):
    both = gzip.compress(tar_of([("n1/x.log", QUIET)])) + gzip.compress(tar_of([(NAME, LOG)]))
    return write(folder, "a.tar.gz", both), {}


def make_sparse(folder):
    """A log after a hole of 1 GiB, and a file that is nothing but a hole of 1 TiB (/var/log/lastlog)."""
    (folder / "n1").mkdir()
    with open(folder / "n1/lastlog", "wb") as file:
        file.truncate(1 << 40)
    (folder / "n1/kubelet.log").write_bytes(LOG)
    subprocess.run(["tar", "-C", folder, "-S", "-cf", folder / "a.tar", "n1"], check=True)
    return folder / "a.tar", {}


JOURNAL_REMOTE = "/lib/systemd/systemd-journal-remote"


def journal_of(folder):
    """A journal in which the kubelet dies of swap; empty if it cannot be made here."""
    path = folder / "swap.journal"
    export = Path(__file__).resolve().parents[2] / "fixtures/cases/swap-kmaster135/journal.export"
    if not os.path.exists(JOURNAL_REMOTE):
        return b""
    subprocess.run([JOURNAL_REMOTE, "--split-mode=none", "-o", path, export], check=True, capture_output=True)
    data = path.read_bytes()
    path.unlink()
    return data


def make_journals(folder):
    """One is no journal, another is compressed."""
    journal = journal_of(folder)
    members = [("n1/var/log/journal/x/bad.journal", b"LPKSHHRH" + b"x" * 5000), ("n1/var/log/journal/x/system.journal.xz", lzma.compress(journal))]
    members += [] if journal else [(NAME, LOG)]
    return write(folder, "a.tar", tar_of(members)), {"says": ["a.tar!n1/var/log/journal/x/bad.journal"], "never": ["/proc/"]}


def make_journals_on_disk(folder):
    journal = journal_of(folder)
    tree = folder / "d/var/log/journal/x"
    tree.mkdir(parents=True)
    (tree / "bad.journal").write_bytes(b"LPKSHHRH" + b"x" * 5000)
    (tree / "system.journal").write_bytes(journal)
    (folder / "d/var/log" / ("messages" if journal else "kubelet.log")).write_bytes(LOG)
    return folder / "d", {"says": ["d/var/log/journal/x/bad.journal"], "never": ["/proc/self"]}


def make_cut_journals(folder):
    """Too short for more than its header, cut in its middle, and nothing but zeros after the header."""
    journal = journal_of(folder)
    damaged = journal[:5000] + bytes(len(journal) - 5000) if journal else b""
    place = "n1/var/log/journal/x/"
    members = [(place + "head.journal", journal[:200]), (place + "half.journal", journal[: len(journal) // 2]), ("n2/var/log/journal/x/d.journal", damaged)]
    members += [] if journal else [(NAME, LOG)]
    return write(folder, "a.tar", tar_of(members)), {"says": ["half.journal"] if journal else [], "never": ["/proc/", "nodecause-"]}


def make_cut_in_journal(folder):
    """An archive that ends in a journal."""
    journal = journal_of(folder)
    data = tar_of([("n1/var/log/journal/x/system.journal", journal)] if journal else [(NAME, LOG)])
    return write(folder, "a.tar", data[: 512 + len(journal) // 2] if journal else data), {"never": ["/proc/", "nodecause-", "No such file"]}


def make_many_journals(folder):
    """More journals than are copied; all are cut."""
    journal = journal_of(folder)[:200] or b"LPKSHHRH"
    members = [(f"n1/var/log/journal/x/system@{i}.journal", journal) for i in range(1100)]
    return write(folder, "a.tar", tar_of(members + [(NAME, LOG)])), {"says": ["at most 1024"], "never": ["/proc/", "nodecause-"]}


# --- texts ---


def make_nuls(folder):
    """After a crash; a log that was truncated while it was written; one that has a single line left."""
    members = [("n1/var/log/kubelet.log", QUIET + bytes(3 << 20) + LOG + QUIET), ("n2/var/log/kubelet.log", bytes(2 << 20) + LOG)]
    return write(folder, "a.tar", tar_of(members)), {"says": ["NUL"], "never": ["contains no entries"]}


def make_long_lines(folder):
    return write(folder, "a.tar", tar_of([(NAME, QUIET[:-1] + b"x" * (20 << 20) + b"\n" + LOG)])), {"says": ["longer than 256 KiB"]}


def make_utf16(folder):
    text = (QUIET * 50 + LOG).decode()
    members = [(f"n{i}/var/log/kubelet.log", data) for i, data in enumerate((text.encode("utf-16"), text.encode("utf-16-be")))]
    return write(folder, "a.tar", tar_of(members)), {}


def make_yaml_bomb(folder):
    """Each alias is ten of the one before; and a list in a list, 100,000 deep."""
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12))
    members = [("n1/var/lib/kubelet/config.yaml", b"kind: KubeletConfiguration\n" + bomb.encode()),
               ("n2/var/lib/kubelet/config.yaml", b"kind: KubeletConfiguration\nx: " + b"[" * 100000),
               ("n1/events.yaml", b"apiVersion: v1\nkind: EventList\n" + bomb.encode() + b"items: *a11\n")]
    return write(folder, "a.tar", tar_of(members + [(NAME, LOG)])), {"says": ["skipped unparsable lines"]}


def make_deep_json(folder):
    members = [("n1/events.json", b'{"kind":"EventList","apiVersion":"v1","items":' + b"[" * 2000000), ("n1/nodes.json", b'{"kind":"NodeList","items":' + b'{"a":' * 500000)]
    return write(folder, "a.tar", tar_of(members + [(NAME, LOG)])), {}


def make_controls(folder):
    """What a terminal would obey, in messages, rows and names."""
    evil = b"\x1b]0;title\x07\x1b[2J\xc2\x9b31m\xe2\x80\xae\x7f"
    members = [(NAME, LOG.replace(b"/dev/sda5", b"/dev/" + evil + b"sda5")), ("n1/etc/hostname", b"n1" + evil + b"\n"),
               ("n1/proc/swaps", b"Filename\t\t\t\tType\t\tSize\tUsed\tPriority\n/dev/" + evil + b"sda5 partition 998396 0 -1\n")]
    return write(folder, "a.tar", tar_of(members)), {}


def make_secrets(folder):
    secrets = b"token=abcdef.0123456789abcdef password=hunter2pass https://user:s3cretpw@reg.example/"
    return write(folder, "a.tar", tar_of([(NAME, LOG.replace(b"/proc/swaps", secrets + b" /proc/swaps"))])), {"never": ["0123456789abcdef", "hunter2pass", "s3cretpw"]}


# --- odd headers ---


def header(**changes):
    """The header of an empty file, with other bytes in some fields."""
    places = {"size": 124, "type": 156}
    block = bytearray(tar_of([("n1/x", b"")])[:512])
    for field, data in changes.items():
        block[places[field] : places[field] + len(data)] = data
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def make_large_size(folder):
    """8 GiB, of which 5000 bytes are there."""
    return write(folder, "a.tar", tar_of([(NAME, LOG)])[:1024] + header(size=b"77777777777\0") + b"x" * 5000), {"says": ["runcated"]}


def make_impossible_size(folder):
    sizes = (b"\x80" + bytes(3) + b"\x7f" + b"\xff" * 7, b"\xff" * 12)
    (folder / "d").mkdir()
    for i, size in enumerate(sizes):
        write(folder / "d", f"{i}.tar", tar_of([(NAME, LOG)])[:1024] + header(size=size) + b"x" * 5000)
    return folder / "d", {"says": ["cannot be read"]}


def make_absent_hard_link(folder):
    members = [(special("n1/var/log/syslog", tarfile.LNKTYPE, "n1/absent"), b""), (special("n1/a", tarfile.LNKTYPE, "n1/a"), b"")]
    return write(folder, "a.tar", tar_of(members + [(NAME, LOG)])), {}


def make_link_chain(folder):
    members = [(special(f"n1/l{i}", tarfile.SYMTYPE, f"l{i + 1}"), b"") for i in range(20000)]
    members += [(special(f"n1/d{i}", tarfile.SYMTYPE, f"d{i + 1}/d{i + 1}"), b"") for i in range(2000)]
    return write(folder, "a.tar", tar_of(members + [(NAME, LOG)])), {}


def make_zip_sizes(folder):
    """The list of members says that one has 4 GiB."""
    data = bytearray(zip_of([(NAME, LOG), ("n1/z.log", QUIET)]))
    at = data.rfind(b"PK\1\2")
    data[at + 20 : at + 28] = b"\xff" * 8
    return write(folder, "a.zip", bytes(data)), {}


def cpio_of(name, data, size=None):
    name = name.encode() + b"\0"
    fields = (1, 0o100644, 0, 0, 1, 0, len(data) if size is None else size, 0, 0, 0, 0, len(name), 0)
    out = b"070701" + b"".join(b"%08X" % field for field in fields) + name
    out += bytes(-len(out) % 4) + data
    return out + bytes(-len(out) % 4)


def make_cpio(folder):
    return write(folder, "a.cpio", cpio_of(NAME, LOG) + cpio_of("n1/x", b"abc", size=0xFFFFFFFF)), {"says": ["runcated"]}


def make_garbage_after_gzip(folder):
    return write(folder, "a.tar.gz", gzip.compress(tar_of([(NAME, LOG)])) + b"garbage" * 100), {}


def make_streams(folder):
    """An archive in two streams of xz."""
    data = tar_of([(NAME, LOG)])
    return write(folder, "a.tar.xz", lzma.compress(data[:700]) + bytes(8) + lzma.compress(data[700:])), {}


def make_many_layers(folder):
    """Compressed thirty times."""
    data = LOG
    for _ in range(30):
        data = gzip.compress(data)
    return write(folder, "a.tar", tar_of([("n1/x.log.gz", data), (NAME, LOG)])), {}


def make_sections(folder):
    """A file of 100,000 sections: each is read once, and has its own line numbers."""
    head = b"=====\n  Supportconfig\n"
    section = "#==[ Command ]====#\n# /bin/command{} x\nline\n\n"
    text = head + "".join(section.format(i) for i in range(100000)).encode()
    swaps = b"#==[ Command ]====#\n# /sbin/swapon -s\nFilename Type Size Used Priority\n/dev/sda5 partition 998396 0 -1\n"
    members = [("scc_n1/basic-environment.txt", b"=====\n#==[ Command ]====#\n# /bin/uname -a\nLinux n1 5.3.18 #1 SMP x86_64 GNU/Linux\n"),
               ("scc_n1/boot.txt", text), ("scc_n1/memory.txt", text + swaps), ("scc_n1/messages.txt", head + b"#==[ Log File ]====#\n# /var/log/messages\n" + LOG)]
    return write(folder, "a.tar", tar_of(members)), {}


def make_many_logs(folder):
    """More files that a layout names than are read."""
    section = "#==[ Log File ]====#\n# /var/log/messages-{} - Last 500 Lines\n2024-06-12T13:46:40+00:00 n1 kubelet[1]: line\n\n"
    text = b"=====\n  Supportconfig\n" + "".join(section.format(i) for i in range(60100)).encode()
    uname = b"=====\n#==[ Command ]====#\n# /bin/uname -a\nLinux n1 5.3.18 #1 SMP x86_64 GNU/Linux\n"
    members = [("scc_n1/basic-environment.txt", uname), ("scc_n1/boot.txt", uname), ("scc_n1/messages.txt", text)]
    return write(folder, "a.tar", tar_of(members)), {"root": None, "says": ["only the first 60000 were read"]}


# --- encryption ---


def make_encrypted_zip(folder):
    (folder / "kubelet.log").write_bytes(LOG)
    subprocess.run(["zip", "-q", "-P", "secret", "a.zip", "kubelet.log"], check=True, cwd=folder)
    return folder / "a.zip", {"root": None, "says": ["encrypted"], "never": ["damaged"], "code": 3}


GPG = bytes.fromhex("8c0d0409030835d2f0c6fb3c9e7cffd2c0") + bytes(range(128, 256)) * 20


def make_gpg(folder):
    return write(folder, "a.tar.xz.gpg", GPG), {"root": None, "says": ["encrypted", "gpg"], "never": ["damaged"], "code": 3}


def make_age(folder):
    data = b"age-encryption.org/v1\n-> X25519 abcdefgh\n" + bytes(range(256)) * 20
    return write(folder, "a.tar.age", data), {"root": None, "says": ["encrypted", "age"], "never": ["damaged"], "code": 3}


def make_gpg_inside(folder):
    data = tar_of([("n1/sosreport-n1.tar.xz.gpg", GPG), (NAME, LOG)])
    return write(folder, "a.tar", data), {"says": ["a.tar!n1/sosreport-n1.tar.xz.gpg", "encrypted"]}


def make_keyring(folder):
    """It ends like an encrypted file."""
    data = tar_of([("n1/etc/apt/trusted.gpg.d/archive.gpg", GPG), ("n1/usr/share/keyrings/k8s.io.gpg", GPG), (NAME, LOG)])
    return write(folder, "a.tar", data), {"never": ["encrypted"]}


# --- bombs ---


def make_bomb(folder):
    """1.25 GiB of zeros in 1.25 MiB."""
    head = tar_of([(NAME, LOG)])[:1024]
    size = 5 << 28
    info = tarfile.TarInfo("n1/var/log/messages")
    info.size = size
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    chunk = bytes(1 << 24)
    with open(folder / "a.tar.gz", "wb") as file:
        file.write(squeeze.compress(head + info.tobuf(tarfile.GNU_FORMAT)))
        for _ in range(size >> 24):
            file.write(squeeze.compress(chunk))
        file.write(squeeze.flush())
    return folder / "a.tar.gz", {"says": ["decompression bomb"]}


def make_deep(folder):
    """Archives in one another."""
    data = tar_of([(NAME, LOG)])
    for _ in range(8):
        data = tar_of([("x.log", LOG), ("in.tar.gz", gzip.compress(data))])
    return write(folder, "a.tar", data), {"says": ["more than 4 deep"]}


def make_quine_like(folder):
    """Many archives in an archive, each of many archives."""
    data = tar_of([("x.log", QUIET * 100)])
    for _ in range(3):
        data = gzip.compress(tar_of([(f"{i}.tar", data) for i in range(6)]))
    return write(folder, "a.tar.gz", gzip.compress(tar_of([(NAME, LOG), ("b.tar.gz", data)]))), {}


def make_many(folder):
    """More members than are listed."""
    block = bytearray(tar_of([("n1/aaaaaaa", b"")])[:512])
    blocks = b""
    for i in range(1000):
        block[3:10] = b"%07d" % i
        block[148:156] = b"        "
        block[148:156] = b"%06o\0 " % sum(block)
        blocks += block
    with gzip.open(folder / "a.tar.gz", "wb", 1) as file:
        file.write(tar_of([(NAME, LOG)])[:1024])
        for _ in range(510):
            file.write(blocks)
    return folder / "a.tar.gz", {"says": ["first 500000 members"]}


# --- on standard input ---


def make_piped(folder):
    """In one piece, and in dribs."""
    data = lzma.compress(tar_of([(NAME, LOG), ("n1/z.log", QUIET * 100000)]))
    return write(folder, "a.tar.xz", data), {"stdin": "cat a.tar.xz", "says": ["-!n1/var/log"]}


def make_dripped(folder):
    data = gzip.compress(tar_of([(NAME, LOG), ("n1/z", os.urandom(100000))]))
    return write(folder, "a.tar.gz", data), {"stdin": "head -c 15 a.tar.gz; sleep 0.1; tail -c +16 a.tar.gz"}


def make_piped_zip(folder):
    return write(folder, "a.zip", zip_of([(NAME, LOG)])), {"stdin": "cat a.zip"}


def make_redirected(folder):
    return write(folder, "a.tar", tar_of([(NAME, LOG)])), {"stdin": open(folder / "a.tar", "rb")}


def make_piped_log(folder):
    """No archive, in dribs."""
    return write(folder, "a.gz", gzip.compress(LOG)), {"stdin": "head -c 15 a.gz; sleep 0.1; tail -c +16 a.gz"}


def make_no_room(folder):
    """Nowhere to copy it to but memory."""
    return write(folder, "a.tar", tar_of([(NAME, LOG)])), {"stdin": "cat a.tar", "env": {"TMPDIR": "/nonexistent"}}


# --- running ---


def limit():
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(program, path, form, stdin=None, env=None):
    """Its exit code, output and peak memory in KiB."""
    out = tempfile.TemporaryFile()
    if isinstance(stdin, str):
        stdin = subprocess.Popen(["sh", "-c", stdin], stdout=subprocess.PIPE, cwd=path.parent).stdout
    path = "-" if stdin else path
    process = subprocess.Popen([program, "-o", form, path], stdin=stdin or subprocess.DEVNULL, stdout=out, stderr=out, preexec_fn=limit,
                               env={**os.environ, "TMPDIR": str(TEMPORARY), **(env or {})})
    end = time.monotonic() + SECONDS
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > end:
            os.kill(process.pid, signal.SIGKILL)
            os.wait4(process.pid, 0)
            return None, b"", 0
        time.sleep(0.01)
    process.returncode = os.waitstatus_to_exitcode(status)
    out.seek(0)
    return process.returncode, out.read(), usage.ru_maxrss


def find_tricks(text):
    return sorted({byte for byte in text if (byte < 32 and byte != 10) or byte == 127} | ({0x9B} if b"\xc2\x9b" in text else set()) | ({0x202E} if b"\xe2\x80\xae" in text else set()))


def problems(program, path, expected):
    stdin = expected["stdin"]
    code, text, peak = run(program, path, "json", stdin, expected["env"])
    if code is None:
        return [f"no end in {SECONDS} s"]
    if code < 0 or code == 2:
        return [f"exit code {code}", text.decode(errors="replace")]
    found = []
    try:
        report = json.loads(text)
    except ValueError:
        return ["no JSON", text.decode(errors="replace")]
    causes = report["verdict"]["root_causes"]
    want = [expected["root"]] if expected["root"] else []
    if causes != want:
        found.append(f"names {causes}")
    said = json.dumps(report["blind_spots"], ensure_ascii=False) + json.dumps(report["inputs"], ensure_ascii=False)
    found += [f'does not say "{words}"' for words in expected["says"] if words.lower() not in said.lower()]
    found += [f'says "{words}"' for words in expected["never"] if words in said]
    if peak > MEMORY_KIB:
        found.append(f"needs {peak} KiB")
    if expected["code"] is not None and code != expected["code"]:
        found.append(f"exit code {code}")
    if stdin is None:
        code, plain, _ = run(program, path, "text")
        if find_tricks(plain):
            found.append(f"prints {find_tricks(plain)}")
    if os.listdir(TEMPORARY):
        found.append(f"leaves {os.listdir(TEMPORARY)}")
    return found + ([said[:3000]] if found else [])


def killed(program, folder):
    """Killed while it has a copy of a journal: nothing of it remains."""
    data = tar_of([("n1/var/log/journal/x/system.journal", b"LPKSHHRH"), ("n1/z", bytes(1 << 28))])
    path = write(folder, "a.tar.gz", gzip.compress(data, 1))
    process = subprocess.Popen([program, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(TEMPORARY)})
    end = time.monotonic() + SECONDS
    while process.poll() is None and not any(TEMPORARY.glob("*/*")):
        time.sleep(0.001)
    seen = process.poll() is None
    process.kill()
    process.wait()
    while os.listdir(TEMPORARY) and time.monotonic() < end:
        time.sleep(0.01)
    return ([] if seen else ["no copy was seen"]) + [f"left {name}" for name in os.listdir(TEMPORARY)]


def main():
    program, only = os.path.abspath(sys.argv[1]), sys.argv[2:]
    failed = 0
    os.environ["NODECAUSE_RULES_PATH"] = ""
    for name, make in list(globals().items()):
        if not name.startswith("make_") or (only and name[5:] not in only):
            continue
        folder = Path(tempfile.mkdtemp(prefix="hostile."))
        try:
            path, expected = make(folder)
            start = time.monotonic()
            found = problems(program, path, {**DEFAULT, **expected})
            if "-v" in os.environ.get("HOSTILE", ""):
                print(f"{name[5:]}: {time.monotonic() - start:.1f} s")
        finally:
            shutil.rmtree(folder)
        for problem in found:
            print(f"{name[5:]}: {problem}")
        failed += bool(found)
    if not only or "killed" in only:
        folder = Path(tempfile.mkdtemp(prefix="hostile."))
        found = killed(program, folder)
        shutil.rmtree(folder)
        print("".join(f"killed: {problem}\n" for problem in found), end="")
        failed += bool(found)
    shutil.rmtree(TEMPORARY)
    print(f"hostile: {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
