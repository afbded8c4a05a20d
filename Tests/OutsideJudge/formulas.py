"""A policy's messages and days as unknowns of z3."""

import itertools

import numpy
import z3

from . import days
from .message import ABSENT


def bounds_of(formula, found):
    """Collects the bounds of dates that a formula speaks of, and its tests of today."""
    if formula[0] == "from" and formula[1].kind == "date":
        found.add(formula[2])
    elif formula[0] in ("today from", "working day"):
        found.add(formula)
    elif formula[0] in ("and", "or", "not"):
        for part in formula[1:]:
            bounds_of(part, found)


def kinds_of_today(policy, random):
    """One day out of every kind: days on which all bounds lie in the same order are alike.

    A date is only ever compared with bounds, so days of one kind allow the same truth of all tests.
    """
    found = {days.FIRST_OF_MESSAGE, days.LAST + 1}
    things = [*policy.rules, *policy.promises]
    for formula in [*[thing.formula for thing in things], *policy.definitions]:
        bounds_of(formula, found)
    for thing in things:
        if thing.start is not None:
            found.add(("today from", thing.start))
        if thing.end is not None:
            found.add(("today from", thing.end + 1))
    shuffled = numpy.random.default_rng(random.getrandbits(32))
    day = shuffled.permutation(numpy.arange(days.FIRST_TODAY, days.LAST_TODAY + 1))
    todays = day.tolist()
    moved = {bound: column(policy, bound, day) for bound in found
             if isinstance(bound, tuple) and bound[0] == "moved"}
    fixed = [bound for bound in found if isinstance(bound, int)]
    columns = [day >= bound[1] for bound in found
               if isinstance(bound, tuple) and bound[0] == "today from"]
    if ("working day",) in found:
        columns.append((day + 3) % 7 < 5)
        columns[-1] &= ~numpy.isin(day, policy.holidays)
    lines = list(moved.values())
    for first, second in itertools.combinations(lines, 2):
        columns += [first < second, first == second]
    for line in lines:
        for bound in fixed:
            columns += [line < bound, line == bound]
    if not columns:
        return todays[:1], []
    packed = numpy.packbits(numpy.array(columns, dtype=bool), axis=0).T
    kinds = numpy.ascontiguousarray(packed).view([("", packed.dtype)] * packed.shape[1]).ravel()
    _, first_of_kind = numpy.unique(kinds, return_index=True)
    return [todays[index] for index in sorted(first_of_kind)], sorted(moved)


memory = {}


def column(policy, bound, day):
    """Today moved, for every today."""
    _, unit, count, plus = bound
    if unit in ("days", "weeks"):
        return numpy.clip(day + count * (7 if unit == "weeks" else 1), days.FIRST, days.LAST) + plus
    calendar = policy.calendar if unit == "working days" else days.Calendar([])
    key = (unit, count, *(policy.holidays if unit == "working days" else ()))
    if key not in memory:
        if len(memory) > 300:
            memory.clear()
        memory[key] = numpy.array([calendar.exactly_moved(today, unit, count) for today in range(
            days.FIRST_TODAY, days.LAST_TODAY + 1)])
    return numpy.clip(memory[key][day - days.FIRST_TODAY], days.FIRST, days.LAST) + plus


class Unknowns:
    """The unknowns of one message; two messages that differ only in some facts share the others."""

    def __init__(self, policy, today, name="", like=None, differing=()):
        self.policy, self.today, self.axioms = policy, today, []
        self.present, self.value = {}, {}
        for fact in policy.facts:
            if like and fact not in differing:
                self.present[fact], self.value[fact] = like.present[fact], like.value[fact]
                continue
            own = f"{fact.field}{name}"
            optional = fact.mode == "optional"
            self.present[fact] = z3.Bool(f"has {own}") if optional else z3.BoolVal(True)
            getattr(self, "declare_" + fact.kind)(fact, own)

    def declare_choice(self, fact, own):
        self.value[fact] = z3.Int(own)
        self.axioms += [self.value[fact] >= 0, self.value[fact] < len(fact.values)]

    def declare_set(self, fact, own):
        self.value[fact] = {value: z3.Bool(f"{own} {value}") for value in fact.values}

    def declare_sentence(self, fact, own):
        self.value[fact] = z3.Bool(own)

    def declare_number(self, fact, own):
        low, high = fact.range()
        value = z3.Int(own)
        if fact.whole:
            value = 1000000 * value
        self.value[fact] = value
        self.axioms += [value >= low, value <= high]

    def declare_date(self, fact, own):
        self.value[fact] = z3.Int(own)
        self.axioms += [self.value[fact] >= days.FIRST_OF_MESSAGE, self.value[fact] <= days.LAST]

    def declare_text(self, fact, own):
        self.value[fact] = z3.Int(own)
        self.axioms += [self.value[fact] >= 0,
                        self.value[fact] < len(self.policy.possible_texts[fact])]

    # --- The logic that `Meaning` asks for.

    @staticmethod
    def all(parts):
        return z3.And(*parts) if len(parts) != 1 else parts[0]

    @staticmethod
    def any(parts):
        return z3.Or(*parts) if len(parts) != 1 else parts[0]

    @staticmethod
    def no(part):
        return z3.Not(part)

    def atom(self, formula):
        kind = formula[0]
        if kind == "today from":
            return self.today.day >= formula[1]
        if kind == "working day":
            return self.today.works
        fact = formula[1]
        if kind == "present":
            return self.present[fact]
        return z3.And(self.present[fact], self.test(kind, fact, *formula[2:]))

    def test(self, kind, fact, *what):
        value = self.value[fact]
        if kind == "yes":
            return value
        if kind == "has":
            return value[what[0]]
        if kind == "text":
            index = fact.patterns.index(what[0])
            possible = self.policy.possible_texts[fact]
            return z3.Or(*[value == number for number, (outcome, _) in enumerate(possible)
                           if outcome[index]])
        if kind == "is" and fact.kind == "choice":
            return value == fact.values.index(what[0])
        bound = what[0] if isinstance(what[0], int) else self.today.moved[what[0]]
        return value == bound if kind == "is" else value >= bound

    # --- And back.

    def message(self, model):
        """The message of a model of z3."""
        values = {}
        for fact in self.policy.facts:
            is_true = lambda part: z3.is_true(model.eval(part, model_completion=True))
            whole = lambda part: model.eval(part, model_completion=True).as_long()
            value = self.value[fact]
            if not is_true(self.present[fact]):
                values[fact] = ABSENT
            elif fact.kind == "set":
                values[fact] = sorted(one for one, part in value.items() if is_true(part))
            elif fact.kind == "sentence":
                values[fact] = is_true(value)
            elif fact.kind == "choice":
                values[fact] = fact.values[whole(value)]
            elif fact.kind == "text":
                values[fact] = self.policy.possible_texts[fact][whole(value)][1]
            else:
                values[fact] = whole(value)
        return values

    def equations(self, values):
        """That the unknowns are the values of a message."""
        for fact, value in values.items():
            unknown = self.value[fact]
            yield self.present[fact] == (value is not ABSENT)
            if value is ABSENT:
                continue
            if fact.kind == "set":
                yield from [part == (one in value) for one, part in unknown.items()]
            elif fact.kind == "choice":
                yield unknown == fact.values.index(value)
            elif fact.kind == "text":
                outcome = tuple(passes_all(fact, value))
                possible = [outcome for outcome, _ in self.policy.possible_texts[fact]]
                yield unknown == possible.index(outcome)
            else:
                yield unknown == value


def passes_all(fact, value):
    from . import texts
    return [texts.passes(value, *pattern) for pattern in fact.patterns]


class Today:
    """An unknown day, and where it moves to."""

    def __init__(self, policy, random):
        self.policy = policy
        self.kinds, bounds = kinds_of_today(policy, random)
        self.day, self.works = z3.Int("today"), z3.Bool("today is a working day")
        self.moved = {bound: z3.Int(f"today {bound}") for bound in bounds}
        self.axioms = [z3.Or(*[z3.And(*self.equations(day)) for day in self.kinds])]

    def equations(self, day):
        yield self.day == day
        yield self.works == self.policy.calendar.is_working_day(day)
        for (_, unit, count, plus), unknown in self.moved.items():
            yield unknown == self.policy.calendar.moved(day, unit, count) + plus
