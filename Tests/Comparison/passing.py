"""Which messages pass a test, a clause or a rule: the bits of one integer, message 0 the lowest.

For drawing rules alone; the oracle, which says what is right, does not use it.
"""

import json
import operator

import workload

COMPARISONS = {"lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
               "before": operator.lt, "from": operator.ge}


class Passing:
    def __init__(self, messages):
        self.messages = messages
        self.everyone = (1 << len(messages)) - 1
        self.known = {}
        self.with_value = {}
        for fact in [*workload.CHOICES, *workload.SENTENCES, *workload.SETS]:
            having = {}
            for index, message in enumerate(messages):
                value = message[fact]
                for one in value if isinstance(value, list) else [value]:
                    having.setdefault(one, []).append(index)
            for value, indices in having.items():
                self.with_value[fact, value] = self.bits(indices)

    def bits(self, indices):
        made = bytearray(len(self.messages) // 8 + 1)
        for index in indices:
            made[index >> 3] |= 1 << (index & 7)
        return int.from_bytes(made, "little")

    def of_test(self, test):
        key = (test["f"], test["op"], json.dumps(test["v"]))
        if key not in self.known:
            self.known[key] = self.find(test["f"], test["op"], test["v"])
        return self.known[key]

    def find(self, fact, op, value):
        if op in ("eq", "is", "has"):
            return self.with_value.get((fact, value), 0)
        if op == "ne":
            return self.everyone & ~self.with_value.get((fact, value), 0)
        if op == "in":
            return sum(self.with_value.get((fact, one), 0) for one in value)
        compare = COMPARISONS[op]
        return self.bits([index for index, message in enumerate(self.messages)
                          if compare(message[fact], value)])

    def of_clause(self, clause):
        either = 0
        for test in workload.tests(clause):
            either |= self.of_test(test)
        return either

    def of_rule(self, rule):
        every = self.everyone
        for clause in rule["all"]:
            every &= self.of_clause(clause)
        if rule["unless"]:
            every &= ~self.of_clause(rule["unless"])
        return every
