"""What is measured: for each row the program's command, its peers, and the goal."""
import json, os, shutil, subprocess, tempfile

import data, logs
from measure import Command, environment

SMALL_FILES, SMALL_LINES = 1000, 20

HERE = os.path.dirname(os.path.abspath(__file__))


class Peer:
    """`at_most`: the goal, as the program's time divided by the peer's; None: there is none."""
    def __init__(self, name, command, at_most=None):
        self.name, self.command, self.at_most = name, command, at_most

    def missing(self):
        return next((stage[0] for stage in self.command.stages if not shutil.which(stage[0])), None)


class Row:
    def __init__(self, name, what, prepare, seconds=None, lines_per_second=None):
        self.name, self.what = name, what
        self.prepare = prepare  # makes the data; gives a Work, or a text that says why the row is skipped
        self.seconds, self.lines_per_second = seconds, lines_per_second  # goals, where the goal is no peer


class Work:
    def __init__(self, command, peers=(), lines=None, size=None):
        self.command, self.peers, self.lines, self.size = command, list(peers), lines, size


def patterns():
    with open(os.path.join(HERE, 'patterns.txt')) as source:
        return source.read().splitlines()


def has_threads(program):
    page = subprocess.run([program, '--help'], capture_output=True, text=True)
    return '--threads' in page.stdout


def root_causes(program, path):
    done = subprocess.run([program, '-o', 'json', path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment())
    return json.loads(done.stdout)['verdict']['root_causes']


def reads_archives(program):
    """Does it find in a .tar.gz what is in its logs?"""
    with tempfile.TemporaryDirectory() as folder:
        log, archive = os.path.join(folder, 'kubelet.log'), os.path.join(folder, 'node.tar.gz')
        logs.write_lines(log, 200, trouble=1.0)
        subprocess.run(['tar', '-C', folder, '-czf', archive, 'kubelet.log'], check=True)
        return root_causes(program, log) == root_causes(program, archive) != []


class Rows:
    def __init__(self, program, made):
        self.program, self.data = program, made
        self.patterns = os.path.join(HERE, 'patterns.txt')

    def ours(self, *arguments, program=None):
        return [program or self.program, '-o', 'json', *arguments]

    def rg(self, log, at_most=None):
        return Peer('rg -c -f, 40 patterns', Command(['rg', '-c', '-f', self.patterns, log]), at_most)

    def wc(self, log, at_most=None):
        return Peer('wc -l', Command(['wc', '-l', log]), at_most)

    def work(self, path, peers, *arguments, log=None):
        log = log or path
        return Work(Command(self.ours(*arguments, path)), peers, data.lines_of(log), os.path.getsize(log))

    # --- texts ---

    def text(self):
        log = self.data.text(self.data.mib)
        return self.work(log, [self.wc(log, 2), self.rg(log, 1 / 3), Peer('grep -cE -f, 40 patterns', Command(['grep', '-cE', '-f', self.patterns, log], grep=True))])

    def one_thread(self):
        if not has_threads(self.program):
            return 'the program has no --threads'
        log = self.data.text(self.data.mib)
        return self.work(log, [self.wc(log, 3), self.rg(log)], '--threads=1')

    def healthy(self, verbosity):
        log = self.data.text(self.data.mib, verbosity, trouble=0)
        return self.work(log, [self.wc(log, 2), self.rg(log, 1 / 3)])

    def similar(self):
        log = self.data.text(max(1, self.data.mib // 16))
        rules = self.data.sec_rules(patterns())
        return self.work(log, [Peer('lnav, 40 patterns', Command(['lnav', '-n', '-c', ':filter-in ' + '|'.join(patterns()), log])),
                               Peer('sec, 40 patterns', Command(['sec', '--conf=' + rules, '--input=' + log, '--notail', '--debug=1']))])

    def mix(self):
        log = self.data.mix()
        return self.work(log, [self.wc(log), self.rg(log)])

    def every_line(self):
        log = self.data.every_line()
        return self.work(log, [self.wc(log), self.rg(log)])

    # --- compressed ---

    def packed(self, ending, tool, *peers):
        if not shutil.which(tool):
            return 'no %s here' % tool
        log = self.data.text(self.data.mib)
        file = self.data.packed(log, tool, ending)
        return Work(Command(self.ours(file)), [Peer(' '.join(p), Command(list(p) + [file]), at_most) for p, at_most in peers], data.lines_of(log), os.path.getsize(log))

    # --- bundles ---

    def archive(self, ending, tool, *peers):
        if not shutil.which(tool):
            return 'no %s here' % tool
        if not reads_archives(self.program):
            return 'the program does not read archives yet'
        log = self.data.text(self.data.mib)
        file = self.data.tar(log, tool, ending)
        return Work(Command(self.ours(file)), [Peer(' '.join(p), Command(list(p) + [file]), at_most) for p, at_most in peers], data.lines_of(log), os.path.getsize(log))

    def directory(self):
        log = self.data.text(self.data.mib)
        return self.work(self.data.folder(log), [Peer('itself on the text', Command(self.ours(log)), 1.1)], log=log)

    def small_files(self):
        log = self.data.text(self.data.mib)
        text = self.data.start_of(log, SMALL_FILES * SMALL_LINES)
        return self.work(self.data.small_files(log, SMALL_FILES, SMALL_LINES), [Peer('itself on their text', Command(self.ours(text)))], log=text)

    # --- the journal ---

    def journalctl(self, *arguments):
        return ['journalctl', '-q', '-D', self.data.journal(), *arguments]

    def journal(self):
        if not logs.can_write_journal():
            return 'no journalctl or systemd-journal-remote here'
        goals = {'cat': 0.5}
        peers = [Peer('journalctl -o ' + form, Command(self.journalctl('-o', form)), goals.get(form)) for form in ('cat', 'short', 'export', 'json')]
        peers.append(Peer('journalctl -g, one pattern', Command(self.journalctl('-g', 'inotify_add_watch')), 1 / 1.5))
        return Work(Command(self.ours('-D', self.data.journal())), peers, self.data.entries)

    def pipe(self, form):
        if not logs.can_write_journal():
            return 'no journalctl or systemd-journal-remote here'
        writer = self.journalctl('-o', form)
        return Work(Command(writer, self.ours('-')), [Peer('journalctl -o %s > /dev/null' % form, Command(writer), 1.1)], self.data.entries)

    # --- start, and growth ---

    def ten_lines(self, n=None):
        log = self.data.ten_lines()
        return Work(Command(self.ours(log, program=self.data.program(n) if n else None)), [], 10)

    def ten_lines_directory(self, n):
        return Work(Command(self.ours('--no-builtin', '--rules', self.data.rules(n), self.data.ten_lines())), [], 10)

    def more_rules(self, log, at_most):
        few = Peer('itself with its own rules', Command(self.ours(log)), at_most)
        some = Peer('itself with 300 rules', Command(self.ours(log, program=self.data.program(300))))
        return Work(Command(self.ours(log, program=self.data.program(1000))), [few, some], data.lines_of(log), os.path.getsize(log))

    def bytes(self):
        log, quarter, sixteenth = (self.data.text(self.data.mib / part) for part in (1, 4, 16))
        return self.work(log, [Peer('itself on 1/4 of it', Command(self.ours(quarter))), Peer('itself on 1/16 of it', Command(self.ours(sixteenth)), 16.8)])

    def all(self):
        return [
            Row('text', 'kubelet log at -v=2, 1 line in 1,000 relevant', self.text),
            Row('text-one-thread', 'the same, one thread', self.one_thread),
            Row('healthy-v2', 'healthy kubelet log at -v=2', lambda: self.healthy(2)),
            Row('healthy-v4', 'healthy kubelet log at -v=4', lambda: self.healthy(4)),
            Row('similar', 'kubelet log, 1/16 of the size', self.similar),
            Row('mix', 'mixed real trouble', self.mix, lines_per_second=200000),
            Row('every-line', 'every line matches a rule', self.every_line, lines_per_second=500000),
            Row('gz', 'the kubelet log as .gz', lambda: self.packed('.gz', 'gzip', (('gzip', '-dc'), 0.5), (('pigz', '-dc'), None), (('igzip', '-dc'), None))),
            Row('zst', 'as .zst', lambda: self.packed('.zst', 'zstd', (('zstd', '-dc'), None))),
            Row('xz', 'as .xz', lambda: self.packed('.xz', 'xz', (('xz', '-dc'), None))),
            Row('tar-gz', 'as .tar.gz', lambda: self.archive('.gz', 'gzip', (('gzip', '-dc'), 0.5))),
            Row('tar-zst', 'as .tar.zst', lambda: self.archive('.zst', 'zstd', (('zstd', '-dc'), 1.1))),
            Row('tar-xz', 'as .tar.xz', lambda: self.archive('.xz', 'xz', (('xz', '-dc', '-T0'), 1.1))),
            Row('directory', 'in a directory', self.directory),
            Row('small-files', '%d files of %d lines in a directory' % (SMALL_FILES, SMALL_LINES), self.small_files),
            Row('journal', 'journal directory', self.journal),
            Row('pipe-json', 'journalctl -o json, piped', lambda: self.pipe('json')),
            Row('pipe-export', 'journalctl -o export, piped', lambda: self.pipe('export')),
            Row('pipe-short', 'journalctl -o short, piped', lambda: self.pipe('short')),
            Row('ten-lines', 'ten lines', self.ten_lines, seconds=0.015),
            Row('ten-lines-300', 'ten lines, 300 built-in rules', lambda: self.ten_lines(300), seconds=0.015),
            Row('ten-lines-300-yaml', 'ten lines, 300 rules from YAML', lambda: self.ten_lines_directory(300)),
            Row('growth-bytes', 'growth with bytes: 16 x', self.bytes),
            Row('growth-rules', 'growth with rules: 1,000 built-in ones', lambda: self.more_rules(self.data.text(self.data.mib / 4), 2)),
            Row('growth-rules-ten-lines', 'the same, ten lines', lambda: self.more_rules(self.data.ten_lines(), 2)),
        ]
