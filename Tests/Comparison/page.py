#!/usr/bin/env python3
"""Puts text into docs/performance.md: page.py NAME < TEXT

It replaces what stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->`.
"""

import datetime
import os
import platform
import re
import sys

import workload

PAGE = os.path.join(workload.ROOT, "docs/performance.md")


def replace(name, text):
    with open(PAGE) as file:
        page = file.read()
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if page.count(begin) != 1 or page.count(end) != 1:
        raise SystemExit(f"{PAGE}: {begin} and {end} must stand there once")
    before, rest = page.split(begin)
    with open(PAGE, "w") as file:
        file.write(f"{before}{begin}\n\n{text.strip()}\n\n{end}{rest.split(end)[1]}")


def machine():
    """The processor, the number of cores, the system and the day."""
    processor = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            names = re.findall(r"^model name\s*:\s*(.+)$", file.read(), re.MULTILINE)
        processor = names[0] if names else processor
    cores = os.cpu_count()
    today = datetime.date.today()
    return (f"{processor}, {cores} core{'s' if cores != 1 else ''}, {platform.system()}, "
            f"{today.day} {today:%B %Y}")


if __name__ == "__main__":
    replace(sys.argv[1], f"{machine()}.\n\n{sys.stdin.read()}")
