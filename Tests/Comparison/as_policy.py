#!/usr/bin/env python3
"""Writes the rules of a size as a policy of ours: as_policy.py SIZE FOLDER [--section K]

The first rule that is true of a message decides, so each rule overrides the next. With `--section`
K rules stand in each section, and each section overrides the next: the same decisions. A rule whose
condition no message can meet is an error in a policy; it decides nothing, and is left out.
"""

import argparse
import datetime
import os

import coded
import workload

PHRASES = {
    "pref": "preference is", "purpose": "purpose is", "channel": "channel is",
    "sender": "sender is", "recipient": "recipient is", "dept": "department is",
    "sens": "marking is", "region": "region is", "doctype": "document is", "lang": "language is",
    "stage": "stage is", "service": "service is",
    "consent": "recipient has consented to email", "attach": "message has attachments",
    "verified": "sender has been verified",
    "size_kb": "attachment size is", "age": "age of the recipient is", "due": "reply date is",
    "topics": "message contains", "flags": "case is flagged for",
}
NEGATIVES = {
    "consent": "recipient has not consented to email", "attach": "message has no attachments",
    "verified": "sender has not been verified",
}
COMPARISONS = {"lt": "less than", "le": "at most", "gt": "more than", "ge": "at least",
               "before": "before", "from": "on or after"}


def declaration(fact):
    phrase = PHRASES[fact]
    if fact in workload.CHOICES:
        kind = "one of " + ", ".join(value(one) for one in workload.CHOICES[fact])
    elif fact in workload.SETS:
        kind = "any of " + ", ".join(workload.SETS[fact])
    elif fact in workload.SENTENCES:
        kind = "yes or no"
    elif fact in workload.NUMBERS:
        kind = f"whole number from 0 to {workload.NUMBERS[fact]}"
    else:
        kind = "date"
    lines = [f"fact {phrase}: {kind}", f"  from {fact}"]
    if fact in workload.SENTENCES:
        lines.append(f"  negative {NEGATIVES[fact]}")
    return "\n".join(lines)


def value(one):
    if isinstance(one, str) and one[:2] == "20":
        day = datetime.date.fromisoformat(one)
        return f"{day.day} {day:%B %Y}"
    return str(one)


def sentence(test):
    fact, op, has = test["f"], test["op"], test["v"]
    phrase = "the " + PHRASES[fact]
    if op == "is":
        return phrase if has else "the " + NEGATIVES[fact]
    if op in ("eq", "has"):
        return f"{phrase} {value(has)}"
    if op == "ne":
        return f"{phrase} not {value(has)}"
    if op == "in":
        return f"{phrase} one of {', '.join(value(one) for one in has)}"
    return f"{phrase} {COMPARISONS[op]} {value(has)}"


def condition(clauses):
    """The clauses joined by `and`; one with `or` in it stands in brackets if it is not alone."""
    parts = [" or ".join(sentence(test) for test in workload.tests(clause)) for clause in clauses]
    if len(parts) > 1:
        parts = [f"({part})" if "any" in clause else part
                 for part, clause in zip(parts, clauses)]
    return " and ".join(parts)


def statement(rule, next_rule):
    then = rule["outcome"]
    if rule["notes"]:
        then += " with " + ", ".join(rule["notes"])
    lines = [f"rule {rule['id']}", f"  if {condition(rule['all'])}", f"  then {then}"]
    if rule["unless"]:
        lines.append(f"  unless {condition([rule['unless']])}")
    if next_rule:
        lines += [f"  overrides {next_rule['id']}", "  because it comes first"]
    return "\n".join(lines)


def vocabulary():
    lines = [declaration(fact) for fact in workload.FACTS]
    lines += ["\n".join(f"outcome {outcome}" for outcome in workload.OUTCOMES)]
    lines += ["\n".join(f"note {note}" for note in workload.NOTES)]
    return lines + ["otherwise hold", "when unsure hold"]


def write(folder, name, statements):
    with open(os.path.join(folder, name + ".rules"), "w") as file:
        file.write("\n\n".join(statements) + "\n")


def write_policy(rules, folder, in_section=None, per_file=1000):
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        if name.endswith(".rules"):
            os.remove(os.path.join(folder, name))
    write(folder, "vocabulary", vocabulary())
    step = in_section or per_file
    for first in range(0, len(rules), step):
        part = []
        if in_section:
            part.append(f"section part-{first}")
            if first + step < len(rules):
                part[0] += f"\n  overrides section part-{first + step}"
        for index in range(first, min(first + step, len(rules))):
            is_last = index + 1 == len(rules) or (in_section and index + 1 == first + step)
            part.append(statement(rules[index], None if is_last else rules[index + 1]))
        write(folder, f"rules-{first:05}", part)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int)
    parser.add_argument("folder")
    parser.add_argument("--section", type=int, metavar="K")
    arguments = parser.parse_args()
    every = workload.rules(arguments.size)
    rules = [rule for rule in every if coded.can_apply(rule)]
    if len(rules) < len(every):
        count = len(every) - len(rules)
        print(f"{arguments.size} rules: {count} left out, which no message can meet")
    write_policy(rules, arguments.folder, arguments.section)


main()
