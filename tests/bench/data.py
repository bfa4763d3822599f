"""The logs that are measured, made once and kept in the build directory: build/bench/<checksum of the generator>/."""
import glob, hashlib, itertools, os, shutil, subprocess

import extra_rules, logs

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
LOG_NAMES = ('.log', 'messages', 'syslog', 'logs.txt', 'dmesg.txt', 'events.txt')


def checksum():
    digest = hashlib.sha256()
    for name in ('wording.py', 'logs.py', 'data.py', 'extra_rules.py'):
        with open(os.path.join(HERE, name), 'rb') as source:
            digest.update(source.read())
    return digest.hexdigest()[:12]


def tree_checksum(pattern):
    """Of files outside the generator: what is made of them is made again when they change."""
    digest = hashlib.sha256()
    for path in sorted(glob.glob(os.path.join(SOURCE, pattern), recursive=True)):
        if os.path.isfile(path):
            digest.update(path.encode() + open(path, 'rb').read())
    return digest.hexdigest()[:8]


class Data:
    def __init__(self, build, mib, entries):
        self.root = os.path.join(build, 'bench', checksum())
        self.build, self.mib, self.entries = build, mib, entries
        os.makedirs(self.root, exist_ok=True)

    def make(self, name, write):
        """The path of a file; `write(path)` makes it if it is not there."""
        path = os.path.join(self.root, name)
        if not os.path.exists(path):
            temporary = path + '.new'
            if os.path.isdir(temporary):
                shutil.rmtree(temporary)
            write(temporary)
            os.rename(temporary, path)
        return path

    def text(self, mib, verbosity=2, trouble=0.001):
        return self.make('kubelet-v%d-%g-%gmib.log' % (verbosity, trouble, mib), lambda path: logs.write_text(path, int(mib * (1 << 20)), verbosity=verbosity, trouble=trouble))

    def every_line(self):
        return self.make('every-line-%gmib.log' % (self.mib / 8), lambda path: logs.write_text(path, self.mib << 17, trouble=1.0, others=0))

    def ten_lines(self):
        return self.make('ten-lines.log', lambda path: logs.write_lines(path, 10))

    def mix(self):
        """The logs of fixtures/cases, again and again."""
        def write(path):
            files = [f for f in sorted(glob.glob(SOURCE + '/fixtures/cases/*/input/*')) if f.endswith(LOG_NAMES)]
            texts = [open(f, 'rb').read() for f in files]
            block = b''.join(t if t.endswith(b'\n') else t + b'\n' for t in texts)
            with open(path, 'wb') as out:
                for _ in range(max(1, (self.mib << 18) // len(block))):
                    out.write(block)
        return self.make('mix-%gmib-%s.log' % (self.mib / 4, tree_checksum('fixtures/cases/*/input/*')), write)

    def journal(self):
        return self.make('journal-%d' % self.entries, lambda path: logs.write_journal(path, self.entries, trouble=0.001))

    def packed(self, path, tool, ending):
        def write(temporary):
            with open(temporary, 'wb') as out:
                subprocess.run([tool, '-c', path], stdout=out, check=True)
        return self.make(os.path.basename(path) + ending, write)

    def folder(self, path):
        """A directory with the log and a short one."""
        def write(temporary):
            os.makedirs(temporary + '/node')
            shutil.copy(path, temporary + '/node/kubelet.log')
            shutil.copy(self.ten_lines(), temporary + '/node/other.log')
        return self.make(os.path.basename(path) + '.d', write)

    def small_files(self, path, n, lines):
        """The start of the log as so many files."""
        def write(temporary):
            with open(path, 'rb') as log:
                for i in range(n):
                    folder = '%s/pods/shop_web-%d/web' % (temporary, i)
                    os.makedirs(folder)
                    with open(folder + '/0.log', 'wb') as out:
                        out.writelines(itertools.islice(log, lines))
        return self.make(os.path.basename(path) + '.small.d', write)

    def start_of(self, path, lines):
        def write(temporary):
            with open(path, 'rb') as log, open(temporary, 'wb') as out:
                out.writelines(itertools.islice(log, lines))
        return self.make(os.path.basename(path) + '.start', write)

    def tar(self, path, tool, ending):
        """The directory as an archive, compressed by the tool."""
        folder = self.folder(path)
        def write(temporary):
            with open(temporary, 'wb') as out:
                packer = subprocess.Popen(['tar', '-C', folder, '-c', 'node'], stdout=subprocess.PIPE)
                subprocess.run([tool, '-c'], stdin=packer.stdout, stdout=out, check=True)
                packer.stdout.close()
                if packer.wait():
                    raise OSError('tar failed')
        return self.make(os.path.basename(path) + '.tar' + ending, write)

    def sec_rules(self, patterns):
        def write(path):
            with open(path, 'w') as out:
                out.writelines('type=Single\nptype=RegExp\npattern=%s\ndesc=%d\naction=none\n\n' % (pattern, i) for i, pattern in enumerate(patterns))
        return self.make('sec.conf', write)

    def rules(self, n):
        """A directory with that many rules."""
        return self.make('rules-%d-%s' % (n, tree_checksum('rules/**/*.yaml')), lambda path: extra_rules.write(SOURCE + '/rules', path, n))

    def program(self, n):
        """The program with that many built-in rules."""
        build = os.path.join(self.build, 'bench', 'program-%d' % n)
        quiet = {'stdout': subprocess.DEVNULL, 'check': True}
        subprocess.run(['cmake', '-S', SOURCE, '-B', build, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=RelWithDebInfo', '-DNODECAUSE_RULES_DIR=' + self.rules(n)], **quiet)
        subprocess.run(['cmake', '--build', build, '--target', 'nodecause'], **quiet)
        return os.path.join(build, 'nodecause')


def lines_of(path):
    with open(path, 'rb') as log:
        return sum(block.count(b'\n') for block in iter(lambda: log.read(1 << 20), b''))
