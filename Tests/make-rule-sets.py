#!/usr/bin/env python3
"""Writes a policy to measure with: make-rule-sets.py FAMILY N FOLDER [--changed K]

The policies have no errors, and few warnings. The same numbers always give the same policy.

  ladder       N rules, each overrides the next, over twenty facts
  sections     N rules in sections that override each other; guards, notes, ten promises
  disjoint     N rules without overrides and without `otherwise`: exactly one of them applies

and hard ones:

  every-fact   N rules of which each tests every fact
  wildcards    N rules with few tests each, which overlap
  definitions  N definitions that use each other, in as many layers as may be
  thresholds   N thresholds of one number
  patterns     N tests of one text

`--changed K` changes K rules of a ladder, or of disjoint rules: two versions to compare.
"""

import argparse
import random

from RuleSets import adversarial, disjoint, ladder, sections, words

FAMILIES = {
    "ladder": ladder.make,
    "sections": sections.make,
    "disjoint": disjoint.make,
    "every-fact": adversarial.every_fact,
    "wildcards": adversarial.wildcards,
    "definitions": adversarial.definitions,
    "thresholds": adversarial.thresholds,
    "patterns": adversarial.patterns,
}
CHANGEABLE = ["ladder", "disjoint"]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("size", type=int)
    parser.add_argument("folder")
    parser.add_argument("--changed", type=int, default=0, metavar="K")
    arguments = parser.parse_args()
    if arguments.changed and arguments.family not in CHANGEABLE:
        parser.error(f"--changed is for {' and '.join(CHANGEABLE)}")
    source = random.Random(f"{arguments.family} {arguments.size}")
    more = [arguments.changed] if arguments.family in CHANGEABLE else []
    declared, statements = FAMILIES[arguments.family](arguments.size, source, *more)
    words.write(arguments.folder, declared, statements)


main()
