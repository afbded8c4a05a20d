#!/usr/bin/env python3
"""Compares the decisions of `rulec decide` with what is expected: answers.py RULEC SIZE [SECONDS]

Compared are the rule that won, the outcome and the notes, of as many messages as are decided in
time. Prints one JSON object, and the first decisions that differ on standard error.
"""

import json
import subprocess
import sys
import threading

import workload


def decisions(rulec, size, seconds):
    """The decisions that come within so many seconds."""
    command = [rulec, "decide", workload.path(f"policy-{size}"), "--messages",
               workload.path("messages.ndjson")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    late = threading.Event()

    def stop():
        late.set()
        process.kill()

    timer = threading.Timer(seconds, stop)
    timer.start()
    complaints = []
    reader = threading.Thread(target=lambda: complaints.append(process.stderr.read()))
    reader.start()
    for line in process.stdout:
        if line.endswith(b"\n"):
            yield json.loads(line)
    timer.cancel()
    process.wait()
    reader.join()
    if process.returncode and not late.is_set():
        sys.exit(f"rulec decide: exit code {process.returncode}: {complaints[0].decode()[:500]}")


def differs(decision, number, rule):
    name, outcome, notes = (rule["id"], rule["outcome"], rule["notes"]) if rule \
        else ("otherwise", "hold", [])
    return (decision.get("id") != f"m{number:06}" or decision.get("rules") != [name]
            or decision.get("sure") is not True or decision.get("outcome") != outcome
            or sorted(decision.get("notes", [])) != sorted(notes))


def main():
    rulec, size = sys.argv[1], int(sys.argv[2])
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 30
    rules, expected = workload.rules(size), workload.expected(size)
    compared = wrong = 0
    for number, decision in enumerate(decisions(rulec, size, seconds)):
        index = expected[number]
        if differs(decision, number, rules[index] if index >= 0 else None):
            wrong += 1
            if wrong <= 5:
                print(f"{size} rules: expected rule {index}: {decision}", file=sys.stderr)
        compared += 1
    print(json.dumps({"compared": compared, "wrong": wrong}))


main()
