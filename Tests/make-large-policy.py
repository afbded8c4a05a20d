#!/usr/bin/env python3
"""Writes a large policy that has no errors: make-large-policy.py RULES FOLDER

Twenty facts, ten outcomes, and sections that override each other like the rungs of a ladder, in
files of 500 rules. The same numbers always give the same policy.
"""

import os
import random
import sys

FACTS = 20
VALUES = 12
SECTION = 100
FILE = 500


def vocabulary():
    lines = []
    for index in range(FACTS):
        if index % 5 < 2:
            values = ", ".join(f"kind-{index}-{value}" for value in range(VALUES))
            lines.append(f"fact topic {index} is: one of {values}")
        elif index % 5 == 2:
            values = ", ".join(f"item-{index}-{value}" for value in range(VALUES))
            lines.append(f"fact letter {index} contains: any of {values}, if absent nothing")
        elif index % 5 == 3:
            lines.append(f"fact count {index} is: whole number from 0 to 1000, if recorded")
        else:
            lines.append(f"fact deadline {index} is: date, if recorded")
    lines += [f"outcome send by way {index}" for index in range(10)]
    lines += [f'note note {index}: "The text of note {index}."' for index in range(10)]
    lines += ["otherwise send by way 0", "when unsure send by way 9"]
    return "\n\n".join(lines) + "\n"


def test(index, random):
    value = random.randrange(VALUES)
    other = (value + 1 + random.randrange(VALUES - 1)) % VALUES
    if index % 5 < 2:
        return f"topic {index} is kind-{index}-{value} or kind-{index}-{other}"
    if index % 5 == 2:
        return f"letter {index} contains item-{index}-{value}"
    if index % 5 == 3:
        return f"count {index} is more than {random.randrange(900)}"
    return f"deadline {index} is within {1 + random.randrange(300)} days"


def rule(number, random):
    facts = random.sample(range(FACTS), 3)
    tests = " and ".join(test(index, random) for index in sorted(facts))
    section = number // SECTION
    return (
        f"rule Number {number} of the large policy\n"
        f"  if {tests}\n"
        f"  then send by way {section % 10} with note {number % 10}\n"
        f"  because the committee decided so in its meeting number {number}\n"
    )


def main():
    count, folder = int(sys.argv[1]), sys.argv[2]
    source = random.Random(1)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "vocabulary.rules"), "w") as file:
        file.write(vocabulary())
    for first in range(0, count, FILE):
        parts = []
        for number in range(first, min(first + FILE, count)):
            if number % SECTION == 0:
                section = number // SECTION
                head = f"section Rung {section}\n"
                if section > 0:
                    head += f"  overrides section Rung {section - 1}\n"
                parts.append(head)
            parts.append(rule(number, source))
        with open(os.path.join(folder, f"rules-{first:06}.rules"), "w") as file:
            file.write("\n".join(parts))


main()
