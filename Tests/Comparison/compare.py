#!/usr/bin/env python3
"""Measures everyone in interleaved rounds, and writes the table: compare.py RULEC [ROUNDS]

In each round every contender is measured once for each number of rules, in a process of its own.
Each measurement is a line of results.jsonl. CONTENDERS="rulec bitset" measures these alone, and
leaves the page as it is. The exit code is 1 if anyone's answers are wrong.
"""

import json
import os
import subprocess
import sys

import page
import table
import workload
from contenders import PEERS, PROTOTYPES, missing

LIMIT = int(os.environ.get("LIMIT", "300"))


def run(command):
    """The JSON object that a command prints last, or the reason why there is none."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return {"error": f"stopped after {LIMIT} seconds"}
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        said = (done.stderr.strip().splitlines() or ["nothing said"])[-1]
        return {"error": f"exit code {done.returncode}: {said[:200]}"}
    return json.loads(lines[-1])


def has_bench(rulec):
    return subprocess.run([rulec, "bench", "--help"], capture_output=True).returncode == 0


def bench(rulec, size):
    """What `rulec bench` measures, in the words of the other measurements."""
    result = run([rulec, "bench", workload.path(f"policy-{size}"), "--messages",
                  workload.path("messages.ndjson"), "--format", "json"])
    if "error" in result:
        return result
    return {"median": result["decide"]["median"], "p99": result["decide"]["p99"],
            "line": result["lines"]["median"], "lineTwoJobs": result["linesTwoJobs"]["median"],
            "load": result["load"]["text"], "build": result["load"]["build"],
            "program": result["memory"]["program"], "peak": result["memory"]["peak"]}


def answers(rulec, size):
    return run([sys.executable, os.path.join(workload.HERE, "answers.py"), rulec, str(size)])


def rulec_measurement(rulec, size, is_first, can_bench):
    """Times in every round, answers in the first one: the same messages give the same decisions."""
    result = bench(rulec, size) if can_bench else {}
    return {**(answers(rulec, size) if is_first else {}), **result}


def main():
    rulec = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    wanted = os.environ.get("CONTENDERS", "").split()
    chosen = [one for one in [*PROTOTYPES, *PEERS] if not wanted or one.name in wanted]
    skipped = [f"{one.label}: {missing(one)}" for one in chosen if missing(one)]
    chosen = [one for one in chosen if not missing(one)]
    with_rulec = not wanted or "rulec" in wanted
    can_bench = with_rulec and has_bench(rulec)
    if with_rulec and not can_bench:
        skipped.append("the times of rulec: this build has no `rulec bench`")
    for line in skipped:
        print(f"skipped: {line}", flush=True)
    results = []
    with open(workload.path("results.jsonl"), "w") as file:
        def keep(name, size, number, result):
            results.append({"engine": name, "rules": size, "round": number, **result})
            file.write(json.dumps(results[-1]) + "\n")
            file.flush()
            print(json.dumps(results[-1]), flush=True)

        for number in range(rounds):
            for size in workload.SIZES:
                if with_rulec and (can_bench or number == 0):
                    keep("rulec", size, number,
                         rulec_measurement(rulec, size, number == 0, can_bench))
                for one in chosen:
                    if size <= one.most:
                        keep(one.name, size, number, run(one.command(size)))
    text = table.text(results, rounds, skipped)
    print(text)
    if not wanted and workload.SIZES == [10, 100, 1000, 10000]:
        page.replace("table", text)
    return 1 if any(one.get("wrong") for one in results) else 0


if __name__ == "__main__":
    sys.exit(main())
