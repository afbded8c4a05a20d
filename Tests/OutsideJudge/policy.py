"""A random policy: rules, sections, tables, promises, and which rule overrides which."""

from . import days, texts
from .author import Author, Fact, negated
from .meaning import may_be_true
from .message import random_message


class Rule:
    """A rule, guard, note rule or row of a table."""

    def __init__(self, kind, name):
        self.kind, self.name = kind, name
        self.outcome, self.notes, self.formula = None, [], ("and",)
        self.start, self.end = None, None
        self.table = self.section = None
        self.lines = (0, 0)
        self.over = 0


class Promise:
    def __init__(self):
        self.kind, self.what, self.formula = None, [], ("and",)
        self.start, self.end = None, None
        self.lines = (0, 0)


class Policy:
    """`size` rules of every kind.

    An orderly one has neither conflicts nor gaps, and hardly a rule that never applies: each rule
    overrides the next of its kind, and every condition is true of some message that was tried.
    """

    def __init__(self, random, size, orderly=False):
        self.random, self.size, self.orderly = random, size, orderly
        self.rules, self.promises, self.sections = [], [], {}
        self.statements = []
        self.draw_vocabulary()
        self.draw_rules()
        self.draw_overrides()
        self.draw_promises()
        self.write()

    # --- Words.

    def draw_vocabulary(self):
        random = self.random
        count = random.randint(1, 4) if self.size < 12 else random.randint(3, 9)
        kinds = ["choice", "choice", "set", "sentence", "number", "date", "text"]
        self.facts = [Fact(random.choice(kinds), number, random) for number in range(count)]
        self.possible_texts = {}
        for fact in self.facts:
            while fact.kind == "text":
                try:
                    self.possible_texts[fact] = texts.possible(fact.patterns)
                    break
                except texts.TooManyStates:
                    fact.patterns.pop()
        self.author = Author(random, self.facts)
        self.outcomes = [f"send way {index}" for index in range(random.choice([1, 2, 2, 3, 4]))]
        self.notes = [f"banner {index}" for index in range(random.choice([0, 1, 2, 3]))]
        self.author.outcomes = self.outcomes
        self.holidays = []
        if random.random() < 0.5:
            self.holidays = sorted(random.sample(range(20400, 20800), 8))
        self.calendar = days.Calendar(self.holidays)
        self.definitions = self.author.definitions
        self.definition_texts = []
        for _ in range(random.choice([0, 0, 1, 2, 4])):
            text, formula = self.possible(lambda: self.author.line(1, level=True))
            self.definitions.append(formula)
            self.definition_texts.append(text)
        says_otherwise = self.orderly or random.random() < 0.5
        self.otherwise = random.choice(self.outcomes) if says_otherwise else None
        self.otherwise_notes = self.some_notes() if self.otherwise else []

    def possible(self, draw):
        """A condition; in an orderly policy one that is true of some message."""
        for _ in range(30):
            text, formula = draw()
            if not self.orderly or any(
                    may_be_true(self, formula, *random_message(self, self.random))
                    for _ in range(40)):
                break
        return text, formula

    def some_notes(self):
        if not self.notes or self.random.random() < 0.6:
            return []
        return self.random.sample(self.notes, self.random.randint(1, min(2, len(self.notes))))

    def day_of_force(self):
        return self.random.choice(self.author.days + [days.day(1995, 1, 1), days.day(2150, 1, 1)])

    # --- Rules.

    def draw_rules(self):
        random, left = self.random, self.size
        while left > 0:
            if left >= 2 and random.random() < 0.1 and not self.orderly:
                left -= self.draw_table(min(left, random.randint(2, 5)))
            elif left >= 2 and random.random() < 0.25 and not self.orderly:
                self.draw_cover()
                left -= 2
            else:
                self.draw_rule()
                left -= 1
        parts = 0 if self.orderly else random.choice([0, 0, 2, 3, 5])
        names = [f"Part {index}" for index in range(parts)]
        for rule in self.rules:
            first = rule.table is None or rule.table.rows[0] is rule
            rule.section = (random.choice([None, *names]) if first else rule.table.rows[0].section)
        self.section_names = names

    def draw_rule(self, given=None):
        random = self.random
        kind = random.choices(["rule", "guard", "note"], [80, 10, 10 if self.notes else 0])[0]
        if given:
            kind = "rule"
        rule = Rule(kind, f"Rule {len(self.rules)}")
        depth = random.choice([0, 0, 1, 1, 2])
        rule.text, rule.formula = given or self.possible(
            lambda: self.author.condition(depth, outcome=kind != "rule"))
        rule.clauses = []
        if random.random() < 0.1 and not self.orderly:
            text, formula = self.author.line(1, outcome=kind != "rule", level=True)
            while " unless " in text:
                text, formula = self.author.line(1, outcome=kind != "rule", level=True)
            rule.clauses.append(f"unless {text}")
            rule.formula = ("and", rule.formula, negated(formula))
        self.draw_force(rule, 0.1)
        if kind == "note":
            rule.notes = random.sample(self.notes, random.randint(1, min(2, len(self.notes))))
        else:
            rule.outcome, rule.notes = random.choice(self.outcomes), self.some_notes()
        if kind == "rule" and not given and random.random() < 0.1 and not self.orderly:
            rule.name = None
        self.rules.append(rule)
        return rule

    def draw_force(self, rule, chance):
        if self.random.random() < chance:
            rule.start = self.day_of_force()
        if self.random.random() < chance:
            rule.end = self.day_of_force()
        if rule.start and rule.end and rule.start > rule.end:
            rule.start, rule.end = rule.end, rule.start
        if rule.end is not None and rule.end < days.FIRST_TODAY:
            rule.end = None

    def draw_cover(self):
        """Two rules of which one applies, whatever the message."""
        text, formula = self.author.test()
        self.draw_rule((text, formula))
        self.draw_rule((f"not ({text})", negated(formula)))

    def draw_table(self, rows):
        random, table = self.random, Table(f"Table {len(self.rules)}")
        columns = [fact for fact in self.facts if random.random() < 0.6] or [self.facts[0]]
        table.columns = columns
        notes_only = bool(self.notes) and random.random() < 0.15
        for number in range(rows):
            rule = Rule("note" if notes_only else "rule", f"{table.name}, row {number + 1}")
            cells, formulas = [], []
            for fact in columns:
                cell, formula = self.draw_cell(fact)
                cells.append(cell)
                formulas.append(formula)
            rule.cells, rule.formula, rule.table = cells, ("and", *formulas), table
            if notes_only:
                rule.notes = random.sample(self.notes, 1)
            else:
                rule.outcome, rule.notes = random.choice(self.outcomes), self.some_notes()
            table.rows.append(rule)
            self.rules.append(rule)
        self.draw_force(table, 0.1)
        for rule in table.rows:
            rule.start, rule.end = table.start, table.end
        return rows

    def draw_cell(self, fact):
        if self.random.random() < 0.3:
            return self.random.choice(["any", "-", ""]), ("and",)
        negative = self.random.random() < 0.2
        ending, formula = self.author.ending(fact)
        formula = ("and", ("present", fact), formula)
        if fact.kind == "sentence":
            return ("no", negated(formula)) if negative else ("yes", formula)
        if negative and (" ago" in ending or " away" in ending or fact.kind == "set"):
            negative = False
        return (f"not {ending}", negated(formula)) if negative else (ending, formula)

    # --- Which overrides which.

    def draw_overrides(self):
        random, count = self.random, len(self.rules)
        self.written_overrides = {id(rule): [] for rule in self.rules}
        order = list(range(count))
        random.shuffle(order)
        if self.orderly:
            self.draw_chains(order)
            return
        for name in self.section_names:
            for other in self.section_names:
                if name != other and random.random() < 0.3:
                    over = [(a, b) for a in range(count) for b in range(count)
                            if self.rules[a].section == name and self.rules[b].section == other
                            and self.rules[a].kind == self.rules[b].kind]
                    if self.add_edges(over):
                        self.sections.setdefault(name, []).append(other)
        wanted = random.choice([0, 1, 1, 2, 3]) * count // 2
        style = random.choice(["pairs", "chain", "pairs"])
        for number in range(wanted if style == "pairs" else count - 1):
            if style == "chain":
                above, below = order[number], order[number + 1]
            else:
                above, below = sorted(random.sample(range(count), 2), key=order.index) \
                    if count > 1 else (0, 0)
            self.draw_override(above, below)

    def draw_chains(self, order):
        for kind in ["rule", "guard", "note"]:
            chain = [index for index in order if self.rules[index].kind == kind]
            if kind == "note" and self.random.random() < 0.7:
                continue
            for above, below in zip(chain, chain[1:]):
                self.add_edges([(above, below)])
                self.written_overrides[id(self.rules[above])].append(
                    f"overrides {self.rules[below].name}")

    def draw_override(self, above, below):
        rule, other = self.rules[above], self.rules[below]
        rows = rule.table.rows if rule.table else [rule]
        if rule.kind != other.kind or rule is other:
            return
        clauses = self.written_overrides[id(rows[0])]
        if other.section and self.random.random() < 0.1:
            below_rules = [r for r in self.rules if r.section == other.section
                           and r.kind == rule.kind and r not in rows]
            text = f"overrides section {other.section}"
            if rule.table and rule.section == other.section:
                return
        elif other.table and other.table is not rule.table and self.random.random() < 0.5:
            below_rules, text = other.table.rows, f"overrides {other.table.name}"
        elif other.name and other not in rows:
            below_rules, text = [other], f"overrides {other.name}"
        else:
            return
        edges = [(self.rules.index(a), self.rules.index(b)) for a in rows for b in below_rules]
        if text not in clauses and self.add_edges(edges):
            clauses.append(text)

    def add_edges(self, edges):
        """Adds to the transitive relation, unless that made a circle."""
        before = [rule.over for rule in self.rules]
        for above, below in edges:
            if above == below or self.rules[below].over >> above & 1:
                for rule, over in zip(self.rules, before):
                    rule.over = over
                return False
            more = self.rules[below].over | 1 << below
            if self.rules[above].over | more == self.rules[above].over:
                continue
            for index, rule in enumerate(self.rules):
                if index == above or rule.over >> above & 1:
                    rule.over |= more
        return True

    # --- Promises.

    def draw_promises(self):
        random = self.random
        for _ in range(0 if self.orderly == "without promises" else random.choice([0, 1, 2, 4])):
            promise = Promise()
            kinds = ["always", "never", "depends"]
            kinds += ["always add", "never add"] if self.notes else []
            promise.kind = random.choice(kinds)
            promise.text = None
            copied = random.choice(self.rules)
            if random.random() < 0.4 and not copied.table and "outcome" not in str(copied.formula) \
                    and not copied.clauses and copied.kind == "rule":
                promise.text, promise.formula = copied.text, copied.formula
            elif random.random() < 0.8:
                promise.text, promise.formula = self.author.condition(
                    random.choice([0, 1, 2]), outcome=promise.kind != "depends")
            promise.unless = None
            if random.random() < 0.15:
                text, formula = self.author.line(0, level=True)
                promise.unless, promise.formula = text, ("and", promise.formula, negated(formula))
            if "add" in promise.kind:
                promise.what = random.sample(self.notes, random.randint(1, min(2, len(self.notes))))
            elif promise.kind == "depends":
                promise.what = random.sample(self.facts, random.randint(1, min(2, len(self.facts))))
            else:
                promise.what = random.sample(
                    self.outcomes, random.randint(1, min(2, len(self.outcomes))))
                if copied.outcome and random.random() < 0.4 and promise.kind == "always":
                    promise.what = [copied.outcome]
            self.draw_force(promise, 0.1)
            self.promises.append(promise)

    # --- The text.

    def write(self):
        head = [fact.declaration() for fact in self.facts]
        head += [f"outcome {outcome}" for outcome in self.outcomes]
        head += [f"note {note}" for note in self.notes]
        head += [f"define case {index} is clear: {text}"
                 for index, text in enumerate(self.definition_texts)]
        self.places = {}
        lines = []
        first = len(head) - len(self.definition_texts)
        for index, text in enumerate(head):
            if index >= first:
                self.places["define", index - first] = len(lines) + 1
            lines += [text, ""]
        lines += ["when unsure " + self.outcomes[0], ""]
        if self.otherwise:
            lines += [f"otherwise {self.otherwise}" + self.with_notes(self.otherwise_notes), ""]
        for section in [None, *self.section_names]:
            if section:
                lines += [f"section {section}"]
                others = self.sections.get(section, [])
                lines += [f"  overrides section {other}" for other in others]
                lines += [""]
            self.write_rules(lines, [rule for rule in self.rules if rule.section == section])
        for index, promise in enumerate(self.promises):
            start = len(lines) + 1
            lines += self.promise_lines(index, promise)
            promise.lines = (start, len(lines))
            lines.append("")
        lists = [f"list {name}: {', '.join(values)}" for values, name in self.author.lists.items()]
        if self.holidays:
            lists.append("list holidays: " + ", ".join(map(days.written, self.holidays)))
        for text in lists:
            lines += [text, ""]
        self.text = "\n".join(lines)

    @staticmethod
    def with_notes(notes):
        return " with " + " and ".join(notes) if notes else ""

    def then(self, rule):
        if rule.kind == "note":
            return "add " + " and ".join(rule.notes)
        return rule.outcome + self.with_notes(rule.notes)

    def force_lines(self, rule):
        lines = [f"  from {days.written(rule.start)}"] if rule.start is not None else []
        return lines + ([f"  until {days.written(rule.end)}"] if rule.end is not None else [])

    def write_rules(self, lines, rules):
        for rule in rules:
            if rule.table:
                if rule.table.rows[0] is rule:
                    self.write_table(lines, rule.table)
                continue
            start = len(lines) + 1
            if rule.name:
                lines.append(f"{'guard' if rule.kind == 'guard' else 'rule'} {rule.name}")
            else:
                rule.name = f"policy.rules:{start}"
            indent = "" if rule.name.startswith("policy.rules") else "  "
            lines += f"{indent}if {rule.text}".split("\n")
            lines += [f"  then {self.then(rule)}"] + [f"  {clause}" for clause in rule.clauses]
            lines += [f"  {clause}" for clause in self.written_overrides[id(rule)]]
            lines += self.force_lines(rule)
            rule.lines = (start, len(lines))
            lines.append("")

    def write_table(self, lines, table):
        lines.append(f"table {table.name}")
        headings = [fact.phrase for fact in table.columns] + ["then"]
        lines.append("  | " + " | ".join(headings) + " |")
        for rule in table.rows:
            lines.append("  | " + " | ".join(rule.cells + [self.then(rule)]) + " |")
            rule.lines = (len(lines), len(lines))
        lines += [f"  {clause}" for clause in self.written_overrides[id(table.rows[0])]]
        lines += self.force_lines(table) + [""]

    def promise_lines(self, index, promise):
        lines = [f"promise Promise {index}"]
        if promise.text:
            lines += f"  if {promise.text}".split("\n")
        word = "never depends on" if promise.kind == "depends" else promise.kind
        what = [thing if isinstance(thing, str) else thing.phrase for thing in promise.what]
        joint = " and " if promise.kind == "always add" else " or "
        lines.append(f"  {word} {joint.join(what)}")
        if promise.unless:
            lines.append(f"  unless {promise.unless}")
        return lines + self.force_lines(promise)


class Table:
    def __init__(self, name):
        self.name, self.rows, self.start, self.end = name, [], None, None
