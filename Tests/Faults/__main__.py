"""Puts `rulec serve` through what goes wrong in earnest: __main__.py RULEC [--short] [--write PAGE]

Prints a table, a line for each kind of fault; the exit code is 1 if anything was lost or wrong. With --write the
table is put into the page, between the lines that mark it.
"""

import argparse
import pathlib
import subprocess
import sys
import time

from . import changes, hostility, killing
from .service import ROOT, expected, temporary


def rows(rulec, is_short):
    with temporary() as folder:
        policy = f"{folder}/rules.policy"
        subprocess.run(
            [rulec, "build", str(ROOT / "rules"), "-o", policy], check=True, capture_output=True)
        expectation = expected(rulec, policy)
        common = (rulec, policy, expectation)
        kills, few = (30, 3) if is_short else (1000, 20)
        yield killing.kill(*common, kills // 2, "always")
        yield killing.kill(*common, kills // 2, "interval")
        yield killing.end(*common, few)
        yield killing.full_disk(*common, few)
        yield killing.full_tmpfs(*common)
        for call, error in [("write", "EIO"), ("write", "ENOSPC"), ("fdatasync", "EIO")]:
            yield killing.injected(*common, call, error, few)
        yield changes.clock(*common)
        yield changes.reload(rulec, 8 if is_short else 60)
        yield changes.supervised(rulec, policy)
        size = 1 if is_short else 5
        attacks = [
            ("clients that send a byte a second",
             hostility.one_byte_a_second(100, 3 if is_short else 20), ()),
            ("lines of 10 MB", hostility.long_lines(4 * size), ()),
            ("lines of 1 MB that never end", hostility.many_long_lines(150), ()),
            ("random bytes", hostility.binary(40 * size), ()),
            ("connections at once", hostility.connections(1000 if is_short else 10_000),
             ("--max-connections", "12000")),
            ("more connections than there may be", hostility.too_many, ("--max-connections", "100")),
            ("connections that are half closed", hostility.half_closed(200 * size), ()),
            ("clients that vanish", hostility.vanishing(200 * size), ()),
            ("clients that read no answer", hostility.deaf(20), ()),
        ]
        if not is_short:
            attacks.append(("a message that is never finished", hostility.too_slow, ()))
        for what, attack, options in attacks:
            yield hostility.beside(*common, what, attack, *options)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rulec")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--write", type=pathlib.Path)
    options = parser.parse_args()
    lines = ["| fault | times | answered meanwhile | lost or wrong | |", "| --- | ---: | ---: | ---: | --- |"]
    bad, start = 0, time.monotonic()
    print("\n".join(lines), flush=True)
    for row in rows(str(pathlib.Path(options.rulec).resolve()), options.short):
        if row is None:
            print("(a fault that cannot be made on this machine was left out)", flush=True)
            continue
        bad += row["bad"]
        lines.append(
            f"| {row['what']} | {row['times']} | {row['answered']} | {row['bad']} | {row['note']} |")
        print(lines[-1], flush=True)
    print(f"{bad} lost or wrong; {time.monotonic() - start:.0f} s", flush=True)
    if options.write:
        page = options.write.read_text()
        begin, end = "<!-- table -->\n", "<!-- end of table -->"
        head, rest = page.split(begin)
        options.write.write_text(
            head + begin + "\n" + "\n".join(lines) + "\n\n" + end + rest.split(end)[1])
    sys.exit(1 if bad else 0)


main()
