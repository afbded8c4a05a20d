#!/usr/bin/env python3
"""Writes rules-N.pl for each size, and the first messages as messages.pl: as_prolog.py [COUNT]"""

import sys

import languages
import workload


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
    prolog = languages.Prolog()
    for size in workload.SIZES:
        with open(workload.path(f"rules-{size}.pl"), "w") as file:
            file.write(prolog.program(workload.rules(size)))
    with open(workload.path("messages.pl"), "w") as file:
        for index, message in enumerate(workload.messages(count)):
            file.write(prolog.message(index, message))


main()
