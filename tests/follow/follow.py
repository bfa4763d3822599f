#!/usr/bin/env python3
"""follow.py NODECAUSE [NAME...]: follows logs that grow, are rotated, cut and killed under it.

Each `trouble N` of these logs is one finding, so that reports can be counted.
"""

import concurrent.futures
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

NODECAUSE = os.path.abspath(sys.argv[1])
REMOTE = "/lib/systemd/systemd-journal-remote"
BOOT = "8ad04d5ba3b84d3a9d1c0f6a0c0c7a01"

STREAMS = "kubelet: { units: [kubelet.service], identifiers: [kubelet], anonymous: true }\n"
TROUBLE = r"""title: Trouble {n} happened
severity: error
signals:
  - name: seen
    stream: kubelet
    pattern: 'trouble (?<n>\d+) happened'
    role: proof
key: [n]
recovered_by: [test/fine]
explain: Trouble {n}.
remedies:
  - { kind: inspect, do: Look, run: [uptime] }
"""
FINE = r"""title: All is fine
severity: info
signals:
  - { name: fine, stream: kubelet, pattern: 'all is fine', role: proof }
explain: Fine.
remedies:
  - { kind: inspect, do: Look, run: [uptime] }
"""
SILENCE = r"""title: Start of {what} was never confirmed
severity: error
signals:
  - { name: begun, stream: kubelet, pattern: 'starting (?<what>\w+)', role: sign }
  - { name: confirmed, stream: kubelet, pattern: '(?<what>\w+) is up', role: context }
when:
  all:
    - begun
    - none: [confirmed]
explain: "{what} was started."
remedies:
  - { kind: inspect, do: Look, run: [uptime] }
"""


def line(text, second=0):
    return "Mar 02 08:%02d:%02d node01 kubelet[811]: %s\n" % (second // 60, second % 60, text)


def trouble(n):
    return line("trouble %d happened" % n, n)


class Failure(Exception):
    pass


def check(condition, *words):
    if not condition:
        raise Failure(" ".join(str(word) for word in words))


class Follower:
    """nodecause -f -o ndjson, whose lines are collected as they come."""

    all = []

    def __init__(self, rules, *arguments, stdin=None, follow=True, output="ndjson"):
        command = [NODECAUSE, "--no-builtin", "--rules", rules, "-o", output, *arguments]
        self.process = subprocess.Popen(command + (["-f"] if follow else []), text=True, bufsize=1,
                                        stdin=stdin or subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        Follower.all.append(self)
        self.lines, self.remarks = [], []
        self.readers = [threading.Thread(target=self.collect, args=(self.process.stdout, self.lines)),
                        threading.Thread(target=self.collect, args=(self.process.stderr, self.remarks))]
        for reader in self.readers:
            reader.start()

    @staticmethod
    def collect(stream, into):
        for text in stream:
            into.append(text)

    def wait_for(self, condition, what, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise Failure("timed out waiting for %s; output: %s; remarks: %s" % (what, self.lines, self.remarks))

    def reported(self):
        """(change, number) of each finding line; the number is 0 for `fine`."""
        pairs = []
        for text in list(self.lines):
            item = json.loads(text)
            if item["type"] == "finding":
                number = item["id"].partition("{n=")[2].rstrip("}")
                pairs.append((item["change"], int(number or 0)))
        return pairs

    def wait_for_reported(self, *pairs):
        self.wait_for(lambda: set(pairs) <= set(self.reported()), pairs)

    def wait_for_remark(self, words):
        self.wait_for(lambda: any(words in remark for remark in self.remarks), words)

    def kill(self):
        self.process.kill()
        return self.done()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.done()

    def done(self):
        code = self.process.wait(timeout=60)
        for reader in self.readers:
            reader.join()
        check("ERROR: " not in "".join(self.remarks), "sanitizer:", "".join(self.remarks))
        return code


def opened(*numbers):
    return [("opened", n) for n in numbers]


def append(path, text):
    with open(path, "a") as file:
        file.write(text)


def write_rules(folder):
    os.makedirs(os.path.join(folder, "test"))
    for name, text in (("streams.yaml", STREAMS), ("test/trouble.yaml", TROUBLE), ("test/fine.yaml", FINE)):
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)


# --- files and pipes ---


def test_growing_file(folder, rules):
    path = os.path.join(folder, "kubelet.log")
    append(path, trouble(1))
    follower = Follower(rules, path)
    follower.wait_for_reported(*opened(1))
    append(path, trouble(2)[:30])
    time.sleep(0.5)
    append(path, trouble(2)[30:])
    follower.wait_for_reported(*opened(2))
    append(path, trouble(3).rstrip("\n"))  # no newline: reported after a quiet moment
    follower.wait_for_reported(*opened(3))
    check(follower.stop() == 1, "exit code")
    check(follower.reported() == opened(1, 2, 3), follower.reported())
    summary = json.loads(follower.lines[-1])
    check(summary["type"] == "summary" and summary["exit"]["code"] == 1, summary)


def test_rename_rotation(folder, rules):
    path = os.path.join(folder, "kubelet.log")
    append(path, trouble(1))
    follower = Follower(rules, path)
    follower.wait_for_reported(*opened(1))
    late = open(path, "a")  # a writer that has not reopened it yet
    os.rename(path, path + ".1")
    append(path, trouble(3))
    late.write(trouble(2))
    late.close()
    follower.wait_for_reported(*opened(1, 2, 3))
    for n in (4, 5):
        os.rename(path, path + ".1")
        append(path, trouble(n))
        follower.wait_for_reported(*opened(n))
    follower.stop()
    check(sorted(follower.reported()) == opened(1, 2, 3, 4, 5), follower.reported())


def test_copytruncate(folder, rules):
    path = os.path.join(folder, "kubelet.log")
    append(path, line("nothing") * 20 + trouble(1))
    follower = Follower(rules, path)
    follower.wait_for_reported(*opened(1))
    os.truncate(path, 0)
    time.sleep(0.3)
    append(path, trouble(2))
    follower.wait_for_reported(*opened(2))
    follower.stop()
    check(follower.reported() == opened(1, 2), follower.reported())


def test_removal(folder, rules):
    path = os.path.join(folder, "kubelet.log")
    follower = Follower(rules, path)
    follower.wait_for_remark("waiting for it")
    append(path, trouble(1))
    follower.wait_for_reported(*opened(1))
    os.remove(path)
    time.sleep(0.5)
    append(path, trouble(2))
    follower.wait_for_reported(*opened(2))
    follower.stop(signal.SIGINT)
    check(follower.reported() == opened(1, 2), follower.reported())


def test_pipe(folder, rules):
    follower = Follower(rules, stdin=subprocess.PIPE)
    pipe = follower.process.stdin
    pipe.write(trouble(1))
    pipe.flush()
    follower.wait_for_reported(*opened(1))  # while it is open
    pipe.write(trouble(2) + trouble(3).rstrip("\n"))
    pipe.close()
    check(follower.done() == 1, "exit code")
    check(follower.reported() == opened(1, 2, 3), follower.reported())


def test_recovery(folder, rules):
    follower = Follower(rules, stdin=subprocess.PIPE)
    pipe = follower.process.stdin
    for text in (trouble(1), line("all is fine", 60), line("all is fine", 120), trouble(1)[:10] + "9" + trouble(1)[11:]):
        pipe.write(text)
        pipe.flush()
        time.sleep(1.5)
    pipe.close()
    follower.done()
    reported = [pair for pair in follower.reported() if pair[1]]
    check(reported[:2] == [("opened", 1), ("closed", 1)], reported)
    check(reported[2:] in ([], [("opened", 1)]), reported)


def test_withdrawn(folder, rules):
    """A reported finding is withdrawn when more of the log shows that it never held."""
    with open(os.path.join(rules, "test/silence.yaml"), "w") as file:
        file.write(SILENCE)
    follower = Follower(rules, stdin=subprocess.PIPE)
    pipe = follower.process.stdin
    for text, change in ((line("starting proxy"), "opened"), (line("proxy is up", 1), "withdrawn")):
        pipe.write(text)
        pipe.flush()
        follower.wait_for(lambda: change in [kind for kind, _ in follower.reported()], change)
    pipe.close()
    check(follower.done() == 0, "exit code")
    check(follower.reported() == [("opened", 0), ("withdrawn", 0)], follower.reported())


def test_text(folder, rules):
    follower = Follower(rules, stdin=subprocess.PIPE, output="text")
    follower.process.stdin.write(trouble(1))
    follower.process.stdin.flush()
    follower.wait_for(lambda: any(text.split() == ["ERROR", "Trouble", "1", "happened"] for text in follower.lines),
                      "the finding")
    follower.process.stdin.write("".join(line("trouble 1 happened", n) for n in range(2, 5)))
    follower.process.stdin.flush()
    follower.wait_for(lambda: any(text.startswith("UPDATED") and "seen 4 times" in text for text in follower.lines),
                      "more of it")
    follower.process.stdin.close()
    check(follower.done() == 1, "exit code")
    check("node01: Trouble 1 happened\n" in follower.lines, follower.lines)


def test_back_off(folder, rules):
    """A trouble seen a thousand times is reported a few times."""
    follower = Follower(rules, stdin=subprocess.PIPE)
    for i in range(1000):
        follower.process.stdin.write(line("trouble 1 happened", i))
        if i % 10 == 0:
            follower.process.stdin.flush()
            time.sleep(0.03)
    follower.process.stdin.close()
    follower.done()
    reported = follower.reported()
    check(reported[0] == ("opened", 1) and 1 < len(reported) <= 11, reported)


def test_closed_output(folder, rules):
    path = os.path.join(folder, "kubelet.log")
    append(path, trouble(1))
    process = subprocess.Popen([NODECAUSE, "--no-builtin", "--rules", rules, "-f", "-o", "ndjson", path],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()  # nothing is written, and still it is seen
    check(process.wait(timeout=10) == 0, "exit code")
    check(process.stderr.read() == b"", "said something")
    process.stderr.close()


def test_refused(folder, rules):
    for arguments, words in ((["-f", "-o", "json", "-"], "-o ndjson"),
                             (["--cursor-file", folder + "/c", "file"], "--cursor-file needs a journal")):
        run = subprocess.run([NODECAUSE, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        check(run.returncode == 2 and words in run.stderr, run)


# --- rules and signals ---


def test_reload(folder, rules):
    path = os.path.join(folder, "kubelet.log")
    rule = os.path.join(rules, "test/trouble.yaml")
    append(path, trouble(1))
    follower = Follower(rules, path)
    follower.wait_for_reported(*opened(1))
    with open(rule, "w") as file:
        file.write(TROUBLE.replace("severity: error", "severity: dreadful"))
    follower.process.send_signal(signal.SIGHUP)
    follower.wait_for_remark("keeping the current rules: ")
    append(path, trouble(2))
    follower.wait_for_reported(*opened(2))
    with open(rule, "w") as file:
        file.write(TROUBLE.replace("trouble (", "(?:trouble|bother) ("))
    follower.process.send_signal(signal.SIGHUP)
    follower.wait_for_remark("loaded ")
    append(path, line("bother 3 happened"))
    follower.wait_for_reported(*opened(3))
    follower.process.send_signal(signal.SIGUSR1)
    follower.wait_for_remark("3 findings reported, 3 open")
    follower.stop()
    check(follower.reported() == opened(1, 2, 3), follower.reported())


# --- journals ---


class Journal:
    """A directory with a journal that entries are appended to."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "journal")
        self.n = 0
        os.mkdir(self.path)

    def add(self, *messages, name="system"):
        text = ""
        for message in messages:
            self.n += 1
            time_us = 1700000000000000 + self.n * 1000000
            text += ("__REALTIME_TIMESTAMP=%d\n__MONOTONIC_TIMESTAMP=%d\n_BOOT_ID=%s\n_HOSTNAME=node01\n"
                     "_PID=811\nSYSLOG_IDENTIFIER=kubelet\n_SYSTEMD_UNIT=kubelet.service\nMESSAGE=%s\n\n"
                     % (time_us, self.n * 1000000, BOOT, message))
        subprocess.run([REMOTE, "-o", "%s/%s.journal" % (self.path, name), "-"], input=text, text=True,
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def rotate(self, old):
        os.rename(self.path + "/system.journal", "%s/system@%s.journal" % (self.path, old))


def message(n):
    return "trouble %d happened" % n


def test_journal(folder, rules):
    journal = Journal(folder)
    journal.add(message(1))
    follower = Follower(rules, "-D", journal.path)
    follower.wait_for_reported(*opened(1))
    journal.add(message(2))
    follower.wait_for_reported(*opened(2))
    journal.rotate("1")
    journal.add(message(3))
    follower.wait_for_reported(*opened(3))
    os.remove(journal.path + "/system@1.journal")  # vacuumed
    journal.add(message(4), message(5))
    follower.wait_for_reported(*opened(4, 5))
    follower.stop()
    summary = json.loads(follower.lines[-1])
    check(follower.reported() == opened(1, 2, 3, 4, 5), follower.reported())
    check(summary["stats"]["entries"] == 5, summary["stats"])


def test_journal_grep(folder, rules):
    """Nothing that -g leaves out is reported, at the start, while waiting and in between."""
    journal = Journal(folder)
    journal.add(message(1), message(2), "nothing happened")
    follower = Follower(rules, "-D", journal.path, "-g", "TROUBLE [2468]", "--case-sensitive=no")
    follower.wait_for_reported(*opened(2))
    journal.add("nothing happened")
    journal.add(message(3))
    time.sleep(1)
    journal.add(message(4), message(5), "nothing happened")
    follower.wait_for_reported(*opened(2, 4))
    journal.rotate("1")
    journal.add("nothing happened", message(6))
    follower.wait_for_reported(*opened(2, 4, 6))
    follower.stop()
    summary = json.loads(follower.lines[-1])
    check(follower.reported() == opened(2, 4, 6), follower.reported())
    check(summary["stats"]["entries"] == 3, summary["stats"])


def test_text_selection(folder, rules):
    """-g of a text that grows, as of a journal."""
    path = os.path.join(folder, "log")
    with open(path, "w") as file:
        file.write(trouble(1) + trouble(2))
        file.flush()
        follower = Follower(rules, "-g", "trouble [24]", path)
        follower.wait_for_reported(*opened(2))
        file.write(trouble(3) + trouble(4))
        file.flush()
        follower.wait_for_reported(*opened(2, 4))
    follower.stop()
    check(follower.reported() == opened(2, 4), follower.reported())


def test_journal_file(folder, rules):
    """A file that is named cannot be watched, and is looked at all the same."""
    for arguments in (["--file"], []):  # and as an argument
        journal = Journal(tempfile.mkdtemp(dir=folder))
        journal.add("nothing happened")
        follower = Follower(rules, *arguments, journal.path + "/system.journal")
        time.sleep(1)
        journal.add(message(1))
        follower.wait_for_reported(*opened(1))
        follower.stop()


def test_multiline(folder, rules):
    """A value of several lines is read whole, although its lines come one by one."""
    with open(os.path.join(rules, "test/trouble.yaml"), "w") as file:
        file.write(TROUBLE.replace("happened'", "happened contents=(?<n>.*)\\n(?<more>.*)\\n(?<end>last)'")
                   .replace("(?<n>\\d+)", "\\d+"))
    follower = Follower(rules, stdin=subprocess.PIPE)
    for text in ('I0302 08:00:00.000000     811 x.go:1] "trouble 7 happened" contents=<\n', "\t5\n", "\tmore\n", "\tlast\n", " >\n"):
        follower.process.stdin.write(text)
        follower.process.stdin.flush()
        time.sleep(0.02)
    follower.wait_for(lambda: follower.reported(), "anything")
    follower.process.stdin.close()
    follower.done()


def test_cursor_file_in_the_way(folder, rules):
    """If the cursor file cannot be written, findings are reported all the same."""
    journal = Journal(folder)
    cursor = os.path.join(folder, "cursor")
    os.mkdir(cursor + ".new")
    journal.add(message(1))
    follower = Follower(rules, "-D", journal.path, "--cursor-file", cursor)
    follower.wait_for_reported(*opened(1))
    journal.add(message(2))
    follower.wait_for_reported(*opened(2))
    os.rmdir(cursor + ".new")
    journal.add(message(3))
    follower.wait_for_reported(*opened(3))
    follower.stop()
    check(len(follower.remarks) == 1, follower.remarks)
    check(os.path.exists(cursor), "no cursor file")


def test_garbage_first(folder, rules):
    """What the log is shows later."""
    follower = Follower(rules, stdin=subprocess.PIPE)
    for text in ("-- Journal begins at Mon 2026-03-02 08:00:00 UTC. --\n", "garbage\n", trouble(1)):
        follower.process.stdin.write(text)
        follower.process.stdin.flush()
        time.sleep(0.7)
    follower.wait_for_reported(*opened(1))
    follower.process.stdin.close()
    follower.done()
    check('"id":"test/trouble@node01' in follower.lines[0], follower.lines)


def test_once(folder, rules):
    """Without -f: what is new since the last run with this file."""
    journal = Journal(folder)
    arguments = ("-D", journal.path, "--cursor-file", os.path.join(folder, "cursor"))
    for n in (1, 2, 3):
        journal.add(message(n))
        follower = Follower(rules, *arguments, follow=False)
        check(follower.done() == 1, "exit code", follower.remarks)
        check(follower.reported() == opened(n), follower.reported())
    follower = Follower(rules, *arguments, follow=False)
    follower.done()
    check(follower.reported() == [], follower.reported())


def test_killed(folder, rules):
    """Killed again and again while the journal grows: each finding is reported once, none is lost."""
    journal = Journal(folder)
    cursor = os.path.join(folder, "cursor")
    reported = []
    random.seed(1)
    journal.add("nothing happened")
    for n in range(1, 13):
        follower = Follower(rules, "-D", journal.path, "--cursor-file", cursor)
        journal.add(message(n))
        if n == 6:
            journal.rotate("1")
        time.sleep(random.uniform(0.0, 2.0))
        follower.kill()
        reported += follower.reported()
    follower = Follower(rules, "-D", journal.path, "--cursor-file", cursor, follow=False)
    follower.done()
    reported += follower.reported()
    check(sorted(reported) == opened(*range(1, 13)), reported)


def run(name):
    """Runs one test in a folder of its own; what went wrong, or None."""
    folder = tempfile.mkdtemp(prefix="nodecause-follow-")
    rules = os.path.join(folder, "rules")
    write_rules(rules)
    begun = time.monotonic()
    try:
        globals()[name](folder, rules)
    except (Failure, OSError, subprocess.SubprocessError) as failure:
        print("%s: FAILED: %s" % (name, failure), flush=True)
        return failure
    finally:
        shutil.rmtree(folder)
    print("%s: fine (%.1f s)" % (name, time.monotonic() - begun), flush=True)
    return None


def can_run(name):
    if "Journal" not in globals()[name].__code__.co_names or os.access(REMOTE, os.X_OK):
        return True
    print("SKIPPED: %s: no journal can be made, %s is missing" % (name, REMOTE), flush=True)
    return False


def main():
    names = sys.argv[2:] or [name for name in globals() if name.startswith("test_")]
    # They wait most of the time, so several run at once.
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        failures = [failure for failure in pool.map(run, filter(can_run, names)) if failure]
    for follower in Follower.all:
        follower.process.kill()
    sys.exit(1 if failures else 0)


main()
