#!/usr/bin/env python3
"""Measures how fast `rulec lsp` answers: lsp-speed.py [--rulec PATH] [--letters N]

For the shipped policy, 10 000 rules in twenty files, and the same in one file: the time from a keystroke to
what is wrong, to what can come next, and to a hover, in milliseconds. A person types a letter each 120 ms;
the proofs of the letter before are under way. Where the machine is busy with other things, the last column
tells more: the processor time that the server's answering thread needs for a letter, all answers together.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Editors"))
from wire import Server

ROOT = pathlib.Path(__file__).resolve().parent.parent
BOUNDS = {"shipped policy": 50}


def busy(server):
    """The milliseconds of processor time of the thread that answers; 0 where the system does not tell."""
    try:
        number = server.process.pid
        text = pathlib.Path(f"/proc/{number}/task/{number}/schedstat").read_text()
        return int(text.split()[0]) / 1e6
    except OSError:
        return 0


def measure(rulec, name, folder, file, letters):
    server = Server(rulec, str(folder))
    path = folder / file
    text = path.read_text()
    uri = path.as_uri()
    begin = time.perf_counter()
    server.open(uri, text)
    first = server.note(
        "textDocument/publishDiagnostics", 60, lambda p: p["uri"] == uri)["at"] - begin
    # A rule is written at the end of the file.
    start = "\n\nrule A new one\n  if the "
    lines = text.count("\n")
    server.change(uri, lines, len(text.split("\n")[-1]), start)
    server.note("textDocument/publishDiagnostics", 60, lambda p: p["uri"] == uri)
    row, column = lines + 3, len("  if the ")
    times = {"wrong": [], "next": [], "hover": []}
    used = busy(server)
    typed = "purpose is complaint and the recipient prefers plain "
    for letter in (typed * (1 + letters // len(typed)))[:letters]:
        time.sleep(0.12)
        begin = time.perf_counter()
        version = server.change(uri, row, column, letter)
        column += 1
        place = {"textDocument": {"uri": uri}, "position": {"line": row, "character": column}}
        number = server.ask("textDocument/completion", place)
        times["next"].append(server.answer(number)["at"] - begin)
        note = server.note(
            "textDocument/publishDiagnostics", 60,
            lambda p: p["uri"] == uri and p.get("version", 0) >= version)
        times["wrong"].append(note["at"] - begin)
        begin = time.perf_counter()
        number = server.ask("textDocument/hover", {**place, "position": {"line": 3, "character": 8}})
        times["hover"].append(server.answer(number)["at"] - begin)
    used = (busy(server) - used) / letters
    server.process.kill()
    row = [f"{1000 * first:.0f}"]
    for kind in ("wrong", "next", "hover"):
        row.append(f"{1000 * statistics.median(times[kind]):.0f} ({1000 * max(times[kind]):.0f})")
    row.append(f"{used:.0f}" if used > 0 else "?")
    print(f"| {name} | {' | '.join(row)} |", flush=True)
    return max(times["wrong"] + times["next"]) * 1000 <= BOUNDS.get(name, 300)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rulec", default=str(ROOT / ".build/release/rulec"))
    parser.add_argument("--letters", type=int, default=40)
    arguments = parser.parse_args()
    print("| policy | opened | what is wrong: median (most) | what can come next | hover | processor time |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        many = pathlib.Path(scratch) / "many"
        subprocess.run(
            [ROOT / "Tests/make-rule-sets.py", "sections", "10000", many], check=True)
        one = pathlib.Path(scratch) / "one"
        one.mkdir()
        parts = [path.read_text() for path in sorted(many.glob("*.rules"))]
        (one / "all.rules").write_text("\n".join(parts))
        fast = [
            measure(arguments.rulec, "shipped policy", ROOT / "rules", "commitments.rules", arguments.letters),
            measure(arguments.rulec, "10 000 rules in 22 files", many, "rules-005000.rules", arguments.letters),
            measure(arguments.rulec, "10 000 rules in one file", one, "all.rules", arguments.letters),
        ]
    print("the bounds are 50 ms for the shipped policy and 300 ms for the others:",
          "kept" if all(fast) else "NOT KEPT")
    sys.exit(0 if all(fast) else 1)


main()
