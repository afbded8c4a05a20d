#!/usr/bin/env python3
"""Writes rules-N.json for each size, the same every time: generate_rules.py

A rule has two to five tests, 15 % of the rules an `or`, 15 % an `unless`. It is drawn so that it is
true of messages that no rule before it decides, and so that a fifth of all messages is left in the
end; 8 % are aimed anywhere, and are often shadowed by rules before them.
"""

import json
import math
import random

import workload
from passing import COMPARISONS, Passing

SEED = 20251123
CUTS = {
    "size_kb": [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000],
    "age": [5, 11, 16, 18, 21, 25, 30, 40, 50, 60, 65, 70, 75, 80],
    "due": [f"2026-{month:02d}-{day:02d}" for month in range(1, 13) for day in (1, 15)],
}
WEIGHTS = {
    "pref": 10, "purpose": 16, "channel": 4, "sender": 5, "recipient": 8, "dept": 12, "sens": 6,
    "region": 6, "doctype": 6, "lang": 2, "stage": 4, "service": 3, "consent": 4, "attach": 2,
    "verified": 3, "size_kb": 4, "age": 3, "due": 4, "topics": 7, "flags": 5,
}


class Draw:
    """Draws rules about messages."""

    def __init__(self, messages, passing, source):
        self.messages, self.passing, self.source = messages, passing, source

    def rules(self, count):
        everyone = undecided = self.passing.everyone
        goal, made = 0.8 * len(self.messages), []
        while len(made) < count:
            decided = len(self.messages) - undecided.bit_count()
            need = max(1.0, (goal - decided) / (count - len(made)))
            target = need * min(4, self.source.lognormvariate(-0.3, 0.8))
            anywhere = self.source.random() < 0.08
            among = everyone if anywhere else undecided
            found = self.best(undecided, among, target, count, anywhere)
            if not found:
                continue
            rule, bits = found
            undecided &= ~bits
            outcome = self.source.choices(workload.OUTCOMES, [45, 30, 15, 10])[0]
            notes = self.source.sample(workload.NOTES, self.source.choice([0, 0, 1, 1, 2]))
            made.append({"id": f"r{len(made)}", **rule, "outcome": outcome, "notes": notes})
        left = undecided.bit_count() / len(self.messages)
        print(f"{count} rules, which leave {left:.1%} of the messages", flush=True)
        return made

    def best(self, undecided, among, target, count, anywhere):
        """The candidate that decides closest to `target` messages more, and whom it is true of."""
        models = [self.messages[self.one_of(among)] for _ in range(6)]
        best = None
        for attempt in range(24 if count > 100 else 200 if count > 10 else 3000):
            rule = self.candidate(models[attempt % 6])
            if not rule:
                continue
            bits = self.passing.of_rule(rule)
            hits = (bits & undecided).bit_count()
            if not hits and not anywhere:
                continue
            score = abs(math.log((hits + 0.5) / (target + 0.5))) \
                + 0.05 * math.log1p(bits.bit_count() / (hits + 1))
            if best is None or score < best[0]:
                best = (score, rule, bits)
            if best[0] < (0.15 if count > 10 else 0.03):
                break
        return best and best[1:]

    def one_of(self, bits):
        """The index of a bit that is set, drawn at random unless few are."""
        for _ in range(400):
            index = self.source.randrange(len(self.messages))
            if bits >> index & 1:
                return index
        return (bits & -bits).bit_length() - 1

    def candidate(self, message):
        """A rule that is true of the message, save for its `unless`; nothing if it is too short."""
        source, facts = self.source, []
        wanted = source.choice([2, 3, 3, 4, 4, 5])
        while len(facts) < wanted:
            fact = self.fact()
            if fact not in facts:
                facts.append(fact)
        clauses = [test for test in (self.test(message, fact) for fact in facts) if test]
        if len(clauses) < 2:
            return None
        if source.random() < 0.15:
            self.add_alternative(clauses)
        return {"all": clauses, "unless": self.exception() if source.random() < 0.15 else None}

    def add_alternative(self, clauses):
        index = self.source.randrange(len(clauses))
        other = self.any_test()
        if other and other != clauses[index]:
            pair = [clauses[index], other]
            self.source.shuffle(pair)
            clauses[index] = {"any": pair}

    def exception(self):
        first = self.any_test()
        if first and self.source.random() < 0.3:
            second = self.any_test()
            if second:
                return {"any": [first, second]}
        return first

    def fact(self):
        return self.source.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]

    def any_test(self):
        fact = self.fact()
        return self.test(self.source.choice(self.messages), fact)

    def test(self, message, fact):
        """A test of the fact that the message passes, or nothing."""
        source, value = self.source, message[fact]
        if fact in workload.CHOICES:
            return self.test_of_choice(fact, value)
        if fact in workload.SENTENCES:
            return {"f": fact, "op": "is", "v": value}
        if fact in workload.SETS:
            return {"f": fact, "op": "has", "v": source.choice(value)} if value else None
        op = source.choice(["before", "from"] if fact == "due" else ["lt", "le", "gt", "ge"])
        fitting = [cut for cut in CUTS[fact] if COMPARISONS[op](value, cut)]
        return {"f": fact, "op": op, "v": source.choice(fitting)} if fitting else None

    def test_of_choice(self, fact, value):
        source, values = self.source, workload.CHOICES[fact]
        others, kind = [other for other in values if other != value], source.random()
        if kind < 0.62:
            return {"f": fact, "op": "eq", "v": value}
        if kind < 0.87 and len(values) > 3:
            some = source.sample(others, source.randint(1, min(4, len(values) - 2)))
            return {"f": fact, "op": "in", "v": sorted(some + [value])}
        return {"f": fact, "op": "ne", "v": source.choice(others)}


def main():
    messages = workload.messages()
    passing = Passing(messages)
    for size in workload.SIZES:
        rules = Draw(messages, passing, random.Random(SEED + size)).rules(size)
        with open(workload.path(f"rules-{size}.json"), "w") as file:
            lines = ",\n".join(json.dumps(rule, separators=(",", ":")) for rule in rules)
            file.write('{"default":{"outcome":"hold","notes":[]},"rules":[\n' + lines + "\n]}\n")


main()
