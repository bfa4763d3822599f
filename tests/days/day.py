"""Composes a day of a node: what happens (phases), and every line of it with its time, process and run.

The same seed gives the same day. Pairs of causes come in a fixed shuffled order, so that 256 seeds in
a row have every pair."""

import datetime
import random
import re

import forms
import pieces

MINORS = [18, 20, 22, 23, 24, 26, 28, 30, 31, 33]
SYSTEMDS = [237, 245, 249, 252, 255]
ENDINGS = ["dies", "dies", "dies", "well", "well", "stopped"]
# What also happens in a process that contains a kubelet; the others do not get that far in one.
ALL_IN_ONE = {"inotify-watches", "inotify-instances", "qos-cgroups", "cadvisor", "port-in-use",
              "unknown", "panic", "disk-pressure", "memory-pressure", "system-oom", "oomd",
              "reserved-slice", "pid-exhausted", "state-file", "controller-missing", "pleg",
              "api-lost", "runtime-lost", "cni-lost"}
# Processes that contain a kubelet: unit, identifier, description, name of the process in the kernel.
CONTAINING = [
    ("k3s.service", "k3s", "Lightweight Kubernetes", "k3s-server"),
    ("rke2-server.service", "rke2", "Rancher Kubernetes Engine v2 (server)", "rke2"),
    ("snap.microk8s.daemon-kubelite.service", "microk8s.daemon-kubelite",
     "Service for snap application microk8s.daemon-kubelite", "kubelite"),
    ("kubelet.service", "kubenswrapper", "Kubernetes Kubelet", "kubelet"),
]
STAGES = ["none", "version", "started", "loop", "registered", "ready"]
SECOND, MINUTE, HOUR = 10**6, 60 * 10**6, 3600 * 10**6

CAUSES = pieces.causes()
START = pieces.by("start", "stage")
TRANSIENTS = pieces.by("transients", "transient")
HEALTHY = pieces.read("healthy")[0]
NOISE = pieces.by("noise", "noise")


def pairs():
    """All pairs of causes that one version can have, in a fixed order."""
    names = sorted(CAUSES)
    both = [(a, b) for a in names for b in names if versions(a, b)]
    random.Random(8).shuffle(both)
    return both


def versions(a, b):
    return [m for m in MINORS if CAUSES[a][0].covers(m) and CAUSES[b][0].covers(m)]


class Entry:
    """One entry of the journal."""

    def __init__(self, time, steady, boot, stream, identifier, pid, text, run=None, fields=None):
        self.time = time  # microseconds since the epoch, by the node's clock
        self.steady = steady  # the same by a clock that nobody sets
        self.boot = boot  # number of the boot, from 0
        self.stream = stream  # kubelet, systemd, kernel, or the name of another
        self.identifier = identifier
        self.pid = pid
        self.text = text
        self.run = run  # invocation id of the unit, or None
        self.fields = fields or {}


class Day:
    """What happened, and its entries in order."""

    def __init__(self, seed):
        self.seed = seed
        self.random = random.Random(seed * 7919 + 1)
        every_pair = pairs()
        self.a, self.b = every_pair[seed % len(every_pair)]
        self.ending = self.random.choice(ENDINGS)
        self.minor = self.random.choice(versions(self.a, self.b))
        self.systemd = self.random.choice(SYSTEMDS)
        self.entries = []
        self.phases = []
        self.noise = set()
        self.last_deaths = None  # index of the first entry of the deaths by B, or of the last start
        self.rebooted = False
        self.boot = 0
        self.boots = [self.hex(32)]
        self.running = False
        self.run = None
        self.pid = self.random.randrange(800, 4000)
        self.restarts = 0
        self.facts = {}  # values of the causes that the day has
        self.name_things()
        self.compose()

    # --- values ---

    def hex(self, n):
        return "%0*x" % (n, self.random.getrandbits(4 * n))

    def name_things(self):
        both = {self.a, self.b}
        self.all_in_one = both <= ALL_IN_ONE and self.random.random() < 0.4
        self.scope = self.random.choice(["node", "node", "unit"])
        for name in (self.a, self.b):
            for key, words in CAUSES[name][0].keys.items():
                if key.startswith("with-"):
                    self.facts[key[5:]] = self.random.choice(words.split(" | "))
        if "kernel" in self.cause_keys():  # the kernel's lines are the reason
            self.scope = "node"
        self.unit, self.identifier, self.title, self.comm = self.random.choice(CONTAINING) if self.all_in_one else (
            "kubelet.service", "kubelet", "kubelet: The Kubernetes Node Agent", "kubelet")
        self.node = self.random.choice(["worker-07", "edge-a2", "pool-b-13", "node-31"])
        self.api = "10.3.0.%d" % self.random.randrange(2, 250)
        self.coredns = self.hex(12)
        self.container = self.hex(12)
        self.addons = {name: (self.hex(12), 702) for name in (
            "metrics-server", "dashboard", "storage-provisioner", "vpa-recommender", "harbour-sensor")}
        self.victim = "4802"
        self.skew = 0  # of the node's clock, after it was set
        day = datetime.datetime(2025, 1, 10, 2, tzinfo=datetime.timezone.utc)
        day += datetime.timedelta(days=self.random.randrange(250), seconds=self.random.randrange(30000))
        self.now = int(day.timestamp()) * SECOND + self.random.randrange(SECOND)
        self.began = self.now

    def value(self, match):
        """The value of `%name%`."""
        name = match[1]
        values = {
            "version": lambda: "v1.%d.6" % self.minor,
            "node": lambda: self.node,
            "api": lambda: self.api,
            "small": lambda: str(self.random.randrange(10, 99)),
            "short": lambda: self.hex(5),
            "hash": lambda: self.hex(64),
            "uid": lambda: "-".join(self.hex(n) for n in (8, 4, 4, 4, 12)),
            "pod": lambda: "cart-%s-%s" % (self.hex(9), self.hex(5)),
            "kubeletpid": lambda: str(self.pid),
            "kubeletpid7": lambda: "%7d" % self.pid,
            "comm": lambda: self.comm,
            "victim": lambda: self.victim,
            "unit": lambda: self.unit,
            "rfc3339": lambda: self.moment().strftime("%Y-%m-%dT%H:%M:%S.%f") + "123Z",
        }
        return values[name]() if name in values else self.facts.get(name, match[0])

    def moment(self):
        return datetime.datetime.fromtimestamp((self.now + self.skew) / 10**6, datetime.timezone.utc)

    # --- single lines ---

    def add(self, stream, identifier, pid, text, run=None, fields=None):
        self.entries.append(Entry(self.now + self.skew, self.now, self.boot, stream, identifier, pid, text, run, fields))

    def klog(self, letter, pid, text):
        return "%s%s %7d %s" % (letter, self.moment().strftime("%m%d %H:%M:%S.%f"), pid, text)

    def say(self, delay, who, text):
        """One line of a piece, DELAY milliseconds later."""
        self.now += delay * 1000 + self.random.randrange(1, 400)
        text = re.sub(r"%(\w+?)%", self.value, text)
        stream, _, letter = who.partition(":")
        if stream in ("I", "W", "E", "F", "-"):
            stream, letter = "kubelet", stream
        if stream == "systemd":
            self.add("systemd", "systemd", 1, text)
            return
        if stream == "kernel":
            self.add("kernel", "kernel", None, text)
            return
        if stream in ("manager", "child"):  # systemd about the unit, by itself or by the process it forked
            fields = {"UNIT": self.unit, "INVOCATION_ID": self.run}
            self.add("systemd", "systemd", 1 if stream == "manager" else self.pid, text, None, fields)
            return
        others = {"coredns": (self.coredns, 702), "container": (self.container, 702),
                  "kube-proxy": ("kube-proxy", 2213), "containerd": ("containerd", 610),
                  **self.addons, "etcd": ("etcd", 1911), "kube-scheduler": ("kube-scheduler", 1920),
                  "cadvisor": ("cadvisor", 2300), "journald": ("systemd-journald", 301),
                  "cron": ("CRON", 5100), "sshd": ("sshd", 5200)}
        identifier, pid = others.get(stream, (self.identifier, self.pid))
        own = stream in ("kubelet", "self")
        if letter != "-":
            text = self.klog(letter, pid, text)
        self.add("kubelet" if own else stream, identifier, pid, text, self.run if own else None)

    def manager(self, delay, text, message_id, **fields):
        """systemd about the unit."""
        self.now += delay * 1000 + self.random.randrange(1, 900)
        fields = dict(fields, MESSAGE_ID=message_id, UNIT=self.unit)
        if self.run:
            fields["INVOCATION_ID"] = self.run
        self.add("systemd", "systemd", 1, text, None, fields)

    def boot_began(self, boot):
        """When a boot began, in microseconds since the epoch."""
        return next(e.steady for e in self.entries if e.boot == boot) - 20 * SECOND

    def cause_keys(self):
        return set(CAUSES[self.a][0].keys) | set(CAUSES[self.b][0].keys)

    def has_control_plane(self):
        return self.all_in_one and self.identifier != "kubenswrapper"

    def lives(self):
        """Whether the last trouble is one with which the kubelet lives on."""
        return CAUSES[self.b][0].keys["exit"] == "lives"

    def full_title(self):
        return f"{self.unit} - {self.title}" if self.systemd >= 250 else self.title

    # --- noise ---

    def make_noise(self, n):
        """N lines of others at about this moment; an all-in-one process also has the control plane's."""
        for _ in range(n):
            kinds = [k for k in sorted(NOISE) if k != "control-plane" or self.has_control_plane() and self.running]
            kind = self.random.choice(kinds)
            # Where the day ends in a death without a reason, or well, nothing else may be an answer.
            if kind == "container-oom" and not (self.ending == "dies" and self.b != "unknown"):
                kind = "containerd"
            self.noise.add(kind)
            self.victim = "48%02d" % self.random.randrange(100)
            lines = NOISE[kind].lines(self.minor)
            if kind not in ("container-oom", "host"):
                lines = [self.random.choice(lines)]
            for line in lines:
                self.say(self.random.randrange(5, 60), *line[1:])

    # --- starts, healthy hours, stops, deaths ---

    def begin_run(self):
        self.pid += self.random.randrange(1, 300)
        self.run = self.hex(32)
        self.running = True
        self.manager(2, f"Started {self.full_title()}.", "39f53479d3a045ac8e11786248231fbf", JOB_TYPE="start")

    def stage(self, name):
        for line in START[name].lines(self.minor):
            self.say(*line)

    def start_until(self, last):
        """A start as far as stage LAST, without complaints."""
        self.begin_run()
        for name in STAGES[1:STAGES.index(last) + 1]:
            self.stage(name)

    def complain(self, name):
        piece = TRANSIENTS[name]
        times = self.random.randint(*piece.span("times"))
        for _ in range(times):
            for line in piece.lines(self.minor):
                self.say(*line)
            self.now += int(piece.keys["every"]) * 1000

    def start(self):
        """A start that succeeds, with the complaints of a start."""
        chosen = [t for t in sorted(TRANSIENTS) if self.random.random() < 0.6]
        self.begin_run()
        for name in STAGES[1:]:
            for transient in chosen:
                if TRANSIENTS[transient].keys["before"] == name:
                    self.complain(transient)
            self.stage(name)
        self.restarts = 0

    def healthy(self, minutes):
        """The kubelet runs; lines are seconds to minutes apart, and never only others' lines."""
        until = self.now + minutes * MINUTE
        lines = HEALTHY.lines(self.minor)
        while self.now < until:
            self.now += self.random.randrange(5 * SECOND, 90 * SECOND)
            self.say(*self.random.choice(lines))
            if self.random.random() < 0.25:
                self.make_noise(1)
        self.say(*lines[0])

    def stop(self):
        """Somebody stops the unit."""
        self.manager(1500, f"Stopping {self.full_title()}...", "de5b426a63be47a7b6ac3eaac82e2f6f", JOB_TYPE="stop")
        if self.minor >= 22:
            self.say(1, "I", 'dynamic_cafile_content.go:171] "Shutting down controller" name="client-ca-bundle::/etc/kubernetes/pki/ca.crt"')
        if self.systemd >= 240:
            word = "Deactivated successfully." if self.systemd >= 248 else "Succeeded."
            self.manager(40, f"{self.unit}: {word}", "7ad2d189f7e94e70a38c781354912448")
        self.manager(2, f"Stopped {self.full_title()}.", "9d1aaa27d60140bd96365438aad20286", JOB_TYPE="stop")
        self.running = False
        self.run = None

    def crash_dump(self):
        """What a klog fatal prints after its message, up to 1.20."""
        for text in ("goroutine 1 [running]:",
                     "k8s.io/kubernetes/vendor/k8s.io/klog/v2.stacks(0xc000010001, 0xc00057e000, 0x118, 0x16a)",
                     "\t/workspace/src/k8s.io/kubernetes/vendor/k8s.io/klog/v2/klog.go:1026 +0xb8",
                     "goroutine 19 [chan receive]:",
                     "k8s.io/kubernetes/vendor/k8s.io/klog/v2.(*loggingT).flushDaemon(0x6f5a9a0)"):
            self.say(0, "-", text)

    def exited(self, how):
        """systemd's lines about the end of a run: exit status, result, and the next start."""
        if how == "fatal":
            how = "255" if self.minor <= 20 else "1"
        if how == "KILL":
            result = "oom-kill" if self.systemd >= 243 else "signal"
            if self.systemd >= 243:
                self.manager(3, f"{self.unit}: A process of this unit has been killed by the OOM killer.",
                             "fe6faa94e7774663a0da52717891d8ef")
            self.manager(8, f"{self.unit}: Main process exited, code=killed, status=9/KILL",
                         "98e322203f7a4ed290d09fe03c09fe15", EXIT_CODE="killed", EXIT_STATUS="9")
        else:
            result = "exit-code"
            name = {"1": "FAILURE", "2": "INVALIDARGUMENT", "203": "EXEC"}.get(how, "EXCEPTION" if self.systemd >= 240 else "n/a")
            self.manager(8, f"{self.unit}: Main process exited, code=exited, status={how}/{name}",
                         "98e322203f7a4ed290d09fe03c09fe15", EXIT_CODE="exited", EXIT_STATUS=how)
        self.manager(1, f"{self.unit}: Failed with result '{result}'.", "d9b373ed55a64feb8242e02dbe79a49c",
                     UNIT_RESULT=result)
        self.running = False

    def schedule_restart(self):
        self.restarts += 1
        if self.systemd < 240:
            self.manager(10000, f"{self.unit}: Service hold-off time over, scheduling restart.", "")
        self.manager(10000 if self.systemd >= 240 else 1,
                     f"{self.unit}: Scheduled restart job, restart counter is at {self.restarts}.",
                     "5eb03494b6584870a536b337290809b3", N_RESTARTS=str(self.restarts))
        if self.systemd < 254:  # not a stop: only a part of the restart
            self.manager(1, f"Stopped {self.full_title()}.", "9d1aaa27d60140bd96365438aad20286", JOB_TYPE="restart")

    def die(self, cause):
        """A run until its death by CAUSE."""
        piece = cause[0]
        self.start_until(piece.keys["stage"])
        if piece.keys["stage"] == "started" and self.random.random() < 0.3:  # too early to be told about the node
            for line in TRANSIENTS["node-not-found"].lines(self.minor):
                self.say(*line)
        first = len(self.entries)
        for line in piece.lines(self.minor):
            self.say(*line)
        if piece.keys["exit"] == "fatal" and self.minor <= 20:
            self.crash_dump()
        if self.random.random() < 0.2:  # the process was gone before the journal asked for its run
            for entry in self.entries[first:]:
                entry.run = None
        self.exited(piece.keys["exit"])

    def pressure(self, cause, lasting):
        """A condition of a kubelet that lives on: it begins, goes on, and ends if it is not LASTING."""
        piece, begins, ends = cause
        for line in begins.lines(self.minor):
            self.say(*line)
        for _ in range(self.random.randint(*piece.span("times"))):
            for line in piece.lines(self.minor):
                self.say(*line)
            self.now += int(piece.keys["every"]) * 1000
        if not lasting:
            for line in ends.lines(self.minor):
                self.say(*line)

    # --- the day ---

    def phase(self, text):
        self.phases.append(text)

    def stop_if_running(self):
        if self.running:
            self.stop()
            self.now += self.random.randrange(2, 300) * SECOND

    def trouble(self, name, last):
        """Deaths by, or the condition of, cause NAME; LAST: nothing follows."""
        cause = CAUSES[name]
        if cause[0].keys["exit"] == "lives":
            if not self.running:
                self.start()
                self.healthy(3)
            if last:
                self.last_deaths = len(self.entries)
            self.phase(f"{name} while it runs")
            self.pressure(cause, last and self.ending == "dies")
            return
        self.stop_if_running()
        n = self.random.choice([1, 2, 3, 5, 10, 30]) if not last else self.random.choice([1, 2, 4, 10, 30])
        self.phase(f"{n} x {name}")
        if last:
            self.last_deaths = len(self.entries)
        for i in range(n):
            if i > 0:
                self.schedule_restart()
                if self.random.random() < 0.3:
                    self.make_noise(1)
            self.die(cause)

    def reboot(self):
        clean = self.random.random() < 0.5
        if clean and self.running:
            self.stop()
        self.phase("clean reboot" if clean else "power loss")
        self.running = False
        self.run = None
        self.boot += 1
        self.boots.append(self.hex(32))
        self.rebooted = True
        self.restarts = 0
        self.now += 45 * SECOND
        self.say(0, "kernel", "Linux version 6.1.0-%small%-amd64 (builder@host) (gcc 12.2.0) #1 SMP")
        self.say(4000, "systemd", "Reached target Network is Online.")

    def gap(self):
        """The node slept, or somebody set its clock."""
        if self.running and self.random.random() < 0.5:
            self.now += self.random.randrange(1, 9) * HOUR
            self.phase("suspended")
        else:
            # Only a journal tells the order of lines when the clock goes back.
            back = self.boot == 0 and forms.choose(self)[0] in forms.WITH_BOOT_CLOCK
            self.skew = (-1 if back else 1) * self.random.randrange(5, 90) * MINUTE
            self.phase(f"clock set by {self.skew // MINUTE} min")
        if self.running:
            self.healthy(12)

    def well(self, least, most):
        minutes = self.random.randint(least, most)
        if not self.running:
            self.start()
        self.healthy(minutes)
        self.phase(f"healthy for {minutes} min")

    def compose(self):
        if self.random.random() < 0.8:
            self.well(20, 120)
            if self.random.random() < 0.3:
                self.phase("stopped and started")
                self.stop_if_running()
                self.start()
                self.healthy(5)
        self.trouble(self.a, False)
        if self.random.random() < 0.6:
            if not self.running and self.random.random() < 0.5:
                self.schedule_restart()
            self.well(10, 90)
        if self.random.random() < 0.3:
            self.reboot()
        if self.random.random() < 0.15:
            self.gap()
        self.trouble(self.b, True)
        if self.ending == "dies":
            if not self.running and self.random.random() < 0.5:
                self.schedule_restart()
            return
        if self.ending == "well":
            self.last_deaths = len(self.entries)
            if self.running:
                self.stop()
            self.well(60, 150)
            return
        if not self.running:
            self.start()
        self.healthy(2)
        self.stop()
        self.phase("stopped on purpose")

    def describe(self):
        return (f"{self.identifier} 1.{self.minor}, systemd {self.systemd}, {self.scope}: " + ", ".join(self.phases)
                + "; noise: " + (" ".join(sorted(self.noise)) if self.scope == "node" else "own process only"))

    def selected(self, first=0):
        """The entries of the day's scope, from entry FIRST on."""
        own = ("kubelet",)
        return [e for e in self.entries[first:]
                if self.scope == "node" or e.stream in own or e.fields.get("UNIT") == self.unit]
