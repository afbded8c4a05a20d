"""Random policies: the text of each, and beside it what it means, as formulas of the judge's own.

A formula is a tuple: ("and", f, …), ("or", f, …), ("not", f), ("present", fact), ("yes", fact),
("is", fact, value), ("has", fact, value), ("from", fact, bound) for "at least", ("text", fact,
pattern), ("today from", day), ("working day",), ("outcome", outcomes), ("defined", number).
A bound is a number in millionths, a day, or ("moved", unit, count, plus): today moved, plus a day.
"""

from . import days, texts

TRUE, FALSE = ("and",), ("or",)
UNITS = ["days", "days", "weeks", "months", "years", "working days"]
WORDS = ["gov.uk", "nhs.net", "x.gov.uk", "ab", "abc", "bca", "a@b.uk", "b.uk", "uk", "ov", "@",
         "ab@gov.uk", ".uk", "aba"]


class Fact:
    def __init__(self, kind, number, random):
        self.kind, self.number = kind, number
        noun, verb, negative = {
            "choice": ("colour", "is", "is not"), "set": ("parcel", "contains", "does not contain"),
            "sentence": ("point", "is settled", "is not settled"),
            "number": ("count", "is", "is not"),
            "date": ("hearing", "is", "is not"), "text": ("address", "is", "is not")}[kind]
        self.phrase, self.negative = f"{noun} {number} {verb}", f"{noun} {number} {negative}"
        self.noun = f"{noun} {number}"
        self.field = self.noun.replace(" ", "_")
        if verb != "is":
            self.field += "_" + verb.replace(" ", "_")
        self.mode = random.choice(["required", "required", "optional", "defaulted"])
        self.default = self.low = self.high = None
        self.values, self.patterns, self.whole = [], [], True
        getattr(self, "draw_" + kind)(random)

    def draw_choice(self, random):
        self.values = [f"kind-{self.number}{letter}"
                       for letter in "abcdefgh"[:random.choice([1, 2, 3, 3, 4, 8])]]
        self.type = "one of " + ", ".join(self.values)
        self.default = self.default_text = random.choice(self.values)

    def draw_set(self, random):
        self.values = [f"item-{self.number}{letter}"
                       for letter in "abcdef"[:random.choice([1, 2, 3, 4])]]
        self.type = "any of " + ", ".join(self.values)
        held = random.randint(0, min(2, len(self.values)))
        self.default = sorted(random.sample(self.values, held))
        self.default_text = "all of " + ", ".join(self.default) if len(self.default) > 1 \
            else (self.default or ["nothing"])[0]

    def draw_sentence(self, random):
        self.type = "yes or no"
        self.default = random.random() < 0.5
        self.default_text = "yes" if self.default else "no"

    def draw_number(self, random):
        self.whole = random.random() < 0.6
        self.low = random.choice([None, 0, 0, 3, -2])
        self.high = random.choice([None, None, 8, 20, self.low if self.low is not None else 8])
        self.type = "whole number" if self.whole else "number"
        self.type += f" from {self.low}" if self.low is not None else ""
        self.type += f" to {self.high}" if self.high is not None else ""
        self.default = 1000000 * max(x for x in [self.low, 3] if x is not None)
        if self.high is not None:
            self.default = min(self.default, 1000000 * self.high)
        self.default_text = number(self.default)

    def draw_date(self, random):
        self.type = "date"
        self.default = days.day(2030, 6, 1)
        self.default_text = days.written(self.default)

    def draw_text(self, random):
        self.type = "text"
        self.default = "nobody@x.org"
        self.default_text = '"nobody@x.org"'
        kinds = ["is", "starts with", "ends with", "contains", "in the domain", "in the domain"]
        while len(self.patterns) < random.randint(2, 5):
            kind, word = random.choice(kinds), random.choice(WORDS)
            fits = kind != "in the domain" or not set("@") & set(word) and word[0] != "."
            if fits and (kind, word) not in self.patterns:
                self.patterns.append((kind, word))

    def range(self):
        """The least and the greatest number, in millionths."""
        low = -10**12 if self.low is None else self.low
        high = 10**12 if self.high is None else self.high
        return 1000000 * low, 1000000 * high

    def declaration(self):
        text = f"fact {self.phrase}: {self.type}"
        return text + {"required": "", "optional": ", if recorded",
                       "defaulted": f", if absent {self.default_text}"}[self.mode]


def number(millionths):
    """A number as it is written."""
    sign, millionths = "-" if millionths < 0 else "", abs(millionths)
    rest = f"{millionths % 1000000:06}".rstrip("0")
    return f"{sign}{millionths // 1000000}" + ("." + rest if rest else "")


def negated(formula):
    return ("not", formula)


class Author:
    """Writes sentences about the facts of one policy, each with its formula."""

    def __init__(self, random, facts):
        self.random, self.facts = random, facts
        self.definitions, self.outcomes, self.lists = [], [], {}
        self.days = [days.day(2030, 6, 1), days.day(2026, 1, 1), days.day(2024, 2, 29),
                     days.day(2099, 12, 31), random.randint(days.FIRST_TODAY, days.LAST_TODAY)]
        self.durations = []
        for _ in range(3):
            unit = random.choice(UNITS)
            most = {"days": 400, "weeks": 60, "months": 30, "years": 20, "working days": 40}[unit]
            self.durations.append((unit, random.choice([0, 1, 2, random.randint(1, most)])))

    # --- Tests. Each gives the ending, how the phrase before it is spelled, and the formula of the
    # positive sentence where the fact is present.

    def ending(self, fact):
        return getattr(self, "ending_" + fact.kind)(fact)

    def some(self, values, least=1):
        return self.random.sample(values, min(len(values), self.random.randint(least, 3)))

    def list_of(self, values):
        """Values in a list, or a list's name."""
        if self.random.random() < 0.3:
            key = tuple(values)
            name = self.lists.setdefault(key, f"group {len(self.lists)}")
            return name
        return ", ".join(values)

    def ending_choice(self, fact):
        if self.random.random() < 0.5:
            value = self.random.choice(fact.values)
            return value, ("is", fact, value)
        values = self.some(fact.values, 2)
        return f"one of {self.list_of(values)}", ("or", *[("is", fact, v) for v in values])

    def ending_set(self, fact):
        kind = self.random.choice(["", "", "any of", "all of", "none of", "nothing", "anything"])
        if kind == "nothing":
            return kind, ("not", ("or", *[("has", fact, value) for value in fact.values]))
        if kind == "anything":
            return kind, ("or", *[("has", fact, value) for value in fact.values])
        if kind == "":
            value = self.random.choice(fact.values)
            return value, ("has", fact, value)
        values = self.some(fact.values, 2)
        has = [("has", fact, value) for value in values]
        formula = {"any of": ("or", *has), "all of": ("and", *has),
                   "none of": ("not", ("or", *has))}[kind]
        return f"{kind} {self.list_of(values)}", formula

    def ending_sentence(self, fact):
        return "", ("yes", fact)

    def some_number(self, fact):
        whole = 1000000 * self.random.choice([0, 1, 2, 3, 3, 5, 8, 20, self.random.randint(-3, 25)])
        if fact.whole and self.random.random() < 0.9:
            return whole
        return whole + self.random.choice([0, 0, 1, -1, 500000])

    def ending_number(self, fact):
        first = self.some_number(fact)
        exactly = lambda value: ("is", fact, value)
        at_least = lambda value: ("from", fact, value)
        kind = self.random.randrange(7)
        if kind == 0:
            return number(first), exactly(first)
        if kind == 1:
            second = self.some_number(fact)
            either = ("or", exactly(first), exactly(second))
            return f"one of {number(first)}, {number(second)}", either
        if kind == 2:
            return f"more than {number(first)}", at_least(first + 1)
        if kind == 3:
            return f"less than {number(first)}", ("not", at_least(first))
        if kind == 4:
            return f"at least {number(first)}", at_least(first)
        if kind == 5:
            return f"at most {number(first)}", ("not", at_least(first + 1))
        low, high = sorted([first, self.some_number(fact)])
        return (f"between {number(low)} and {number(high)}",
                ("and", at_least(low), ("not", at_least(high + 1))))

    def ending_date(self, fact):
        since = lambda bound: ("from", fact, bound)
        before = lambda bound: ("not", ("from", fact, bound))
        moved = lambda unit, count, plus=0: ("moved", unit, count, plus)
        if self.random.random() < 0.5:
            if self.random.random() < 0.25:
                text, at, after = "today", moved("days", 0), moved("days", 0, 1)
            else:
                day = self.random.choice(self.days)
                text, at, after = days.written(day), day, day + 1
            kind = self.random.randrange(9)
            if kind == 0:
                return text, ("and", since(at), before(after))
            if kind == 1:
                return f"before {text}", before(at)
            if kind == 2:
                return f"after {text}", since(after)
            if kind == 3:
                return f"on or before {text}", before(after)
            if kind == 4:
                return f"on or after {text}", since(at)
            if kind == 5:
                return "in the past", before(moved("days", 0))
            if kind == 6:
                return "in the future", since(moved("days", 0, 1))
            first, second = sorted(self.random.sample(self.days, 2))
            if kind == 7:
                return (f"between {days.written(first)} and {days.written(second)}",
                        ("and", since(first), before(second + 1)))
            chosen = [days.written(first), days.written(second)]
            return (f"one of {self.list_of(chosen)}",
                    ("or", *[("and", since(d), before(d + 1)) for d in (first, second)]))
        unit, count = self.random.choice(self.durations)
        text = f"{count} {unit}"
        now, tomorrow = moved("days", 0), moved("days", 0, 1)
        return self.random.choice([
            (f"within {text}", ("and", since(now), before(moved(unit, count, 1)))),
            (f"within {text} or past", before(moved(unit, count, 1))),
            (f"less than {text} away", ("and", since(now), before(moved(unit, count)))),
            (f"at least {text} away", since(moved(unit, count))),
            (f"more than {text} away", since(moved(unit, count, 1))),
            (f"within the last {text}", ("and", since(moved(unit, -count)), before(tomorrow))),
            (f"less than {text} ago", ("and", since(moved(unit, -count, 1)), before(tomorrow))),
            (f"at least {text} ago", before(moved(unit, -count, 1))),
            (f"more than {text} ago", before(moved(unit, -count))),
        ])

    def ending_text(self, fact):
        kind, word = self.random.choice(fact.patterns)
        same = [other for other_kind, other in fact.patterns if other_kind == kind]
        before = "" if kind == "is" else kind + " "
        if len(same) > 1 and self.random.random() < 0.4:
            formula = ("or", *[("text", fact, (kind, other)) for other in same])
            quoted = [f'"{other}"' for other in same]
            one_of = "in one of the domains " if kind == "in the domain" else before + "one of "
            return one_of + self.list_of(quoted), formula
        return f'{before}"{word}"', ("text", fact, (kind, word))

    def test(self):
        """A sentence and its formula."""
        chance = self.random.random()
        if chance < 0.12 and self.definitions:
            index = self.random.randrange(len(self.definitions))
            if self.random.random() < 0.3:
                return f"case {index} is not clear", ("not", ("defined", index))
            return f"case {index} is clear", ("defined", index)
        if chance < 0.15:
            return self.random.choice([
                ("today is a working day", ("working day",)),
                ("today is not a working day", ("not", ("working day",)))])
        fact = self.random.choice(self.facts)
        if fact.mode == "optional" and self.random.random() < 0.15:
            return self.recorded(fact)
        ending, formula = self.ending(fact)
        formula = ("and", ("present", fact), formula)
        negative = self.random.random() < 0.25
        if fact.kind == "sentence":
            text = fact.negative if negative else fact.phrase
            return text, negated(formula) if negative else formula
        verb = next((verb for verb in ("starts with", "ends with", "contains")
                     if fact.kind == "text" and ending.startswith(verb)), None)
        if verb:
            if negative:
                ending = ending.replace(verb.split()[0], verb.split()[0][:-1], 1)
                return f"{fact.noun} does not {ending}", negated(formula)
            return f"{fact.noun} {ending}", formula
        if negative and (" ago" in ending or " away" in ending or ending.startswith(
                ("none", "nothing", "anything", "at ", "in the p", "in the f"))):
            return f"not ({fact.phrase} {ending})", negated(formula)
        if negative:
            return f"{fact.negative} {ending}", negated(formula)
        return f"{fact.phrase} {ending}", formula

    def recorded(self, fact):
        if self.random.random() < 0.5:
            return f"it is recorded what {fact.phrase}", ("present", fact)
        return f"it is not recorded what {fact.phrase}", ("not", ("present", fact))

    # --- Conditions.

    def outcome_test(self):
        outcomes = self.random.sample(
            self.outcomes, min(len(self.outcomes), self.random.choice([1, 1, 2])))
        text, formula = " or ".join(outcomes), ("outcome", tuple(outcomes))
        if self.random.random() < 0.25:
            return f"(the outcome is not {text})", negated(formula)
        return f"(the outcome is {text})", formula

    def line(self, depth, outcome=False, level=False):
        """A condition on one line; on a level of its own it needs no brackets."""
        chance = self.random.random()
        if outcome and chance < 0.4:
            return self.outcome_test()
        if depth == 0 or chance < 0.35:
            return self.test()
        if chance < 0.45:
            text, formula = self.line(depth - 1, outcome, level=True)
            return f"not ({text})", negated(formula)
        if chance < 0.55:
            left, first = self.line(depth - 1, outcome)
            right, second = self.line(depth - 1, outcome)
            text, formula = f"{left} unless {right}", ("and", first, negated(second))
        else:
            word = self.random.choice(["and", "and", "or"])
            parts = [self.line(depth - 1, outcome) for _ in range(self.random.choice([2, 2, 3]))]
            text = f" {word} ".join(part for part, _ in parts)
            formula = (word, *[formula for _, formula in parts])
        return (text if level else f"({text})"), formula

    def block(self, depth, indent, outcome=False):
        """Bullets."""
        kind = self.random.choice(["all", "any", "none"])
        lines, formulas = [f"{kind} of:"], []
        for _ in range(self.random.choice([2, 2, 3])):
            if depth > 0 and self.random.random() < 0.3:
                text, formula = self.block(depth - 1, indent + "    ", outcome)
            else:
                text, formula = self.line(1, outcome, level=True)
            lines.append(f"{indent}- {text}")
            formulas.append(formula)
        formula = {"all": ("and", *formulas), "any": ("or", *formulas),
                   "none": ("not", ("or", *formulas))}[kind]
        return "\n".join(lines), formula

    def condition(self, depth, outcome=False):
        if depth > 0 and self.random.random() < 0.15:
            return self.block(1, "    ", outcome)
        return self.line(depth, outcome, level=True)
