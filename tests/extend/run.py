#!/usr/bin/env python3
"""run.py: tries each way to extend nodecause: one new file, and no other edit.

Copies the tree to a temporary folder, adds the files of FILES, builds the program, and checks that it
uses each of them."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

FILES = {
    'format_acme.c': 'diag/format',
    'state_acme.c': 'diag/state',
    'render_acme.c': 'diag/render',
    'cmd_acme.c': 'diag/cli',
    'source_acme.c': 'diag/source',
    'acme.yaml': 'rules/node',
}


def copy_tree(target):
    skipped = shutil.ignore_patterns('.git', 'build', 'build-*', 'fixtures')
    shutil.copytree(ROOT, target, ignore=skipped, dirs_exist_ok=True)


def build(tree):
    environment = dict(os.environ, CCACHE_BASEDIR=str(tree), CCACHE_NOHASHDIR='1')
    if shutil.which('ccache'):
        environment['CMAKE_C_COMPILER_LAUNCHER'] = 'ccache'
    commands = (['cmake', '--preset', 'dev'], ['cmake', '--build', '--preset', 'dev', '--target', 'nodecause'])
    for command in commands:
        result = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit('\n'.join((result.stdout + result.stderr).splitlines()[-30:]))
    return tree / 'build-dev' / 'nodecause'


class Trial:
    """Runs the program in a folder of small inputs and compares what it prints."""

    def __init__(self, program, folder):
        self.program, self.folder, self.failed = program, folder, 0

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], cwd=self.folder, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=60)

    def check(self, what, good, result):
        print(f'extend: {what}: {"fine" if good else "FAILED"}')
        if not good:
            self.failed = 1
            print(result.args, result.returncode, result.stdout, result.stderr, sep='\n')

    def expect(self, what, arguments, code, *texts):
        result = self.run(*arguments)
        output = result.stdout + result.stderr
        self.check(what, result.returncode == code and all(text in output for text in texts), result)


def try_all(trial):
    trial.write('node.log', '@acme kubelet: acme gauge p1 burst\n')
    trial.write('settings', 'acme.limit = 12\n')
    trial.write('one.acme', 'something else\nacme gauge p2 burst\nthe end\n')
    trial.write('two.acme', 'acme gauge p3 burst\n')

    trial.expect('format: it is listed', ['formats'], 0, 'acme ', 'logs of an imaginary vendor')
    trial.expect('format: it is recognised', ['inputs', 'node.log'], 0, 'acme (bid')
    trial.expect('state: it is recognised', ['inputs', 'settings'], 0, 'acme', 'state')
    trial.expect('rule: its tests pass', ['test', 'RULES/node/acme.yaml'], 0)
    trial.expect('rule: lint has nothing to say', ['lint', 'RULES'], 0)
    trial.expect('rule: nothing without the state that it requires', ['node.log'], 0)
    trial.expect('renderer: refused by a name that is none', ['-o', 'nosuch', 'node.log'], 2, 'acme', 'json')
    trial.expect('renderer: prints what rule, format and state gave', ['-o', 'acme', 'node.log', 'settings'], 1,
                 'acme: The gauge p1 burst at a limit of 12.\n')

    trial.expect('command: --help of the program lists it', ['--help'], 0, 'a command of an imaginary vendor')
    trial.expect('command: its --help lists its option', ['acme', '--help'], 0, '-l, --loud', 'prints capital letters')
    trial.expect('command: runs without its option', ['acme', 'one'], 0, 'acme 1\n')
    trial.expect('command: takes its option', ['acme', 'one', '--loud', 'two'], 0, 'ACME 2\n')
    trial.expect('command: refuses the option of another', ['acme', '--fail-on=info'], 2, "--fail-on")
    trial.expect('command: others refuse its option', ['formats', '--loud'], 2, '--loud')
    trial.expect('command: a diagnosis refuses its option', ['--loud', 'node.log'], 2, '--loud')

    trial.expect('source: it is recognised', ['inputs', 'one.acme'], 0, 'acme-records')
    trial.expect('source: its records are diagnosed', ['-o', 'acme', 'one.acme', 'settings'], 1, 'gauge p2 burst')
    trial.expect('source: its entries are selected', ['-t', 'sshd', 'one.acme', 'settings'], 4)
    result = trial.run('-o', 'json', 'one.acme', 'node.log', 'two.acme', 'settings')
    report = json.loads(result.stdout)
    trial.check('source: its inputs are read beside a text, each by itself',
                [(i['name'], i['format'], i['entries']) for i in report['inputs']] == [
                    ('one.acme', 'acme-records', 3), ('node.log', 'acme', 1), ('two.acme', 'acme-records', 1),
                    ('settings', 'state/acme', 0)], result)
    evidence = [e for node in report['nodes'] for finding in node['findings'] for e in finding['evidence']]
    trial.check('source: findings come from all of them',
                {e['input'] for e in evidence} >= {0, 1, 2}, result)


def main():
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder) / 'tree'
        inputs = pathlib.Path(folder) / 'inputs'
        inputs.mkdir()
        copy_tree(tree)
        for name, place in FILES.items():
            shutil.copy(HERE / name, tree / place / name)
        (inputs / 'RULES').symlink_to(tree / 'rules')
        trial = Trial(build(tree), inputs)
        try_all(trial)
        return trial.failed


sys.exit(main())
