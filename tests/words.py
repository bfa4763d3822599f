#!/usr/bin/env python3
"""words.py [--todo] [FILE...]: finds words that words.tsv replaces by plainer ones.

Checks the texts of the rules, the string literals and comments of diag/, and the documentation.
Prints FILE:LINE, the word and what to write instead, and exits with 1 if there is any. --todo also
checks what words.tsv lists as not done yet."""

import os
import re
import sys
from pathlib import PurePath

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read_table():
    """The rows of words.tsv: words (pattern, instead, scope), exceptions (pattern, files), paths to do."""
    words, exceptions, todo = [], [], []
    for number, line in enumerate(open(os.path.join(ROOT, "tests/words.tsv")), 1):
        row = line.rstrip("\n").split("\t")
        if line.startswith("#") or row == [""]:
            continue
        if row[0] == "word" and len(row) == 4 and row[3] in ("all", "rules", "docs", "code"):
            words.append((re.compile(row[1], re.IGNORECASE), row[2], row[3]))
        elif row[0] == "except" and len(row) == 4 and row[2]:
            exceptions.append((re.compile(row[1], re.IGNORECASE), row[3]))
        elif row[0] == "todo" and len(row) == 3 and row[2] in ("all", "comments"):
            todo.append((row[1], row[2]))
        else:
            sys.exit(f"tests/words.tsv:{number}: invalid row")
    return words, exceptions, todo


def rule_texts(lines):
    """Titles, explanations, remedies, reasons, names of tests and comments of a rule file.

    Rule files are written in one style, so no YAML parser is needed: a text is on the line of its
    key, or folded (>) below it; literal blocks (|) are samples of logs."""
    block = None  # indentation of its key, style, line number, text
    in_tests = False
    for number, line in enumerate(lines + ["end:"], 1):
        indent = len(line) - len(line.lstrip())
        if block and (not line.strip() or indent > block[0]):
            block[3] += " " + line.strip()
            continue
        if block and block[1] == ">":
            yield block[2], re.sub(r"\{[\w.]+", "{", block[3])  # without the names of facts
        block = None
        in_tests = in_tests or line.startswith("tests:")
        start = re.search(r"\w+: ([|>])\d?[-+]?$", line.rstrip())
        if start:
            block = [indent + 2 * line.lstrip().startswith("- "), start[1], number, ""]
        comment = re.match(r"\s*#(.*)|.*[,\]}'\"] # (.*)", line)
        if comment:
            yield number, comment[1] or comment[2] or ""
        title = re.match(r"(?:title|explain): (?!>)(.*)", line)
        if title:
            yield number, title[1]
        name = in_tests and re.match(r"  - name: (.*)", line)
        if name:
            yield number, name[1]
        for text in re.finditer(r"\b(?:do|risk|because): (?:'((?:[^']|'')*)'|\"((?:[^\"\\]|\\.)*)\")", line):
            yield number, text[1] or text[2] or ""


def page_texts(lines):
    """Paragraphs and tables of a Markdown page, without its samples: code spans and code blocks."""
    fenced = False
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced and not line.startswith("    "):
            yield number, re.sub(r"`[^`]*`", "`...`", line)


C_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*) | (?P<include>^[ \t]*\#[ \t]*include[^\n]*)
      | '(?:[^'\\\n]|\\.)*' | "(?P<text>(?:[^"\\\n]|\\.)*)" """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def c_strings(source):
    """The string literals of a C file; adjacent ones are one text, with the line of the first."""
    text, start, end = "", 0, 0
    for token in C_TOKEN.finditer(source):
        if token["text"] is None:
            continue
        if text and source[end : token.start()].strip():
            yield source.count("\n", 0, start) + 1, text
            text = ""
        if not text:
            start = token.start()
        text += token["text"].replace("\\n", " ").replace('\\"', '"')
        end = token.end()
    if text:
        yield source.count("\n", 0, start) + 1, text


def c_comments(source):
    """The comments of a C file, without code spans and samples of logs (lines indented by 2 or more)."""
    for token in C_TOKEN.finditer(source):
        if token["comment"]:
            lines = [re.sub(r"^\s*\*", "", line) for line in token["comment"].split("\n")]
            text = " ".join(line.strip() for line in lines if not line.startswith("   "))
            yield source.count("\n", 0, token.start()) + 1, re.sub(r"`[^`]*`", "`...`", text)


def texts_of(path, with_comments):
    """The scope and the texts of a file."""
    source = open(os.path.join(ROOT, path), encoding="utf-8").read()
    if path.endswith((".c", ".h")):
        return "code", list(c_strings(source)) + (list(c_comments(source)) if with_comments else [])
    if path.endswith(".md"):
        return "docs", page_texts(source.split("\n"))
    return "rules", rule_texts(source.split("\n"))


def checked_files():
    for top in ("rules", "diag", "docs", "fixtures", "."):
        for folder, folders, files in os.walk(os.path.join(ROOT, top)):
            if top == ".":
                folders.clear()
            for name in sorted(files):
                path = os.path.relpath(os.path.join(folder, name), ROOT)
                if path.endswith(".md") or path.endswith((".c", ".h")) and top == "diag" or path.endswith(".yaml") and top == "rules":
                    yield path


def check(path, words, exceptions, todo):
    left = {what for files, what in todo if PurePath(path).match(files)}
    if "all" in left:
        return 0
    scope, texts = texts_of(path, "comments" not in left)
    found = 0
    for line, text in texts:
        for pattern, files in exceptions:
            if PurePath(path).match(files):
                text = pattern.sub(" ", text)
        for pattern, instead, where in words:
            word = pattern.search(text) if where in ("all", scope) else None
            if word:
                print(f'{path}:{line}: "{word[0]}": write {instead}\n    {text.strip()[:160]}')
                found += 1
    return found


def main():
    words, exceptions, todo = read_table()
    arguments = sys.argv[1:]
    if "--todo" in arguments:
        arguments.remove("--todo")
        todo = []
    files = arguments or list(checked_files())
    found = sum(check(path, words, exceptions, todo) for path in files)
    print(f"{len(files)} files, {found} words to replace")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
