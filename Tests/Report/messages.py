"""Random messages to a policy: of its own values and boundaries, complete and not, right and wrong."""
import datetime
import json
import random

DAY_ZERO = datetime.date(1970, 1, 1)


class Messages:
    def __init__(self, policy, seed):
        self.policy = policy
        self.random = random.Random(seed)
        self.tests = {}
        for test in policy["tests"]:
            if "fact" in test:
                self.tests.setdefault(test["fact"], []).append(test)

    def make(self, count):
        """JSON objects, one a line."""
        return [self.message(number) for number in range(count)]

    def message(self, number):
        today = self.random.choice(["2026-11-23", "2000-01-01", "2099-12-31", self.any_day()])
        fields, unknown = {}, []
        told = self.random.choice([0.2, 0.5, 0.8, 0.97, 1])
        scenario = self.random.choice(self.policy["scenarios"] or [None])
        given = {}
        if scenario and self.random.random() < 0.7:
            given = {item["fact"]: item for item in scenario["given"]}
            if self.random.random() < 0.5:
                today = iso(scenario["on"])
        for index, fact in enumerate(self.policy["facts"]):
            if index in given and self.random.random() < 0.85:
                self.put_given(fact, given[index], fields, unknown)
            elif self.random.random() < told:
                put(fields, fact["path"], self.value(index, fact, today))
            elif self.random.random() < 0.15:
                unknown.append(".".join(fact["path"]))
            elif self.random.random() < 0.1:
                put(fields, fact["path"], None)
        message = {"id": f"m-{number}", "on": today, **fields}
        if unknown or self.random.random() < 0.05:
            message["unknown"] = unknown
        text = json.dumps(message, ensure_ascii=False)
        if self.random.random() < 0.01:
            text = self.random.choice(['{"id": 1, ', '{"\\u0069d": 1, ', '{"more": {"a": 1, "a": 1}, ']) + text[1:]
        return text.replace('"@number:', "").replace(':number@"', "")

    def put_given(self, fact, given, fields, unknown):
        if "value" in given:
            put(fields, fact["path"], written(fact, given["value"]))
        elif given["state"] == "missing":
            unknown.append(".".join(fact["path"]))

    def value(self, index, fact, today):
        tests = self.tests.get(index, [])
        if self.random.random() < 0.004:
            return self.random.choice([True, 7, "no such value", [], ["x"], {}, "2026-02-30"])
        kind = fact["kind"]
        if kind == "choice":
            return self.random.choice(fact["values"])
        if kind == "set":
            share = self.random.choice([0.1, 0.3, 0.6])
            return [value for value in fact["values"] if self.random.random() < share]
        if kind == "flag":
            return self.random.random() < 0.5
        if kind == "number":
            return self.number(fact, tests)
        if kind == "day":
            return self.day(tests, today)
        return self.text(tests)

    def number(self, fact, tests):
        step = 1000000 if fact.get("whole") else 1
        low = int(fact.get("low", -(10**18)))
        high = int(fact.get("high", 10**18))
        edges = [low, high, 0, 1000000] + ([] if fact.get("whole") else [500000])
        for test in tests:
            for first, last in test.get("ranges", []):
                edges += [int(first), int(last)]
        picked = self.random.choice(edges) + self.random.choice([-1, 0, 0, 1]) * step
        if self.random.random() < 0.99:
            picked = min(max(picked, low), high)
        return f"@number:{decimal(picked)}:number@"

    def day(self, tests, today):
        base = datetime.date.fromisoformat(today)
        days = [0, 1, -1, 5, 9, 10, 11, 14, 28, 365, -27, -28, -29, -365, -366, 400]
        for test in tests:
            for bound in [bound for range in test.get("ranges", []) for bound in range if bound]:
                if "day" in bound:
                    days.append(bound["day"] - (base - DAY_ZERO).days)
                elif "unit" in bound:
                    factor = {"days": 1, "weeks": 7, "months": 30.4, "years": 365.2}.get(bound["unit"], 1.4)
                    days.append(round(bound["plus"] * factor))
        number = (base - DAY_ZERO).days + self.random.choice(days) + self.random.choice([-2, -1, 0, 0, 1, 2])
        return iso(min(max(number, -25567), 2932896))

    def text(self, tests):
        patterns = [text for test in tests for _, text in test.get("patterns", [])]
        if not patterns or self.random.random() < 0.2:
            return self.random.choice(["", "pat@example.org", "é", "GOV.UK", "x@y", "\u0130\u212a.", "🙂@🙂"])
        text = self.random.choice(patterns)
        changes = [str, str.upper, str.title, "a@{}".format, "a@b.{}".format, "{}.".format,
                   "not{}".format, "{}x".format, "a@{}@b".format, lambda text: text[1:]]
        return self.random.choice(changes)(text)

    def any_day(self):
        return iso(self.random.randint(10957, 47481))


def put(fields, path, value):
    for step in path[:-1]:
        fields = fields.setdefault(step, {})
        if fields is None:
            return
    fields[path[-1]] = value


def written(fact, value):
    kind = fact["kind"]
    if kind == "choice":
        return fact["values"][value]
    if kind == "set":
        return [fact["values"][item] for item in value]
    if kind == "number":
        return f"@number:{decimal(int(value))}:number@"
    if kind == "day":
        return iso(value)
    return value


def decimal(millionths):
    sign, magnitude = ("-", -millionths) if millionths < 0 else ("", millionths)
    decimals = f"{magnitude % 1000000:06}".rstrip("0")
    return f"{sign}{magnitude // 1000000}" + (f".{decimals}" if decimals else "")


def iso(number):
    year_zero = datetime.date.fromordinal(DAY_ZERO.toordinal() + number)
    return year_zero.isoformat()
