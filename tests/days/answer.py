"""The right answer for a day, from what happened in it, and the program's."""

import json
import subprocess

import day as days
import forms

# It happened, to a container: a finding of its own, wherever it is in a day.
HAPPENED = {"memory/container-oom"}
# That a unit died is all that is known when no rule explains it.
SYMPTOMS = {"systemd/unit-exited", "systemd/restart-loop", "systemd/unit-killed"}
STATES = {"dies": {"dead", "looping"}, "well": {"running"}, "stopped": {"stopped"}}


def rule(cause):
    """The rule of a cause, or None for a death without a known cause."""
    keys = days.CAUSES[cause][0].keys
    return None if keys["rule"] == "none" or "symptom" in keys else keys["rule"]


def withdrawn():
    """Rules that are not found any more once the node has registered again; not even before."""
    return {block[0].keys["rule"] for block in days.CAUSES.values() if "withdrawn" in block[0].keys}


def symptoms(cause):
    """The rules that say how, but not why a unit died."""
    return SYMPTOMS | {days.CAUSES[cause][0].keys["rule"]}


class Answer:
    """What the program said: exit code and the parts of its JSON that a day is judged by."""

    def __init__(self, program, path):
        run = subprocess.run([program, "-o", "json", "--no-host-state", path], capture_output=True,
                             stdin=subprocess.DEVNULL, timeout=60, check=False)
        self.exit = run.returncode
        self.error = run.stderr.decode(errors="replace").strip()
        try:
            report = json.loads(run.stdout)
        except ValueError:
            report = {"verdict": {"root_causes": ["no JSON"]}, "nodes": []}
        self.roots = [r for r in report["verdict"]["root_causes"] if r not in HAPPENED]
        self.happened = [r for r in report["verdict"]["root_causes"] if r in HAPPENED]
        self.before = report["verdict"].get("before")
        self.beside = {f["rule"] for n in report["nodes"] for f in n["findings"] if f["role"] != "root"}
        self.states = {u["unit"]: u["state"] for n in report["nodes"] for u in n.get("units", [])}
        self.sentence = report["verdict"].get("sentence")
        self.last_words = json.dumps(report.get("unexplained", []))

    def __str__(self):
        return f"exit {self.exit}, roots {self.roots + self.happened}, before {self.before}, units {self.states}" + (
            f"\n    {self.sentence}" if self.sentence else "") + (f"\n    {self.error}" if self.error else "")


def expected(day):
    """Root (or None), exit code, rules that belong before."""
    a, b = rule(day.a), rule(day.b)
    if day.ending == "dies":
        return b, 1 if b else 5, {a} - {b, None} - withdrawn()
    # A unit that was stopped on purpose is an answer, though no cause of a failure.
    return None, 1 if day.ending == "stopped" else 0, {a, b} - {None} - withdrawn()


def judge(day, whole, last):
    """What is wrong with the answers for the WHOLE day and for its LAST deaths alone (None: not asked)."""
    root, code, before = expected(day)
    told = forms.choose(day)[0] not in forms.OWN_LINES_ONLY  # whether the kubelet runs
    faults = []
    for name, answer in [("whole", whole)] + ([("last", last)] if last else []):
        roots = [r for r in answer.roots if code != 5 or r not in symptoms(day.b)]
        if roots != ([root] if root else []):
            faults.append(f"{name}: roots {answer.roots}, expected {[root] if root else []}")
        allowed = {code} | ({1} if answer.happened else set())
        if day.ending == "stopped" and not told:  # only systemd's lines say that it was stopped
            allowed |= {0}
        if answer.exit not in allowed:
            faults.append(f"{name}: exit {answer.exit}, expected {code}")
        if day.ending == "dies" and day.b == "unknown" and "harbour gate" not in answer.last_words:
            faults.append(f"{name}: the reason of the death is not among the last words")
        # Where the input does not name the unit, it is called as its stream.
        state = answer.states.get(day.unit, answer.states.get("kubelet"))
        must = STATES[day.ending] if not (day.ending == "dies" and day.lives()) else {"running"}
        if told and answer.states and state not in must:
            faults.append(f"{name}: {day.unit} is {state}, expected {' or '.join(sorted(must))}")
    if whole.before is not None and not before <= set(whole.before) | whole.beside:
        faults.append(f"whole: before {whole.before}, expected {sorted(before)}")
    return faults
