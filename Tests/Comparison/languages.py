"""The rules in the languages of the other engines."""

import json

import coded
import workload

COMPARISONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "before": "<", "from": ">="}


class Language:
    """Writes conditions; a language overrides what it says otherwise."""

    AND, OR = " && ", " || "
    # Whether days are compared as numbers, in the fact due_day.
    has_day_numbers = False

    def reference(self, fact):
        return fact

    def literal(self, value):
        return json.dumps(value, ensure_ascii=False)

    def values(self, values):
        return "[" + ",".join(self.literal(value) for value in values) + "]"

    def negative(self, condition):
        return f"!({condition})"

    def truth(self, reference, is_true):
        return reference if is_true else "!" + reference

    def is_one_of(self, reference, values):
        return f"{reference} in {self.values(values)}"

    def contains(self, reference, value):
        return f"{self.literal(value)} in {reference}"

    def test(self, test):
        fact, op, value = test["f"], test["op"], test["v"]
        if self.has_day_numbers and fact == "due":
            fact, value = "due_day", workload.day_number(value)
        reference = self.reference(fact)
        if op in ("eq", "ne"):
            return f"{reference} {'==' if op == 'eq' else '!='} {self.literal(value)}"
        if op == "in":
            return self.is_one_of(reference, value)
        if op == "is":
            return self.truth(reference, value)
        if op == "has":
            return self.contains(reference, value)
        return f"{reference} {COMPARISONS[op]} {self.literal(value)}"

    def clause(self, clause):
        either = self.OR.join(self.test(test) for test in workload.tests(clause))
        return f"({either})" if "any" in clause else either

    def rule(self, rule):
        parts = [self.clause(clause) for clause in rule["all"]]
        if rule["unless"]:
            parts.append(self.negative(self.clause(rule["unless"])))
        return self.AND.join(parts)


class CEL(Language):
    def chains(self, rules, length):
        """`first ? 0 : second ? 1 : -1`, in programs of so many rules as the parser allows."""
        for start in range(0, len(rules), length):
            part = enumerate(rules[start:start + length], start)
            yield "".join(f"({self.rule(rule)}) ? {index} : " for index, rule in part) + "-1"


class Cedar(Language):
    has_day_numbers = True

    def reference(self, fact):
        return "context." + fact

    def is_one_of(self, reference, values):
        return f"{self.values(values)}.contains({reference})"

    def contains(self, reference, value):
        return f"{reference}.contains({self.literal(value)})"

    def policies(self, rules):
        made = []
        for rule in rules:
            every = self.AND.join(self.clause(clause) for clause in rule["all"])
            unless = f" unless {{ {self.clause(rule['unless'])} }}" if rule["unless"] else ""
            made.append(f"permit(principal, action, resource) when {{ {every} }}{unless};")
        return "\n".join(made)


class Zen(Language):
    AND, OR = " and ", " or "
    has_day_numbers = True

    def negative(self, condition):
        return f"not ({condition})"

    def truth(self, reference, is_true):
        return f"{reference} == {'true' if is_true else 'false'}"

    def contains(self, reference, value):
        return f"contains({reference}, {self.literal(value)})"

    def cell(self, test):
        op, value = test["op"], test["v"]
        if test["f"] == "due":
            value = workload.day_number(value)
        if op == "ne":
            return f"$ != {self.literal(value)}"
        if op == "in":
            return ", ".join(self.literal(one) for one in value)
        if op == "has":
            return f"contains($, {self.literal(value)})"
        return f"{COMPARISONS[op]} {value}" if op in COMPARISONS else self.literal(value)

    def row(self, index, rule):
        """A test in the column of its fact; what does not fit there in the last one."""
        row, further = {}, []
        for clause in rule["all"]:
            column = None if "any" in clause else self.column(clause["f"])
            if column and column not in row:
                row[column] = self.cell(clause)
            else:
                further.append(self.clause(clause))
        if rule["unless"]:
            further.append(self.negative(self.clause(rule["unless"])))
        return {**row, "other": " and ".join(further), "_id": rule["id"], "out": str(index)}

    def column(self, fact):
        return "due_day" if fact == "due" else fact

    def table(self, rules):
        columns = [self.column(fact) for fact in workload.FACTS]
        inputs = [{"id": name, "name": name, "type": "expression", "field": name}
                  for name in columns] + [{"id": "other", "name": "other", "type": "expression",
                                           "field": ""}]
        empty = {one["id"]: "" for one in inputs}
        content = {
            "hitPolicy": "first", "inputs": inputs,
            "outputs": [{"id": "out", "name": "rule", "type": "expression", "field": "rule"}],
            "rules": [{**empty, **self.row(index, rule)} for index, rule in enumerate(rules)]}
        nodes = [{"id": "in", "type": "inputNode", "name": "in"},
                 {"id": "table", "type": "decisionTableNode", "name": "table", "content": content},
                 {"id": "end", "type": "outputNode", "name": "end"}]
        edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"}
                 for a, b in (("in", "table"), ("table", "end"))]
        return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes,
                           "edges": edges})


class Prolog(Language):
    """A clause a rule, `decide(Pref, Purpose, …, Index)`: equalities stand in its head, where the
    system finds them by index, and the rest in its body."""

    AND, OR = " , ", " ; "

    def reference(self, fact):
        return "V_" + fact

    def literal(self, value):
        return f"'{value}'" if isinstance(value, str) else str(value)

    def negative(self, condition):
        return f"\\+ {condition}" if condition[0] == "(" else f"\\+ ({condition})"

    def truth(self, reference, is_true):
        return f"{reference} == {'yes' if is_true else 'no'}"

    def is_one_of(self, reference, values):
        return "(" + self.OR.join(f"{reference} == {self.literal(one)}" for one in values) + ")"

    def contains(self, reference, value):
        return f"memberchk({self.literal(value)}, {reference})"

    def test(self, test):
        fact, op, value = test["f"], test["op"], test["v"]
        if op == "ne":
            return f"{self.reference(fact)} \\== {self.literal(value)}"
        if op not in COMPARISONS:
            return super().test(test)
        sign = "=<" if op == "le" else COMPARISONS[op]
        number = workload.day_number(value) if fact == "due" else value
        return f"{self.reference(fact)} {sign} {number}"

    def clause_of(self, index, rule):
        head, body = {}, []
        for clause in rule["all"]:
            if clause.get("op") == "eq" and clause["f"] not in head:
                head[clause["f"]] = self.literal(clause["v"])
            elif clause.get("op") == "is" and clause["f"] not in head:
                head[clause["f"]] = "yes" if clause["v"] else "no"
            else:
                body.append(self.clause(clause))
        if rule["unless"]:
            body.append(self.negative(self.clause(rule["unless"])))
        # A fact that is asked for again is bound in the body; an unused one is `_`.
        names = self.AND.join(body)
        bound = [fact for fact in head if self.reference(fact) in names]
        body = [f"{self.reference(fact)} = {head.pop(fact)}" for fact in bound] + body
        names = self.AND.join(body)
        arguments = [head.get(fact, self.reference(fact) if self.reference(fact) in names else "_")
                     for fact in workload.FACTS]
        end = f" :- {names}." if body else "."
        return f"decide({','.join(arguments)},{index}){end}"

    def program(self, rules):
        return "\n".join(self.clause_of(index, rule) for index, rule in enumerate(rules)) + "\n"

    def message(self, index, message):
        values = [self.literal(message[fact]) for fact in workload.CHOICES]
        values += ["yes" if message[fact] else "no" for fact in workload.SENTENCES]
        values += [str(number) for number in coded.message(message)[15:18]]
        values += ["[" + ",".join(map(self.literal, message[fact])) + "]" for fact in workload.SETS]
        return f"message({index}, m({','.join(values)})).\n"
