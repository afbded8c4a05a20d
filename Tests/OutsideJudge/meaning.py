"""What a policy decides, as formulas over whatever can say *and*, *or* and *not*.

The same definition is read twice: with true and false about one message, and with formulas of z3
about all messages.
"""


from .message import Truth


class Meaning:
    """`logic` has `all`, `any`, `no`, and `atom` for tests on facts and today."""

    def __init__(self, policy, logic):
        self.policy, self.logic = policy, logic
        self.defined = [None] * len(policy.definitions)
        self.outcome_of = None
        rules = policy.rules
        self.applies, self.wins = [None] * len(rules), [None] * len(rules)
        all_of, any_of, no = logic.all, logic.any, logic.no

        winning = self.decide("rule")
        nothing = no(any_of(self.of_kind(self.applies, "rule")))
        self.gap = nothing if policy.otherwise is None else any_of([])
        agreed = self.agreed(winning)
        first = {}
        for outcome in policy.outcomes:
            ways = [winning[outcome]] + ([nothing] if policy.otherwise == outcome else [])
            first[outcome] = all_of([agreed, any_of(ways)])
        self.first, self.has_first = first, any_of(list(first.values()))

        self.outcome_of = first
        replaced = self.decide("guard")
        unguarded = no(any_of(self.of_kind(self.applies, "guard")))
        self.decided = all_of([self.has_first, self.agreed(replaced)])
        self.outcome = {
            outcome: all_of([self.decided, any_of(
                [replaced[outcome], all_of([unguarded, first[outcome]])])])
            for outcome in policy.outcomes}

        self.outcome_of = self.outcome
        self.decide("note")
        self.notes = {}
        for note in policy.notes:
            ways = []
            for rule, wins in zip(rules, self.wins):
                if note in rule.notes:
                    ways.append(all_of([unguarded, wins]) if rule.kind == "rule" else wins)
            if note in policy.otherwise_notes:
                ways.append(all_of([unguarded, nothing]))
            self.notes[note] = all_of([self.decided, any_of(ways)])

    def of_kind(self, values, kind):
        return [value for rule, value in zip(self.policy.rules, values) if rule.kind == kind]

    def decide(self, kind):
        """Settles which rules of a kind apply and win; gives whether each outcome has winners."""
        rules, logic = self.policy.rules, self.logic
        for index, rule in enumerate(rules):
            if rule.kind == kind:
                self.applies[index] = logic.all([self.in_force(rule), self.value(rule.formula)])
        winning = {outcome: [] for outcome in self.policy.outcomes}
        for index, rule in enumerate(rules):
            if rule.kind == kind:
                above = [self.applies[other] for other, its in enumerate(rules)
                         if its.over >> index & 1]
                self.wins[index] = logic.all([self.applies[index], logic.no(logic.any(above))])
                if kind != "note":
                    winning[rule.outcome].append(self.wins[index])
        return {outcome: logic.any(ways) for outcome, ways in winning.items()}

    def agreed(self, winning):
        """No two outcomes have winners."""
        ways, logic = list(winning.values()), self.logic
        return logic.all([logic.no(logic.all([ways[i], ways[j]]))
                          for i in range(len(ways)) for j in range(i)])

    def in_force(self, thing):
        parts = []
        if thing.start is not None:
            parts.append(self.logic.atom(("today from", thing.start)))
        if thing.end is not None:
            parts.append(self.logic.no(self.logic.atom(("today from", thing.end + 1))))
        return self.logic.all(parts)

    def value(self, formula):
        """What a formula comes to; `the outcome is` looks at the outcome that there is by now."""
        kind = formula[0]
        if kind == "and":
            return self.logic.all([self.value(part) for part in formula[1:]])
        if kind == "or":
            return self.logic.any([self.value(part) for part in formula[1:]])
        if kind == "not":
            return self.logic.no(self.value(formula[1]))
        if kind == "outcome":
            return self.logic.any([self.outcome_of[outcome] for outcome in formula[1]])
        if kind == "defined":
            index = formula[1]
            if self.defined[index] is None:
                self.defined[index] = self.value(self.policy.definitions[index])
            return self.defined[index]
        return self.logic.atom(formula)

    def meets(self, promise):
        """The promise is in force and its condition true of the outcome that the message gets."""
        return self.logic.all([self.in_force(promise), self.value(promise.formula)])

    def breaks(self, promise):
        """A message that gets a decision, meets the condition, and is not treated as promised."""
        logic = self.logic
        what = [self.notes[thing] if "add" in promise.kind else self.outcome[thing]
                for thing in promise.what]
        kept = {
            "always": lambda: logic.any(what), "never": lambda: logic.no(logic.any(what)),
            "always add": lambda: logic.all(what),
            "never add": lambda: logic.no(logic.any(what))}[promise.kind]()
        return logic.all([self.decided, self.meets(promise), logic.no(kept)])


def may_be_true(policy, formula, values, today):
    """Whether a formula is true of a message with some outcome."""
    meaning = Meaning.__new__(Meaning)
    meaning.policy, meaning.logic = policy, Truth(policy, values, today)
    meaning.defined = [None] * len(policy.definitions)
    for outcome in policy.outcomes:
        meaning.outcome_of = {other: other == outcome for other in policy.outcomes}
        if meaning.value(formula):
            return True
    return False


def tests_outcome(formula):
    return formula[0] == "outcome" or any(
        tests_outcome(part) for part in formula[1:] if isinstance(part, tuple) and part)
