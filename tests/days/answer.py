"""The right answer for a day, from what happened in it, and the program's."""

import json
import subprocess

import day as days

# It happened, to a container: a finding of its own, wherever it is in a day.
HAPPENED = {"memory/container-oom"}
STATES = {"dies": {"dead", "looping"}, "well": {"running"}, "stopped": {"stopped"}}


def rule(cause):
    """The rule of a cause, or None for a death that no rule knows."""
    name = days.CAUSES[cause][0].keys["rule"]
    return None if name == "none" else name


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
        self.states = {u["unit"]: u["state"] for n in report["nodes"] for u in n.get("units", [])}
        self.sentence = report["verdict"].get("sentence")

    def __str__(self):
        return f"exit {self.exit}, roots {self.roots + self.happened}, before {self.before}, units {self.states}" + (
            f"\n    {self.sentence}" if self.sentence else "") + (f"\n    {self.error}" if self.error else "")


def expected(day):
    """Root (or None), exit code, rules that belong before."""
    a, b = rule(day.a), rule(day.b)
    if day.ending == "dies":
        return b, 1 if b else 5, {a} - {b, None}
    return None, 0, {a, b} - {None}


def judge(day, whole, last):
    """What is wrong with the answers for the WHOLE day and for its LAST deaths alone (None: not asked)."""
    root, code, before = expected(day)
    faults = []
    for name, answer in [("whole", whole)] + ([("last", last)] if last else []):
        if answer.roots != ([root] if root else []):
            faults.append(f"{name}: roots {answer.roots}, expected {[root] if root else []}")
        allowed = {code} | ({1} if answer.happened else set())
        if answer.exit not in allowed:
            faults.append(f"{name}: exit {answer.exit}, expected {code}")
        state = answer.states.get(day.unit)
        must = STATES[day.ending] if not (day.ending == "dies" and day.lives()) else {"running"}
        if answer.states and state not in must:
            faults.append(f"{name}: {day.unit} is {state}, expected {' or '.join(sorted(must))}")
    if whole.before is not None and not before <= set(whole.before):
        faults.append(f"whole: before {whole.before}, expected {sorted(before)}")
    return faults
