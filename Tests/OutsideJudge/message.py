"""One message on one day: as values, as JSON, and the truth of tests about it."""

from . import days, texts

ABSENT = None


class Truth:
    """The logic of one message; values by fact, numbers in millionths, dates as day numbers."""

    def __init__(self, policy, values, today):
        self.policy, self.values, self.today = policy, values, today

    all, any = staticmethod(all), staticmethod(any)

    @staticmethod
    def no(value):
        return not value

    def atom(self, formula):
        kind = formula[0]
        if kind == "today from":
            return self.today >= formula[1]
        if kind == "working day":
            return self.policy.calendar.is_working_day(self.today)
        value = self.values[formula[1]]
        if kind == "present":
            return value is not ABSENT
        if value is ABSENT:
            return False
        if kind == "yes":
            return value
        if kind == "is":
            return value == formula[2]
        if kind == "has":
            return formula[2] in value
        if kind == "text":
            return texts.passes(value, *formula[2])
        return value >= self.bound(formula[2])

    def bound(self, bound):
        if isinstance(bound, int):
            return bound
        _, unit, count, plus = bound
        return self.policy.calendar.moved(self.today, unit, count) + plus


def as_json(policy, values, random=None):
    """The message's fields; a default may be left out."""
    fields = {}
    for fact, value in values.items():
        if value is ABSENT:
            continue
        if random and fact.mode == "defaulted" and value == fact.default and random.random() < 0.5:
            continue
        if fact.kind == "number":
            value = value // 1000000 if value % 1000000 == 0 else value / 1000000
        elif fact.kind == "date":
            value = days.iso(value)
        fields[fact.field] = value
    return fields


def from_json(policy, fields, complete):
    """The values of an example; `complete` gives those of required facts that it lacks."""
    values = {}
    for fact in policy.facts:
        value = fields.get(fact.field)
        if value is None:
            values[fact] = {"optional": lambda: ABSENT, "defaulted": lambda: fact.default,
                            "required": lambda: complete(fact)}[fact.mode]()
            continue
        if fact.kind == "number":
            value = round(value * 1000000)
        elif fact.kind == "date":
            value = days.from_iso(value)
        elif fact.kind == "set":
            value = sorted(value) if isinstance(value, list) else [value]
        values[fact] = value
    return values


def random_value(policy, fact, random, today):
    if fact.kind == "choice":
        return random.choice(fact.values)
    if fact.kind == "set":
        return sorted(value for value in fact.values if random.random() < 0.4)
    if fact.kind == "sentence":
        return random.random() < 0.5
    if fact.kind == "text":
        return random.choice(policy.possible_texts[fact])[1]
    if fact.kind == "date":
        near = random.choice([*policy.author.days, *[
            policy.calendar.moved(today, unit, random.choice([count, -count]))
            for unit, count in policy.author.durations]])
        return max(days.FIRST_OF_MESSAGE, min(days.LAST, near + random.choice([-1, 0, 0, 1, 30])))
    low, high = fact.range()
    value = 1000000 * random.randint(-3, 25)
    value += 0 if fact.whole else random.choice([0, 1, -1, 500000])
    return max(low, min(high, value))


def random_message(policy, random):
    today = random.choice([random.randint(days.FIRST_TODAY, days.LAST_TODAY), *[
        day for day in policy.author.days]])
    values = {}
    for fact in policy.facts:
        absent = fact.mode == "optional" and random.random() < 0.3
        values[fact] = ABSENT if absent else random_value(policy, fact, random, today)
    return values, today
