"""Lines, text logs and journals of a seed.

A record is (time_us, unit, identifier, pid, message). Each seed gives the same bytes on every machine."""
import bisect, itertools, os, shutil, subprocess, time

import wording

START = 1748858400  # 2025-06-02 10:00:00 UTC
PIDS = {'kubelet': 1234, 'containerd': 877, 'systemd': 1, 'kernel': 0, 'sshd': 4410, 'chronyd': 701}
REMOTE = '/lib/systemd/systemd-journal-remote'


class Choice:
    """Takes items by their weights."""
    def __init__(self, items):
        self.items = items
        self.ends = list(itertools.accumulate(item[0] for item in items))

    def pick(self, rng):
        return self.items[bisect.bisect(self.ends, rng.random() * self.ends[-1])]


def records(verbosity=2, trouble=0.0, others=0.12, seed=1):
    """Without end. `trouble` and `others` are shares of the lines; every 50th line of trouble is a death."""
    scene = wording.Scene(seed)
    rng = scene.rng
    healthy, troubled, beside = Choice(wording.HEALTHY[verbosity]), Choice(wording.TROUBLE), Choice(wording.OTHERS)
    now = START * 1000000
    while True:
        now += 1 + int(rng.expovariate(1 / 9000))
        scene.next()
        kind = rng.random()
        if kind < trouble / 50 or trouble <= kind < trouble + others:
            (unit, identifier), form = wording.DEATH if kind < trouble else beside.pick(rng)[1:]
            yield now, unit, identifier, PIDS[identifier], form(scene)
            continue
        level, caller, message = (troubled if kind < trouble else healthy).pick(rng)[1](scene)
        yield now, 'kubelet.service', 'kubelet', 1234, '%s%s.%06d %7d %s] %s' % (level, klog_second(now), now % 1000000, 1234, caller, message)


def memo(function):
    """Remembers the last second's text."""
    last = [None, None]
    def ask(now):
        second = now // 1000000
        if second != last[0]:
            last[:] = second, function(time.gmtime(second))
        return last[1]
    return ask


klog_second = memo(lambda t: time.strftime('%m%d %H:%M:%S', t))
short_second = memo(lambda t: time.strftime('%b %d %H:%M:%S', t))


def short(record):
    """As `journalctl -o short` prints it."""
    now, _, identifier, pid, message = record
    return '%s worker-1 %s%s: %s\n' % (short_second(now), identifier, '[%d]' % pid if pid else '', message)


def write_text(path, size, **options):
    """At least `size` bytes of `short` lines."""
    with open(path, 'w') as out:
        written = 0
        for record in records(**options):
            line = short(record)
            out.write(line)
            written += len(line)
            if written >= size:
                break


def write_lines(path, n, **options):
    with open(path, 'w') as out:
        out.writelines(short(record) for record in itertools.islice(records(**options), n))


def export(record):
    """As `journalctl -o export` prints it, with the fields that journald adds."""
    now, unit, identifier, pid, message = record
    fields = ['__REALTIME_TIMESTAMP=%d' % now, '__MONOTONIC_TIMESTAMP=%d' % (now - START * 1000000 + 86400000000),
              '_BOOT_ID=5f0c1d7a9b3e4c2b8d6a7e1f0b9c8d7e', '_MACHINE_ID=0a1b2c3d4e5f60718293a4b5c6d7e8f9', '_HOSTNAME=worker-1',
              'PRIORITY=6', 'SYSLOG_FACILITY=3', 'SYSLOG_IDENTIFIER=' + identifier, '_TRANSPORT=' + ('kernel' if not pid else 'stdout')]
    if pid:
        fields += ['_PID=%d' % pid, '_UID=0', '_GID=0', '_COMM=' + identifier, '_EXE=/usr/bin/' + identifier, '_CMDLINE=/usr/bin/%s --config=/etc/%s.conf' % (identifier, identifier),
                   '_CAP_EFFECTIVE=1ffffffffff', '_SELINUX_CONTEXT=unconfined', '_SYSTEMD_CGROUP=/system.slice/' + unit, '_SYSTEMD_UNIT=' + unit, '_SYSTEMD_SLICE=system.slice',
                   '_SYSTEMD_INVOCATION_ID=%032x' % (0xabc0 + pid), '_STREAM_ID=%032x' % (0xdef0 + pid)]
    return '\n'.join(fields) + '\nMESSAGE=' + message + '\n\n'


def can_write_journal():
    return os.path.exists(REMOTE) and shutil.which('journalctl')


def write_journal(folder, entries, **options):
    os.makedirs(folder)
    child = subprocess.Popen([REMOTE, '-o', os.path.join(folder, 'system.journal'), '-'], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for record in itertools.islice(records(**options), entries):
        child.stdin.write(export(record).encode())
    child.stdin.close()
    if child.wait():
        raise OSError('systemd-journal-remote failed')
