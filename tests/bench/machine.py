"""The machine and the versions that numbers belong to."""
import os, platform, re, shutil, subprocess

TOOLS = {'rg': 'ripgrep', 'grep': 'grep', 'wc': 'coreutils', 'journalctl': 'systemd', 'gzip': 'gzip', 'pigz': 'pigz', 'igzip': 'igzip', 'zstd': 'zstd', 'xz': 'xz', 'lnav': 'lnav', 'sec': 'sec'}


def first_value(path, key):
    with open(path) as source:
        for line in source:
            if line.startswith(key):
                return re.split('[:=]', line, maxsplit=1)[1].strip()
    return 'unknown'


def version(tool):
    """The first number with a point, or of digits, in the first line of `tool --version`."""
    done = subprocess.run([tool, '--version'], capture_output=True, text=True, errors='replace')
    text = (done.stdout + done.stderr).strip().split('\n')[0]
    found = re.search(r'\d+(\.\d+)+', text) or re.search(r'\d+', text)
    return found.group() if found else 'unknown version'


def describe(program):
    return {'processor': first_value('/proc/cpuinfo', 'model name'), 'cores': len(os.sched_getaffinity(0)), 'memory': first_value('/proc/meminfo', 'MemTotal'),
            'kernel': platform.release(), 'distribution': first_value('/etc/os-release', 'PRETTY_NAME').strip('"'), 'nodecause': version(program),
            'versions': {name: version(tool) for tool, name in TOOLS.items() if shutil.which(tool)}}
