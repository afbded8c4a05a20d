#!/usr/bin/env python3
"""Writes messages.ndjson, the same every time: generate_messages.py [COUNT]

Values are drawn with unequal weights, and department and purpose go together, as in real mail. Each
message holds one field that no rule asks for, with escapes in it; 5 % have their fields in another
order.
"""

import datetime
import json
import os
import random
import sys

import workload

SEED = 20251123
STEEPNESS = {3: 0.6, 4: 0.7, 5: 0.8}
WORDS = """Re: Fwd: update your case decision notice appeal hearing date review of plan José Łódź
    £250 "final" form A/12""".split()


def weights(count):
    """Weights after Zipf's law, steeper for longer lists."""
    raw = [1 / (rank + 1) ** STEEPNESS.get(count, 0.85) for rank in range(count)]
    return [weight / sum(raw) for weight in raw]


def draw(count, source):
    order, weight = {}, {}
    for fact, values in workload.CHOICES.items():
        order[fact] = values[:]
        source.shuffle(order[fact])
        weight[fact] = weights(len(values))
    usual = {purpose: source.choices(order["dept"], weight["dept"], k=3)
             for purpose in workload.CHOICES["purpose"]}
    for index in range(count):
        yield message(index, source, order, weight, usual)


def message(index, source, order, weight, usual):
    made = {"id": f"m{index:06d}"}
    for fact in workload.CHOICES:
        made[fact] = source.choices(order[fact], weight[fact])[0]
    if source.random() < 0.6:
        made["dept"] = source.choice(usual[made["purpose"]])
    made["consent"] = source.random() < 0.55
    made["attach"] = source.random() < 0.4
    made["verified"] = source.random() < 0.8
    made["size_kb"] = min(50000, int(source.lognormvariate(5, 1.8))) if made["attach"] \
        else source.randint(1, 40)
    made["age"] = min(100, max(0, int(source.gauss(42, 22))))
    day = datetime.date(2026, 1, 1).toordinal() + int(source.triangular(-60, 400, 20))
    made["due"] = datetime.date.fromordinal(day).isoformat()
    made["topics"] = source.sample(workload.SETS["topics"], source.choice([0, 1, 1, 2, 2, 3, 4]))
    made["flags"] = source.sample(workload.SETS["flags"], source.choice([0, 0, 0, 1, 1, 2]))
    made["subj"] = " ".join(source.choices(WORDS, k=source.randint(1, 5)))
    if source.random() < 0.05:
        fields = list(made)
        source.shuffle(fields)
        made = {field: made[field] for field in fields}
    return made


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    os.makedirs(workload.FOLDER, exist_ok=True)
    with open(workload.path("messages.ndjson"), "w") as file:
        for made in draw(count, random.Random(SEED)):
            file.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")


main()
