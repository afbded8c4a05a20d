#!/usr/bin/env python3
"""Says what is right: oracle.py [SIZE...]

Takes the rules as they stand and asks them one by one of every message; shares no code with the
engines, nor with what drew the rules. Writes expected-N.txt: for each message the index of the rule
that decides, or -1. 10 000 rules take some minutes.
"""

import multiprocessing
import sys

import workload

PART = 2500


def passes(test, message):
    has, op, value = message[test["f"]], test["op"], test["v"]
    if op in ("eq", "is"):
        return has == value
    if op == "ne":
        return has != value
    if op == "in":
        return has in value
    if op == "has":
        return value in has
    if op in ("lt", "before"):
        return has < value
    if op in ("ge", "from"):
        return has >= value
    if op == "le":
        return has <= value
    if op == "gt":
        return has > value
    raise ValueError(op)


def holds(clause, message):
    alternatives = clause.get("any")
    if alternatives is None:
        return passes(clause, message)
    for test in alternatives:
        if passes(test, message):
            return True
    return False


def decide(rules, message):
    for index, rule in enumerate(rules):
        for clause in rule["all"]:
            if not holds(clause, message):
                break
        else:
            if rule["unless"] is None or not holds(rule["unless"], message):
                return index
    return -1


def decide_part(start):
    return [decide(RULES, message) for message in MESSAGES[start:start + PART]]


if __name__ == "__main__":
    MESSAGES = workload.messages()
    for size in [int(word) for word in sys.argv[1:]] or workload.SIZES:
        RULES = workload.rules(size)
        # Forked after the rules are read, so that the children have them.
        with multiprocessing.get_context("fork").Pool(2) as pool:
            parts = pool.map(decide_part, range(0, len(MESSAGES), PART), 1)
        winners = [index for part in parts for index in part]
        with open(workload.path(f"expected-{size}.txt"), "w") as file:
            file.write("\n".join(map(str, winners)) + "\n")
        print(f"{size} rules, of which {len(set(winners) - {-1})} decide a message", flush=True)
