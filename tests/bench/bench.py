"""bench.py [--mib N] [--entries N] [--runs N] [--json FILE] [--program PATH] [--only NAME,NAME...]

Measures nodecause against peers on the same data in the same run: one warm-up and at least five counted runs of each,
medians and ratios as a table and as JSON. The data is made here from a fixed seed, in a folder that is removed. Absolute
times mean nothing on a shared machine; the ratios do. A peer that is not installed is skipped by name."""
import argparse, json, os, random, shutil, statistics, subprocess, sys, tempfile, time

HEALTHY = [
    'I{m} {pid:7d} pod_container_deletor.go:79] "Container not found in pod\'s containers" containerID="{hex}"',
    'I{m} {pid:7d} reconciler.go:342] "operationExecutor.MountVolume started for volume \\"kube-api-access-{h}\\" (UniqueName: \\"kubernetes.io/projected/{hex}\\") pod \\"web-{h}\\" (UID: \\"{hex}\\") " pod="default/web-{h}"',
    'I{m} {pid:7d} kubelet.go:2438] "SyncLoop (PLEG): event for pod" pod="default/web-{h}" event={{"ID":"{hex}","Type":"ContainerStarted","Data":"{hex}"}}',
    'E{m} {pid:7d} pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"app\\" with CrashLoopBackOff: \\"back-off 5m0s restarting failed container=app pod=web-{h}_default({hex})\\"" pod="default/web-{h}" podUID="{hex}"',
    'I{m} {pid:7d} kubelet_node_status.go:740] "Setting node status condition code" position={h4} node="worker-1"',
    'W{m} {pid:7d} watcher.go:93] Error while processing event ("/sys/fs/cgroup/kubepods/pod{h}": 0x40000100 == IN_CREATE|IN_ISDIR): readdirent /sys/fs/cgroup/kubepods/pod{h}: no such file or directory',
    'I{m} {pid:7d} scope.go:115] "RemoveContainer" containerID="{hex}"',
    'I{m} {pid:7d} prober.go:109] "Probe failed" probeType="Readiness" pod="default/web-{h}" podUID="{hex}" containerName="app" probeResult=failure output="HTTP probe failed with statuscode: 503"',
]
RELEVANT = [
    'I{m} {pid:7d} eviction_manager.go:366] "Eviction manager: attempting to reclaim" resourceName="ephemeral-storage"',
    'E{m} {pid:7d} watcher.go:152] Failed to watch directory "/sys/fs/cgroup/pids/kubepods/pod{h}": inotify_add_watch /sys/fs/cgroup/pids/kubepods/pod{h}: no space left on device',
]
PATTERNS = [line.strip() for line in '''
running with swap on is not supported, please disable swap
eviction manager: attempting to reclaim
must evict pod\\(s\\) to reclaim
no pods are active to evict
Failed to admit pod .* node has conditions
inotify_add_watch \\S+: no space left on device
inotify_init: too many open files
fsnotify watcher: too many open files
Failed to start cAdvisor
Out of memory: Kill(ed)? process
Memory cgroup out of memory
oom-kill:constraint=
System OOM encountered
[Mm]ain process exited, code=
Scheduled restart job, restart counter is at
[Ss]tart request repeated too quickly
PLEG is not healthy: pleg was last seen active
unknown flag: --
unrecognized feature gate
failed to load [Kk]ubelet config file
no kind .* is registered for version
cgroup driver: .* is different from docker cgroup driver
unable to load bootstrap kubeconfig
bootstrap client certificate .* is expired
x509: certificate has expired
connect: connection refused
unknown service runtime
network plugin is not ready
nf_conntrack: table full
blocked for more than [0-9]+ seconds
soft lockup - CPU#
Remounting filesystem read-only
I/O error, dev
orphaned pod .* found, but volume paths are still present
invalid capacity 0 on image filesystem
Failed to garbage collect required amount of images
bind: address already in use
Failed to initialize top level QOS containers
cgroup does not exist
stale file handle
'''.strip().splitlines()]


def lines(count, share, seed=1):
    rng = random.Random(seed)
    for i in range(count):
        ms = i * 7
        m = '0602 %02d:%02d:%02d.%06d' % (ms // 3600000 % 24, ms // 60000 % 60, ms // 1000 % 60, ms * 1000 % 1000000)
        h = '%010x' % rng.getrandbits(40)
        form = rng.choice(RELEVANT) if share and rng.random() < share else rng.choice(HEALTHY)
        yield m, form.format(m=m, pid=1234, h=h, h4=int(h[:2], 16), hex='%064x' % rng.getrandbits(256))


def text_log(path, mib, share):
    block = []
    for m, message in lines(20000, share):
        block.append('Jun 02 %s worker-1 kubelet[1234]: %s\n' % (m[5:13], message))
    data = ''.join(block).encode()
    with open(path, 'wb') as out:
        while out.tell() < mib << 20:
            out.write(data)


def journal(path, entries):
    remote = '/lib/systemd/systemd-journal-remote'
    if not os.path.exists(remote):
        return False
    child = subprocess.Popen([remote, '-o', path, '-'], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for i, (_, message) in enumerate(lines(entries, 0.001)):
        child.stdin.write(('__REALTIME_TIMESTAMP=%d\n__MONOTONIC_TIMESTAMP=%d\n_BOOT_ID=%032x\n_HOSTNAME=worker-1\nPRIORITY=6\n_TRANSPORT=stdout\n'
                           '_SYSTEMD_UNIT=kubelet.service\nSYSLOG_IDENTIFIER=kubelet\n_PID=1234\n_COMM=kubelet\nMESSAGE=%s\n\n'
                           % (1717340000000000 + i * 7000, 1000000 + i * 7000, 7, message)).encode())
    child.stdin.close()
    return child.wait() == 0


def timed(command, runs):
    """Median seconds; the command may be a shell pipeline. Exit codes do not matter: grep and we use them."""
    seconds = []
    for i in range(runs + 1):
        # grep stops at the first match when its output is /dev/null
        output = subprocess.PIPE if command[0] == 'grep' else subprocess.DEVNULL
        start = time.perf_counter()
        done = subprocess.run(command, shell=isinstance(command, str), stdout=output, stderr=subprocess.DEVNULL)
        if done.returncode == 2 and command[0] in ('grep', 'rg'):
            return None  # it refused the patterns
        if i:
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def peak_mib(command):
    with tempfile.NamedTemporaryFile('r') as out:
        subprocess.run(['/usr/bin/env', 'python3', '-c',
                        'import resource,subprocess,sys;subprocess.run(sys.argv[2:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);'
                        'open(sys.argv[1],"w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))', out.name] + command)
        return int(out.read()) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[2])
    parser.add_argument('--mib', type=int, default=256, help='size of the text log')
    parser.add_argument('--entries', type=int, default=300000, help='entries of the journal')
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--json', help='also write the results there')
    parser.add_argument('--program', default='build/nodecause')
    parser.add_argument('--only', default='', help='names of measurements')
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    work = tempfile.mkdtemp(prefix='nodecause-bench-')
    results = []

    def measure(name, ours, peers):
        if options.only and name not in options.only.split(','):
            return
        mine = timed(ours, options.runs)
        row = {'what': name, 'nodecause': mine, 'peers': []}
        print('%-28s nodecause %8.3f s' % (name, mine))
        for label, command, tool in peers:
            if tool and not shutil.which(tool):
                print('%-28s %-40s skipped: no %s here' % ('', label, tool))
                continue
            theirs = timed(command, options.runs)
            if theirs is None:
                print('%-28s %-40s skipped: it refuses the patterns' % ('', label))
                continue
            row['peers'].append({'what': label, 'seconds': theirs, 'ratio': mine / theirs})
            print('%-28s %-40s %8.3f s   nodecause takes %.2f x' % ('', label, theirs, mine / theirs))
        results.append(row)

    try:
        patterns, log, worst, small = (os.path.join(work, f) for f in ('patterns', 'kubelet.log', 'worst.log', 'small.log'))
        with open(patterns, 'w') as out:
            out.write('\n'.join(PATTERNS) + '\n')
        text_log(log, options.mib, 0.001)
        text_log(worst, max(1, options.mib // 8), 1)
        with open(log) as source, open(small, 'w') as out:
            out.writelines(line for _, line in zip(range(10), source))
        measure('text', [program, '-o', 'json', log],
                [('wc -l', ['wc', '-l', log], 'wc'), ('rg -c -f, 40 patterns', ['rg', '-c', '-f', patterns, log], 'rg'),
                 ('grep -cE -f, 40 patterns', ['grep', '-cE', '-f', patterns, log], 'grep')])
        measure('ten-lines', [program, '-o', 'json', small], [])
        worst_lines = sum(1 for _ in open(worst, 'rb'))
        measure('every-line-matches', [program, '-o', 'json', worst], [('wc -l', ['wc', '-l', worst], 'wc')])
        if results and results[-1]['what'] == 'every-line-matches':
            rate = worst_lines / results[-1]['nodecause']
            results[-1]['lines_per_second'] = rate
            print('%-28s %.0f lines/s' % ('', rate))
        file = os.path.join(work, 'system.journal')
        if shutil.which('journalctl') and journal(file, options.entries):
            folder = os.path.join(work, 'journal')
            os.mkdir(folder)
            shutil.move(file, folder)
            measure('journal', [program, '-o', 'json', '-D', folder],
                    [('journalctl -o cat', ['journalctl', '-q', '-D', folder, '-o', 'cat'], None),
                     ('journalctl -g, one pattern', ['journalctl', '-q', '-D', folder, '-g', 'inotify_add_watch'], None)])
            for form in ('json', 'export', 'short'):
                measure('piped-' + form, 'journalctl -q -D %s -o %s | %s -o json' % (folder, form, program),
                        [('journalctl -o %s > /dev/null' % form, 'journalctl -q -D %s -o %s > /dev/null' % (folder, form), None)])
        else:
            print('journal: skipped: no systemd-journal-remote here')
        memory = peak_mib([program, '-o', 'json', log])
        results.append({'what': 'memory', 'mib': memory})
        print('%-28s %.1f MiB resident at most, on %d MiB of text' % ('memory', memory, options.mib))
        if options.json:
            with open(options.json, 'w') as out:
                json.dump(results, out, indent=1)
    finally:
        shutil.rmtree(work)


sys.exit(main())
