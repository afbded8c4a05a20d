"""Engines that are Python packages, all with one face.

`load(rules)` compiles the rules, `prepare(message)` makes what the engine is asked with, and
`decide(prepared)` gives the index of the rule that decides, or -1. What `prepare` does is not part
of a decision's time.
"""

import json

import languages
import workload


def with_day(message):
    prepared = {fact: message[fact] for fact in workload.FACTS}
    prepared["due_day"] = workload.day_number(message["due"])
    return prepared


class Cedar:
    """Policies and entities are parsed once; the message is handed over as JSON text. Cedar finds
    every policy that permits; the first of these decides."""

    def load(self, rules):
        import cedarpy
        # What the package's own `is_authorized_batch` calls; that one parses the policies anew.
        self.ask = cedarpy._internal.is_authorized_batch
        self.policies = cedarpy.PolicySet.from_str(languages.Cedar().policies(rules))
        self.entities = cedarpy.Entities.from_json_str("[]")._inner

    def prepare(self, message):
        return [{"principal": 'User::"a"', "action": 'Action::"send"',
                 "resource": 'Message::"m"', "context": json.dumps(with_day(message))}]

    def decide(self, prepared):
        answer = json.loads(self.ask(prepared, self.policies, self.entities, None, False)[0])
        if answer["diagnostics"]["errors"]:
            raise ValueError(answer["diagnostics"]["errors"])
        return min((int(name[len("policy"):]) for name in answer["diagnostics"]["reason"]),
                   default=-1)


class Zen:
    """A decision table with a column for each fact; the first row that fits decides."""

    def load(self, rules):
        import zen
        self.decision = zen.ZenEngine().create_decision(languages.Zen().table(rules))

    def prepare(self, message):
        return with_day(message)

    def decide(self, prepared):
        answer = self.decision.evaluate(prepared)["result"]
        return int(answer["rule"]) if answer and "rule" in answer else -1


class CELinRust:
    """Chains of conditional expressions, 50 rules a program, asked in order."""

    def load(self, rules):
        import cel
        self.context = cel.Context
        self.programs = [cel.compile(chain) for chain in languages.CEL().chains(rules, 50)]

    def prepare(self, message):
        return {fact: message[fact] for fact in workload.FACTS}

    def decide(self, prepared):
        context = self.context(prepared)
        for program in self.programs:
            index = program.execute(context)
            if index >= 0:
                return index
        return -1


class CELinCPlusPlus:
    """The same; 20 rules a program, since its parser allows expressions 32 levels deep."""

    def load(self, rules):
        from cel_expr_python import cel
        types = {fact: cel.Type.STRING for fact in [*workload.CHOICES, *workload.DATES]}
        types.update({fact: cel.Type.BOOL for fact in workload.SENTENCES})
        types.update({fact: cel.Type.INT for fact in workload.NUMBERS})
        types.update({fact: cel.Type.List(cel.Type.STRING) for fact in workload.SETS})
        self.environment = cel.NewEnv(variables=types)
        self.programs = [self.environment.compile(chain)
                         for chain in languages.CEL().chains(rules, 20)]

    def prepare(self, message):
        return {fact: message[fact] for fact in workload.FACTS}

    def decide(self, prepared):
        activation = self.environment.Activation(prepared)
        for program in self.programs:
            index = program.eval(activation).value()
            if index >= 0:
                return index
        return -1


ALL = {"cedar": Cedar, "zen": Zen, "cel-rust": CELinRust, "cel-cpp": CELinCPlusPlus}
