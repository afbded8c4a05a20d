#!/usr/bin/env python3
"""Measures one of the engines that are Python packages: measure.py ENGINE SIZE [SECONDS]

Prints one JSON object: nanoseconds a decision (median and p99) and a line, milliseconds of loading,
bytes, and how many decisions were compared with what is expected, and how many differ. One process
for each measurement, so that memory is the engine's.
"""

import gc
import itertools
import json
import os
import sys
import time

import engines
import workload

MOST = 20000
# Below so many samples there is no p99.
FEWEST = 300


def status(key):
    """A line of /proc/self/status, in bytes."""
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith(key + ":"):
                return int(line.split()[1]) * 1024


def compare(engine, messages, expected, seconds):
    """The prepared messages that there was time for, and how many decisions differ."""
    prepared, wrong, end = [], 0, time.perf_counter() + seconds
    for message, index in zip(messages, expected):
        prepared.append(engine.prepare(message))
        wrong += engine.decide(prepared[-1]) != index
        if time.perf_counter() > end:
            break
    return prepared, wrong


def decision_times(engine, prepared, seconds):
    clock, decide, times = time.perf_counter_ns, engine.decide, []
    end = time.perf_counter() + seconds
    for one in itertools.cycle(prepared):
        start = clock()
        decide(one)
        times.append(clock() - start)
        if time.perf_counter() > end:
            return sorted(times)


def line_time(engine, rules, count, seconds):
    """Nanoseconds a line: reading with orjson, if it is there, deciding, writing to nowhere."""
    try:
        import orjson
    except ImportError:
        return None
    with open(workload.path("messages.ndjson"), "rb") as file:
        lines = list(itertools.islice(file, count))
    otherwise = {"id": None, "outcome": "hold", "notes": []}
    done, start = 0, time.perf_counter()
    with open(os.devnull, "wb") as output:
        for line in itertools.cycle(lines):
            message = orjson.loads(line)
            index = engine.decide(engine.prepare(message))
            rule = rules[index] if index >= 0 else otherwise
            output.write(orjson.dumps({"id": message["id"], "rule": rule["id"],
                                       "outcome": rule["outcome"], "notes": rule["notes"]}) + b"\n")
            done += 1
            if time.perf_counter() > start + seconds:
                return (time.perf_counter() - start) * 1e9 / done


def main():
    name, size = sys.argv[1], int(sys.argv[2])
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
    rules, messages = workload.rules(size), workload.messages(MOST)
    expected = workload.expected(size, MOST)
    gc.collect()
    before = status("VmRSS")
    engines.ALL[name]().load(rules[:1])  # imports, and what is done once
    engine, start = engines.ALL[name](), time.perf_counter()
    engine.load(rules)
    load = (time.perf_counter() - start) * 1000
    program = status("VmRSS") - before
    prepared, wrong = compare(engine, messages, expected, 2 * seconds)
    times = decision_times(engine, prepared, seconds)
    line = line_time(engine, rules, len(prepared), seconds / 2)
    print(json.dumps({
        "median": times[len(times) // 2],
        "p99": times[int(len(times) * 0.99)] if len(times) >= FEWEST else None,
        "line": line, "load": load, "program": program, "peak": status("VmHWM"),
        "compared": len(prepared), "wrong": wrong}))


if __name__ == "__main__":
    sys.setrecursionlimit(100_000)
    main()
