"""Runs commands, and measures their time and their memory."""
import os, statistics, subprocess, time

SAMPLE_SECONDS = 0.0003


class Command:
    """A pipeline of programs. The last one is measured for memory; time is that of all."""
    def __init__(self, *stages, grep=False):
        self.stages = [list(stage) for stage in stages]
        self.grep = grep  # it stops at the first match when its output is /dev/null, so it gets a pipe

    def start(self):
        """Begins all stages; the processes and, for grep, the pipe to empty."""
        processes, before = [], subprocess.DEVNULL
        for i, stage in enumerate(self.stages):
            last = i + 1 == len(self.stages)
            output = subprocess.PIPE if not last or self.grep else subprocess.DEVNULL
            processes.append(subprocess.Popen(stage, stdin=before, stdout=output, stderr=subprocess.DEVNULL, env=environment()))
            if before is not subprocess.DEVNULL:
                before.close()
            before = processes[-1].stdout
        return processes


def environment():
    return dict(os.environ, NODECAUSE_RULES_PATH='', LC_ALL='C.UTF-8', TZ='UTC')


def finish(processes):
    """Waits for all. Returns the CPU seconds of all and the exit status of the last."""
    cpu, code = 0.0, 0
    if processes[-1].stdout:
        processes[-1].stdout.read()
    for process in processes:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)
        cpu += usage.ru_utime + usage.ru_stime
    return cpu, code


def run(command):
    start = time.perf_counter()
    cpu, code = finish(command.start())
    return {'wall': time.perf_counter() - start, 'cpu': cpu, 'code': code}


def anonymous_kib(pid):
    """RssAnon: memory that is no file. 0 when the process has ended."""
    try:
        with open('/proc/%d/status' % pid) as status:
            for line in status:
                if line.startswith('RssAnon:'):
                    return int(line.split()[1])
    except OSError:
        pass
    return 0


def peak_mib(command, runs=1):
    """The largest RssAnon of the last stage, read about every 0.3 ms in runs of its own, which are not timed. The kernel counts pages for each
    processor and adds them up late: it can be a quarter of a MiB too low."""
    peak = 0
    for _ in range(runs):
        processes = command.start()
        while (kib := anonymous_kib(processes[-1].pid)):
            peak = max(peak, kib)
            time.sleep(SAMPLE_SECONDS)
        finish(processes)
    return peak / 1024


def alternate(commands, runs):
    """One warm-up and `runs` counted runs of each, in turns, so that a change of the machine's speed meets all of them. Medians."""
    samples = [[] for _ in commands]
    for turn in range(runs + 1):
        for command, sample in zip(commands, samples):
            result = run(command)
            if turn:
                sample.append(result)
    return [{'wall': statistics.median(s['wall'] for s in sample), 'cpu': statistics.median(s['cpu'] for s in sample), 'code': sample[-1]['code'],
             'lowest': min(s['wall'] for s in sample)} for sample in samples]
