#!/usr/bin/env python3
"""live.py NODECAUSE PAUSE LOG...: a log that comes slowly, in pieces cut anywhere, gives the findings that it gives at once.

Event time only: what is found must not depend on when, or in what pieces, the lines arrive. PAUSE: the longest
pause between two pieces, in seconds. With the program's own work it must stay below the 0.2 s for which lines wait
for what belongs to them."""

import json
import random
import subprocess
import sys
import time

PIECES = 24  # of each log


def last_reported(text):
    """The last report of each finding: id -> (role, confidence, status)."""
    findings = {}
    for line in text.splitlines():
        finding = json.loads(line)
        if finding["type"] != "finding":
            continue
        if finding["change"] == "withdrawn":  # has no other keys
            findings.pop(finding["id"], None)
        else:
            findings[finding["id"]] = (finding["role"], finding["confidence"]["level"], finding["status"])
    return findings


def at_once(program, log):
    return last_reported(subprocess.run([program, "-o", "ndjson", "-"], input=log, capture_output=True).stdout.decode())


def slowly(program, log, longest, seed):
    rng = random.Random(seed)
    cuts = sorted(rng.sample(range(1, len(log)), min(PIECES, len(log) - 1)))
    process = subprocess.Popen([program, "-f", "-o", "ndjson", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for start, end in zip([0] + cuts, cuts + [len(log)]):
        process.stdin.write(log[start:end])
        process.stdin.flush()
        time.sleep(rng.choice([0, longest / 5, longest]))
    return last_reported(process.communicate()[0].decode())


def main():
    program, longest, logs, failed, findings = sys.argv[1], float(sys.argv[2]), sys.argv[3:], 0, 0
    for number, name in enumerate(logs):
        with open(name, "rb") as file:
            log = file.read()
        expected = at_once(program, log)
        found = slowly(program, log, longest, number)
        findings += len(expected)
        if found != expected:
            print("%s: read slowly it gives\n  %s\ninstead of\n  %s" % (name, found, expected))
            failed += 1
    print("%d passed, %d failed" % (len(logs) - failed, failed))
    return failed > 0 or findings == 0


sys.exit(main())
