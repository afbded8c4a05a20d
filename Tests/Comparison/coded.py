"""Messages and rules as integers: a value is its place in the vocabulary, a day its number, a set
one bit for each value.

A coded test is (fact, kind, a, b): one of the values whose bits are set in `a` (kind 0), from `a`
to `b` (kind 1), holds value `a` (kind 2), does not hold it (kind 3). A row is a list of coded tests
that are all true; a rule with `or` is several rows.
"""

import itertools

import workload

VALUES, RANGE, HOLDS, LACKS = range(4)
LEAST, MOST = -2**31, 2**31 - 1
PLACE = {fact: {value: place for place, value in enumerate(values)}
         for fact, values in {**workload.CHOICES, **workload.SETS}.items()}
PLACE.update({fact: {False: 0, True: 1} for fact in workload.SENTENCES})
INDEX = {fact: index for index, fact in enumerate(workload.FACTS)}


def message(one):
    """The twenty integers of a message."""
    chosen = [PLACE[fact][one[fact]] for fact in [*workload.CHOICES, *workload.SENTENCES]]
    numbers = [one[fact] for fact in workload.NUMBERS]
    numbers += [workload.day_number(one[fact]) for fact in workload.DATES]
    sets = [sum(1 << PLACE[fact][value] for value in one[fact]) for fact in workload.SETS]
    return chosen + numbers + sets


def test(one, is_negative=False):
    fact, op, value = one["f"], one["op"], one["v"]
    index = INDEX[fact]
    if fact in workload.SETS:
        return (index, LACKS if is_negative else HOLDS, PLACE[fact][value], 0)
    if fact in PLACE:
        bits = sum(1 << PLACE[fact][each] for each in (value if op == "in" else [value]))
        if (op == "ne") != is_negative:
            bits ^= (1 << len(PLACE[fact])) - 1
        return (index, VALUES, bits, 0)
    if is_negative:
        op = workload.NEGATIVE[op]
    if fact in workload.DATES:
        value = workload.day_number(value)
    low, high = {
        "lt": (LEAST, value - 1), "before": (LEAST, value - 1), "le": (LEAST, value),
        "gt": (value + 1, MOST), "ge": (value, MOST), "from": (value, MOST)}[op]
    return (index, RANGE, low, high)


def clauses(rule):
    """Lists of tests: in each list one must be true."""
    made = [[test(one) for one in workload.tests(clause)] for clause in rule["all"]]
    if rule["unless"]:
        made += [[test(one, is_negative=True)] for one in workload.tests(rule["unless"])]
    return made


def rows(rule):
    return list(itertools.product(*clauses(rule)))


def is_possible(row):
    """Whether a message can pass all tests of a row."""
    allowed = {}
    for index, kind, a, b in row:
        fact = workload.FACTS[index]
        if kind == VALUES:
            allowed[index] = allowed.get(index, -1) & a
            if not allowed[index]:
                return False
        elif kind == RANGE:
            low, high = allowed.get(index, (0, workload.NUMBERS.get(fact, MOST)))
            allowed[index] = max(low, a), min(high, b)
            if allowed[index][0] > allowed[index][1]:
                return False
        elif (index, HOLDS + LACKS - kind, a, b) in row:
            return False
    return True


def can_apply(rule):
    return any(is_possible(row) for row in rows(rule))
