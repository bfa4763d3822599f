"""The pieces a day is composed of: files of pieces/, in the words of the versions 1.18 to 1.33.

A file has blocks, each with its keys (`rule: ...`) and with sections for ranges of versions
(`--- 1.21-1.33`). A line is `DELAY WHO TEXT`: milliseconds after the line before; WHO is I, W, E or F
for the kubelet's klog line of that severity, `-` for its bare line, or STREAM[:LETTER] for another's;
`%name%` in the text is a value of the day: one of `with-name: A | B` where the block says so."""

import os
import re

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pieces")


class Piece:
    """A block: its keys, and its lines for each range of versions."""

    def __init__(self):
        self.keys = {}
        self.sections = []

    def covers(self, minor):
        return any(first <= minor <= last for first, last, _ in self.sections)

    def lines(self, minor):
        """The lines (delay in ms, who, text) of version 1.MINOR."""
        for first, last, lines in self.sections:
            if first <= minor <= last:
                return lines
        raise LookupError(f"{self.keys}: no words for 1.{minor}")

    def span(self, key, fallback="1"):
        """The range `2-40` of a key as two numbers."""
        first, _, last = self.keys.get(key, fallback).partition("-")
        return int(first), int(last or first)


def read(name):
    """The blocks of pieces/NAME.txt."""
    blocks = [Piece()]
    for line in open(os.path.join(FOLDER, name + ".txt"), encoding="utf-8"):
        line = line.rstrip("\n")
        key = re.match(r"([a-z-]+): (.*)", line)
        section = re.match(r"--- 1\.(\d+)-1\.(\d+)$", line)
        if line.startswith("#"):
            continue
        if line == "":
            blocks.append(Piece())
        elif section:
            blocks[-1].sections.append((int(section[1]), int(section[2]), []))
        elif key:
            blocks[-1].keys[key[1]] = key[2]
        else:
            delay, who, text = (line + " ").split(" ", 2)
            if not blocks[-1].sections:
                blocks[-1].sections.append((0, 99, []))
            blocks[-1].sections[-1][2].append((int(delay), who, text[:-1]))
    return [block for block in blocks if block.sections]


def causes():
    """All causes by name: a list of blocks, the first of which is the failure."""
    names = sorted(f[6:-4] for f in os.listdir(FOLDER) if f.startswith("cause-"))
    return {name: read("cause-" + name) for name in names}


def by(name, key):
    """The blocks of pieces/NAME.txt by the value of one of their keys."""
    return {block.keys[key]: block for block in read(name)}
