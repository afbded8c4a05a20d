"""Rules of which each overrides the next: the first that applies decides.

A rule is drawn so that it is true of messages that no rule before it decides; some are aimed
anywhere, and may turn out to be always set aside. A pool of random messages, and for each test the
set of messages that pass it (the bits of an integer), keep count.
"""

import itertools
import math

from . import words

WEIGHTS = {
    "preference": 10, "purpose": 16, "channel": 4, "sender": 5, "recipient": 8, "department": 12,
    "marking": 6, "region": 6, "document": 6, "language": 2, "stage": 4, "service": 3,
    "recipient has consented to email": 4, "message has attachments": 2, "address is verified": 3,
    "attachment size": 4, "age of the recipient": 3, "reply date": 4, "message contains": 7,
    "case is flagged for": 5,
}


FACTS, CUMULATED = list(WEIGHTS), list(itertools.accumulate(WEIGHTS.values()))


class Pool:
    """Random messages, and which of them pass a test."""

    def __init__(self, random, size):
        self.random, self.size = random, size
        self.everyone = (1 << size) - 1
        self.messages = [self.message() for _ in range(size)]
        self.passing = {}

    def message(self):
        random, message = self.random, {}
        for fact, values in words.CHOICES.items():
            message[fact] = values[min(int(random.expovariate(3.5 / len(values))), len(values) - 1)]
        for fact in words.SENTENCES:
            message[fact] = random.random() < 0.6
        message["attachment size"] = min(50000, int(random.lognormvariate(4.5, 2)))
        message["age of the recipient"] = min(100, max(0, int(random.gauss(42, 22))))
        message["reply date"] = random.randrange(len(words.DAYS))
        for fact, values in words.SETS.items():
            message[fact] = set(random.sample(values, random.choice([0, 1, 1, 2, 2, 3, 4])))
        return message

    def those_who_pass(self, test):
        fact, kind, value = test
        if kind == "is not":
            return self.everyone & ~self.those_who_pass((fact, "is", value))
        if kind == "one of":
            return sum(self.those_who_pass((fact, "is", one)) for one in value)
        if test not in self.passing:
            passes = {
                "is": lambda has: has == value,
                "contains": lambda has: value in has,
                "less than": lambda has: has < value,
                "at most": lambda has: has <= value,
                "more than": lambda has: has > value,
                "at least": lambda has: has >= value,
            }[kind]
            bits = bytearray(self.size // 8 + 1)
            for index, message in enumerate(self.messages):
                if passes(message[fact]):
                    bits[index >> 3] |= 1 << (index & 7)
            self.passing[test] = int.from_bytes(bits, "little")
        return self.passing[test]

    def those_who_meet(self, rule):
        bits = self.everyone
        for tests in rule["all"]:
            either = 0
            for test in tests:
                either |= self.those_who_pass(test)
            bits &= either
        for test in rule["unless"]:
            bits &= ~self.those_who_pass(test)
        return bits

    def one_of(self, bits):
        """A message whose bit is set."""
        above = bits >> self.random.randrange(self.size) or bits
        first = (above & -above).bit_length() - 1
        return self.messages[max(first + bits.bit_length() - above.bit_length(), 0)]

    def fact(self):
        return self.random.choices(FACTS, cum_weights=CUMULATED)[0]

    def test(self, message, fact):
        """A test on the fact that the message passes, or nothing."""
        random, has = self.random, message[fact]
        if fact in words.CHOICES:
            others = [value for value in words.CHOICES[fact] if value != has]
            kind = random.random()
            if kind < 0.62 or len(others) < 3:
                return (fact, "is", has)
            if kind < 0.87:
                some = random.sample(others, random.randint(1, min(4, len(others) - 1)))
                return (fact, "one of", tuple(sorted(some + [has])))
            return (fact, "is not", random.choice(others))
        if fact in words.SENTENCES:
            return (fact, "is", has)
        if fact in words.SETS:
            return (fact, "contains", random.choice(sorted(has))) if has else None
        if fact in words.DATES:
            cuts, kinds = range(1, len(words.DAYS)), ["less than", "at least"]
        else:
            cuts, kinds = words.CUTS[fact], ["less than", "at most", "more than", "at least"]
        kind = random.choice(kinds)
        fitting = [cut for cut in cuts if {
            "less than": has < cut, "at most": has <= cut,
            "more than": has > cut, "at least": has >= cut}[kind]]
        return (fact, kind, random.choice(fitting)) if fitting else None

    def candidate(self, message):
        """A rule of two to five tests that the message passes, perhaps with `or` and `unless`."""
        random, facts = self.random, []
        wanted = random.choice([2, 3, 3, 4, 4, 5])
        while len(facts) < wanted:
            fact = self.fact()
            if fact not in facts:
                facts.append(fact)
        tests = [[test] for test in (self.test(message, fact) for fact in facts) if test]
        if len(tests) < 2:
            return None
        rule = {"all": tests, "unless": []}
        if random.random() < 0.15:
            self.add_alternative(random.choice(tests))
        if random.random() < 0.15:
            self.add_alternative(rule["unless"])
            if random.random() < 0.3:
                self.add_alternative(rule["unless"])
        return rule

    def add_alternative(self, tests):
        other = self.test(self.random.choice(self.messages), self.fact())
        if other and other[0] not in [test[0] for test in tests]:
            tests.append(other)


def draw(count, random):
    """The rules, the first that applies decides."""
    pool = Pool(random, max(4000, 3 * count))
    undecided, rules, goal = pool.everyone, [], 0.8 * pool.size
    while len(rules) < count:
        left = pool.size - goal
        need = max(1, (undecided.bit_count() - left) / (count - len(rules)))
        target = need * min(4, random.lognormvariate(-0.3, 0.8))
        anywhere = random.random() < 0.08
        best = None
        for _ in range(400 if count <= 100 else 24 if count <= 2000 else 5):
            rule = pool.candidate(pool.one_of(pool.everyone if anywhere else undecided))
            meets = pool.those_who_meet(rule) if rule else 0
            hits = (meets & undecided).bit_count()
            if not meets or not (hits or anywhere):
                continue
            score = abs(math.log((hits + 0.5) / (target + 0.5)))
            if best is None or score < best[0]:
                best = (score, rule, meets)
            if score < 0.15:
                break
        if best:
            undecided &= ~best[2]
            best[1]["outcome"] = random.choices(words.OUTCOMES, [45, 30, 15, 10])[0]
            best[1]["notes"] = random.sample(words.NOTES, random.choice([0, 0, 1, 1, 2]))
            rules.append(best[1])
    return rules


def sentence(test):
    fact, kind, value = test
    if fact in words.SENTENCES:
        return f"the {fact}" if value else f"the {words.negative(fact)}"
    if fact in words.SETS:
        return f"the {fact} {value}"
    if fact in words.DATES:
        day, month = words.DAYS[value]
        when = "before" if kind == "less than" else "on or after"
        return f"the {fact} is {when} {day} {words.MONTHS[month]} 2026"
    ending = {"is": "", "one of": "one of ", "is not": "not "}.get(kind, kind + " ")
    return f"the {fact} is {ending}{', '.join(value) if kind == 'one of' else value}"


def condition(rule):
    parts = []
    for tests in rule["all"]:
        text = " or ".join(sentence(test) for test in tests)
        parts.append(f"({text})" if len(tests) > 1 else text)
    text = "\n    and ".join(parts)
    if rule["unless"]:
        text += "\n    unless " + " or ".join(sentence(test) for test in rule["unless"])
    return text


def change(rules, changes):
    """Another outcome for every second of the rules to change, one test less for the others."""
    for number in range(changes):
        rule = rules[(2 * number + 1) * len(rules) // (2 * changes)]
        if number % 2 == 0:
            place = words.OUTCOMES.index(rule["outcome"])
            rule["outcome"] = words.OUTCOMES[(place + 1) % len(words.OUTCOMES)]
        else:
            rule["all"].pop()


def make(count, random, changes):
    rules = draw(count, random)
    change(rules, changes)
    lines = [tests for rule in rules for tests in rule["all"] + [rule["unless"]]]
    facts = {test[0] for tests in lines for test in tests}
    notes = {note for rule in rules for note in rule["notes"]}
    declared = words.declarations(facts)
    declared += [f"outcome {outcome}" for outcome in words.OUTCOMES]
    declared += [f"note {note}" for note in words.NOTES if note in notes]
    declared += ["otherwise hold for review", "when unsure hold for review"]
    statements = []
    for number, rule in enumerate(rules):
        then = rule["outcome"]
        if rule["notes"]:
            then += " with " + " and ".join(rule["notes"])
        clauses = [f"because the committee decided so in its meeting number {number + 1}"]
        if number + 1 < count:
            clauses.append(f"overrides Rung {number + 2}")
        statements.append(words.rule(f"Rung {number + 1}", condition(rule), then, *clauses))
    return declared, statements
