#!/usr/bin/env python3
"""Writes what the prototypes and Drools read: encode.py

codes.bin        twenty 32-bit integers a message
vocabulary.txt   each fact's field, its kind, the number of its values, and these
rows-N.txt       the number of rows and of rules; then of each row its rule, its number of tests,
                 and four integers a test
tails-N.txt      the end of the decision's line, for each rule and for messages that none decides
if-chain-N.swift the rules as a Swift function, one `if` a rule
"""

import struct

import coded
import workload

PER_FUNCTION = 100
MOST_IN_CHAIN = 1000


def write(name, lines):
    with open(workload.path(name), "w") as file:
        file.writelines(line + "\n" for line in lines)


def kind(fact):
    for letter, facts in zip("ebids", (workload.CHOICES, workload.SENTENCES, workload.NUMBERS,
                                       workload.DATES, workload.SETS)):
        if fact in facts:
            return letter


def vocabulary():
    for fact in workload.FACTS:
        values = workload.CHOICES.get(fact) or workload.SETS.get(fact) or []
        yield " ".join([fact, kind(fact), str(len(values)), *values])


def rows(rules):
    made = [(index, row) for index, rule in enumerate(rules) for row in coded.rows(rule)]
    yield f"{len(made)} {len(rules)}"
    for index, row in made:
        yield f"{index} {len(row)} " + " ".join("%d %d %d %d" % test for test in row)


def tails(rules):
    for rule in [*rules, {"id": "", "outcome": "hold", "notes": []}]:
        notes = ",".join(f'"{note}"' for note in rule["notes"])
        yield f'","rule":"{rule["id"]}","outcome":"{rule["outcome"]}","notes":[{notes}]}}'


def expression(test):
    index, test_kind, a, b = test
    fact = f"facts[{index}]"
    if test_kind == coded.VALUES:
        if a & (a - 1) == 0:
            return f"{fact} == {a.bit_length() - 1}"
        return f"((0x{a:x} as UInt64) &>> UInt64(truncatingIfNeeded: {fact})) & 1 != 0"
    if test_kind == coded.RANGE:
        return f"{fact} <= {b}" if a == coded.LEAST else f"{fact} >= {a}"
    return f"{fact} & 0x{1 << a:x} {'!=' if test_kind == coded.HOLDS else '=='} 0"


def if_chain(rules):
    """The chain, in functions of a hundred rules, which a compiler takes in reasonable time."""
    starts = range(0, len(rules), PER_FUNCTION)
    for start in starts:
        yield f"@inline(never) func chain{start}(_ facts: UnsafePointer<Int32>) -> Int32 {{"
        for index in range(start, min(start + PER_FUNCTION, len(rules))):
            parts = [" || ".join(map(expression, clause)) for clause in coded.clauses(rules[index])]
            parts = [f"({part})" if "||" in part else part for part in parts]
            yield f"  if {' && '.join(parts)} {{ return {index} }}"
        yield "  return -1\n}"
    yield "func ifChain(_ facts: UnsafePointer<Int32>) -> Int32 {\n  var rule: Int32 = -1"
    for start in starts:
        yield f"  rule = chain{start}(facts)\n  if rule >= 0 {{ return rule }}"
    yield "  return -1\n}"


def main():
    with open(workload.path("codes.bin"), "wb") as file:
        for message in workload.messages():
            file.write(struct.pack("<20i", *coded.message(message)))
    write("vocabulary.txt", vocabulary())
    for size in workload.SIZES:
        rules = workload.rules(size)
        write(f"rows-{size}.txt", rows(rules))
        write(f"tails-{size}.txt", tails(rules))
        if size <= MOST_IN_CHAIN:
            write(f"if-chain-{size}.swift", if_chain(rules))


main()
