"""What is true of a policy: conflicts, gaps, promises, and rules that never apply or never win."""

import z3

from .days import FIRST_TODAY, LAST_TODAY
from .formulas import Today, Unknowns
from .meaning import Meaning, tests_outcome
from .message import Truth, random_message


def never_in_force(thing):
    """It is expired, or not yet due, on every day that counts; that is no error."""
    return (thing.start or 0) > LAST_TODAY or (thing.end or FIRST_TODAY) < FIRST_TODAY


class Disagreement(Exception):
    """The judge contradicts itself."""


class Verdict:
    """Every claim is either shown by a message, or refuted for all messages by z3."""

    def __init__(self, policy, random):
        self.policy, self.queries = policy, 0
        rules, promises = policy.rules, policy.promises
        self.conflicts, self.gap = set(), False
        self.applying, self.winning = set(), set()
        self.really_applying, self.really_winning = set(), set()
        self.met, self.really_met, self.broken, self.true_definitions = set(), set(), set(), set()
        for _ in range(20):
            self.learn(*random_message(policy, random))
        self.today = Today(policy, random)
        self.unknowns = Unknowns(policy, self.today)
        self.meaning = Meaning(policy, self.unknowns)
        self.solver = z3.Solver()
        self.solver.add(*self.today.axioms, *self.unknowns.axioms)
        self.settle_rules()
        self.settle_conflicts()
        if policy.otherwise is None and not self.gap:
            self.find(self.meaning.gap, lambda: self.gap)
        for index, promise in enumerate(promises):
            self.settle_promise(index, promise)
        for index, _ in enumerate(policy.definitions):
            if index not in self.true_definitions:
                self.find(self.meaning.value(("defined", index)),
                          lambda: index in self.true_definitions)

    # --- What one message shows.

    def learn(self, values, today):
        policy = self.policy
        truth = Meaning(policy, Truth(policy, values, today))
        real = {"rule": True, "guard": truth.has_first, "note": truth.decided}
        for index, rule in enumerate(policy.rules):
            if truth.applies[index]:
                self.applying.add(index)
            if truth.wins[index]:
                self.winning.add(index)
            if truth.applies[index] and real[rule.kind]:
                self.really_applying.add(index)
            if truth.wins[index] and real[rule.kind]:
                self.really_winning.add(index)
        self.gap = self.gap or truth.gap
        self.learn_conflicts("rule", truth)
        if truth.has_first:
            self.learn_conflicts("guard", truth)
        for index, promise in enumerate(policy.promises):
            if truth.meets(promise):
                self.met.add(index)
                if truth.decided:
                    self.really_met.add(index)
            if promise.kind != "depends" and truth.breaks(promise):
                self.broken.add(index)
        for index, _ in enumerate(policy.definitions):
            if truth.value(("defined", index)):
                self.true_definitions.add(index)
        return truth

    def learn_conflicts(self, kind, truth):
        winners = [index for index, rule in enumerate(self.policy.rules)
                   if rule.kind == kind and truth.wins[index]]
        for place, first in enumerate(winners):
            for second in winners[place + 1:]:
                if self.policy.rules[first].outcome != self.policy.rules[second].outcome:
                    self.conflicts.add((first, second))

    # --- What z3 shows.

    def find(self, formula, now_known):
        """Looks for a message of which the formula is true, and learns from it."""
        self.queries += 1
        answer = self.solver.check(formula)
        if answer == z3.unknown:
            raise Disagreement(f"z3 does not know: {self.solver.reason_unknown()}")
        if answer == z3.sat:
            self.learn(*self.message(self.solver.model()))
            if not now_known():
                raise Disagreement(f"a message of z3 does not show what it should: {formula}")
        return answer == z3.sat

    def message(self, model):
        today = model.eval(self.today.day, model_completion=True).as_long()
        return self.unknowns.message(model), today

    def settle_rules(self):
        meaning = self.meaning
        real = {"guard": meaning.has_first, "note": meaning.decided}
        for index, rule in enumerate(self.policy.rules):
            claims = [(self.applying, meaning.applies[index]), (self.winning, meaning.wins[index])]
            if rule.kind != "rule":
                claims += [
                    (self.really_applying, z3.And(real[rule.kind], meaning.applies[index])),
                    (self.really_winning, z3.And(real[rule.kind], meaning.wins[index]))]
            for known, formula in claims:
                if index not in known:
                    self.find(formula, lambda: index in known)

    def settle_conflicts(self):
        rules = self.policy.rules
        wins = [z3.Bool(f"rule {index} wins") for index in range(len(rules))]
        self.solver.add(*[name == z3.And(
            formula, self.meaning.has_first if rule.kind == "guard" else z3.BoolVal(True))
            for name, formula, rule in zip(wins, self.meaning.wins, rules)])
        while True:
            pairs = [(first, second) for first in range(len(rules))
                     for second in range(first + 1, len(rules))
                     if rules[first].kind == rules[second].kind != "note"
                     and rules[first].outcome != rules[second].outcome
                     and not rules[first].over >> second & 1
                     and not rules[second].over >> first & 1
                     and first in self.winning and second in self.winning
                     and (first, second) not in self.conflicts]
            if not pairs:
                return
            before = len(self.conflicts)
            if not self.find(z3.Or(*[z3.And(wins[a], wins[b]) for a, b in pairs]),
                             lambda: len(self.conflicts) > before):
                return

    def settle_promise(self, index, promise):
        meaning = self.meaning
        if index not in self.met:
            self.find(meaning.meets(promise), lambda: index in self.met)
        if index not in self.really_met:
            self.find(z3.And(meaning.decided, meaning.meets(promise)),
                      lambda: index in self.really_met)
        if promise.kind == "depends":
            self.settle_dependence(index, promise)
        elif index not in self.broken:
            self.find(meaning.breaks(promise), lambda: index in self.broken)

    def settle_dependence(self, index, promise):
        policy, meaning = self.policy, self.meaning
        other = Unknowns(policy, self.today, "'", self.unknowns, promise.what)
        second = Meaning(policy, other)
        differs = [meaning.outcome[one] != second.outcome[one] for one in policy.outcomes]
        differs += [meaning.notes[note] != second.notes[note] for note in policy.notes]
        self.queries += 1
        answer = self.solver.check(*other.axioms, z3.And(
            meaning.decided, second.decided, meaning.meets(promise), second.meets(promise),
            z3.Or(*differs)))
        if answer == z3.unknown:
            raise Disagreement("z3 does not know")
        if answer == z3.sat:
            self.broken.add(index)
            values, today = self.message(self.solver.model())
            one = self.learn(values, today)
            two = self.learn(other.message(self.solver.model()), today)
            if not (one.meets(promise) and two.meets(promise) and one.decided and two.decided
                    and (one.outcome, one.notes) != (two.outcome, two.notes)):
                raise Disagreement("two messages of z3 do not show what they should")

    # --- The verdict.

    def never_applies(self):
        """Rules, promises and definitions, each with whether both ways to read it agree."""
        for index, rule in enumerate(self.policy.rules):
            if never_in_force(rule):
                continue
            same = (index in self.applying) == (index in self.really_applying)
            sure = same or rule.kind == "rule"
            known = self.really_applying if tests_outcome(rule.formula) else self.applying
            yield ("rule", index), index not in known, sure or tests_outcome(rule.formula)
        for index, promise in enumerate(self.policy.promises):
            if never_in_force(promise):
                continue
            sure = (index in self.met) == (index in self.really_met)
            known = self.really_met if tests_outcome(promise.formula) else self.met
            yield ("promise", index), index not in known, sure or tests_outcome(promise.formula)
        for index, _ in enumerate(self.policy.definitions):
            yield ("define", index), index not in self.true_definitions, True

    def always_set_aside(self):
        """A guard or note rule that applies, or wins, for undecided messages alone may be read either way."""
        for index, rule in enumerate(self.policy.rules):
            if rule.kind == "rule":
                aside = index in self.applying and index not in self.winning
                yield ("rule", index), aside, True
            else:
                aside = index in self.really_applying and index not in self.really_winning
                sure = ((index in self.applying) == (index in self.really_applying)
                        and (index in self.winning) == (index in self.really_winning))
                yield ("rule", index), aside, sure or tests_outcome(rule.formula)
