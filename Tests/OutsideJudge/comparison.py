"""rulec's answers beside the judge's."""

import decimal
import json
import subprocess

from . import days
from .formulas import Today, Unknowns
from .meaning import Meaning
from .message import Truth, as_json, from_json, random_message, random_value
from .verdict import Disagreement, Verdict, never_in_force

PROVED = ["conflict", "gap", "broken-promise", "never-applies", "always-set-aside", "not-proved"]
# Findings of a policy's words that random ones cannot avoid.
PLAIN = ["unused", "unrecorded-negation", "no-reason", "domain-test", "overdue", "expired",
         "no-effect", "needless-override", "needless-condition", "indistinct-value"]


def count(counts, what, number=1):
    counts[what] = counts.get(what, 0) + number


def of_decisions(policy, random, folder, rulec, counts):
    """What `rulec decide` says of random messages, and what the formulas say of them."""
    messages = [random_message(policy, random) for _ in range(15)]
    lines = [json.dumps({"on": days.iso(today), **as_json(policy, values, random)})
             for values, today in messages]
    run = subprocess.run([rulec, "decide", folder], input="\n".join(lines) + "\n",
                         capture_output=True, text=True, timeout=600)
    records = [json.loads(line) for line in run.stdout.splitlines()]
    if len(records) != len(messages):
        known = [f"error[{code}]" in run.stderr for code in PROVED]
        if any(known) and run.returncode == 1:
            count(counts, "policies refused")
            return []
        return [f"rulec decide: {run.stderr[:1500]}"]
    complaints, today = [], Today(policy, random)
    unknowns = Unknowns(policy, today)
    formulas = Meaning(policy, unknowns)
    for (values, day), line, record in zip(messages, lines, records):
        truth = Meaning(policy, Truth(policy, values, day))
        expected = decision(policy, truth)
        count(counts, "messages")
        if expected is None:
            count(counts, "undecided")
        said = None if "error" in record else (
            record["outcome"], sorted(record["notes"]), sorted(record["rules"]))
        if said != expected or not record.get("sure", True):
            complaints.append(f"{line}: rulec says {record}, the judge {expected}")
        if line in lines[:3]:
            complaints += formulas_differ(
                policy, unknowns, today, formulas, truth, values, day)
    return complaints


def decision(policy, truth):
    """Outcome, notes and winners, or nothing where rules disagree or leave a gap."""
    if not truth.decided:
        return None
    outcome = next(outcome for outcome, true in truth.outcome.items() if true)
    rules = [rule.name for rule, wins in zip(policy.rules, truth.wins) if wins]
    if policy.otherwise and not any(truth.of_kind(truth.applies, "rule")):
        rules.append("otherwise")
    return outcome, sorted(note for note, true in truth.notes.items() if true), sorted(rules)


def formulas_differ(policy, unknowns, today, formulas, truth, values, day):
    """The formulas of z3, with the values of one message put in."""
    import z3
    solver = z3.Solver()
    solver.add(*unknowns.equations(values), *today.equations(day), *unknowns.axioms)
    pairs = [(formulas.outcome, truth.outcome), (formulas.notes, truth.notes),
             (dict(enumerate(formulas.applies)), dict(enumerate(truth.applies))),
             (dict(enumerate(formulas.wins)), dict(enumerate(truth.wins)))]
    same = [z3.BoolVal(values[key]) == formula
            for formulas, values in pairs for key, formula in formulas.items()]
    if solver.check() != z3.sat:
        return ["the message is impossible for z3"]
    return [] if solver.check(z3.Not(z3.And(*same))) == z3.unsat else ["z3 decides otherwise"]


def of_proofs(policy, random, folder, rulec, counts):
    """What `rulec check` claims, and what is so."""
    run = subprocess.run([rulec, "check", folder, "--format", "json"],
                         capture_output=True, text=True, timeout=3600)
    try:
        report = json.loads(run.stdout, parse_float=decimal.Decimal)
    except json.JSONDecodeError:
        return [f"rulec check: exit code {run.returncode}, {run.stderr[:500]}"]
    findings = report["findings"]
    strange = [f for f in findings if f["code"] not in PROVED + PLAIN]
    if strange:
        return [f"{f['line']}: {f['code']}: {f['message']}" for f in strange]
    if any(f["code"] == "not-proved" for f in findings):
        count(counts, "policies not proved")
        return [f"{f['line']}: {f['message']}" for f in findings if f["code"] == "not-proved"]
    try:
        verdict = Verdict(policy, random)
    except Disagreement as error:
        return [str(error)]
    complaints = compare_conflicts(policy, verdict, findings)
    complaints += compare_gap(verdict, findings)
    complaints += compare_promises(policy, verdict, findings, report["summary"])
    complaints += compare_rules(policy, verdict, findings)
    for finding in findings:
        complaints += try_example(policy, finding, random)
    count(counts, "conflicts", len(verdict.conflicts))
    count(counts, "gaps", verdict.gap)
    count(counts, "promises", len(policy.promises))
    count(counts, "broken promises", len(verdict.broken))
    count(counts, "never applying", sum(true for _, true, _ in verdict.never_applies()))
    count(counts, "set aside", sum(true for _, true, _ in verdict.always_set_aside()))
    count(counts, "questions to z3", verdict.queries)
    return complaints


def differences(what, rulec_says, so):
    return [f"{what}: rulec alone says {thing}" for thing in sorted(rulec_says - so)] + [
        f"{what}: the judge alone says {thing}" for thing in sorted(so - rulec_says)]


def compare_conflicts(policy, verdict, findings):
    conflicts = [finding for finding in findings if finding["code"] == "conflict"]
    shown = [finding for finding in conflicts if "example" in finding]
    said = [tuple(sorted(finding["example"]["rules"])) for finding in shown]
    so = {tuple(sorted([policy.rules[a].name, policy.rules[b].name])) for a, b in verdict.conflicts}
    twice = [f"conflict: said twice of {pair}" for pair in set(said) if said.count(pair) > 1]
    if len(shown) < len(conflicts):
        # There are too many to show, and rulec says so.
        so &= set(said)
    return differences("conflict", set(said), so) + twice


def compare_gap(verdict, findings):
    said = sum(finding["code"] == "gap" for finding in findings)
    if said == int(verdict.gap):
        return []
    return [f"gap: rulec says {said}, the judge {int(verdict.gap)}"]


def place_of(policy, finding):
    """The rule, promise or definition that a finding is about."""
    line = finding["line"]
    for kind, things in [("rule", policy.rules), ("promise", policy.promises)]:
        for index, thing in enumerate(things):
            if thing.lines[0] <= line <= thing.lines[1]:
                return kind, index
    return next((place for place, start in policy.places.items() if start == line), ("line", line))


def compare_promises(policy, verdict, findings, summary):
    said = {place_of(policy, f)[1] for f in findings if f["code"] == "broken-promise"}
    complaints = differences("broken promise", said, verdict.broken)
    never, doubtful = set(), set()
    for (kind, index), true, sure in verdict.never_applies():
        if kind == "promise" and (true or not sure):
            (never if sure else doubtful).add(index)
    doubtful |= {index for index, promise in enumerate(policy.promises) if never_in_force(promise)}
    most = len(policy.promises) - len(verdict.broken | never)
    if not complaints and not most - len(doubtful) <= summary["proved"] <= most:
        complaints.append(f"promises proved: rulec says {summary['proved']}, the judge {most}")
    return complaints


def compare_rules(policy, verdict, findings):
    complaints = []
    for code, claims in [("never-applies", verdict.never_applies()),
                         ("always-set-aside", verdict.always_set_aside())]:
        said = {place_of(policy, finding) for finding in findings if finding["code"] == code}
        claims = list(claims)
        doubtful = {place for place, _, sure in claims if not sure}
        so = {place for place, true, _ in claims if true}
        complaints += differences(code, said - doubtful, so - doubtful)
    return complaints


def try_example(policy, finding, random):
    """Whether an example shows what it is for, whatever the facts that it leaves out."""
    if finding["code"] not in ("conflict", "gap", "broken-promise") or "example" not in finding:
        return []
    example, complaints = finding["example"], []
    today = days.from_iso(example["on"])
    for _ in range(4):
        filled = {}

        def complete(fact):
            if fact not in filled:
                filled[fact] = random_value(policy, fact, random, today)
            return filled[fact]

        values = from_json(policy, example["message"], complete)
        truth = Meaning(policy, Truth(policy, values, today))
        if finding["code"] == "gap":
            shows = truth.gap
        elif finding["code"] == "conflict":
            names = [rule.name for rule, wins in zip(policy.rules, truth.wins) if wins]
            guards = any(rule.kind == "guard" and rule.name in example["rules"]
                         for rule in policy.rules)
            shows = all(name in names for name in example["rules"]) and (
                not guards or truth.has_first)
        else:
            shows = shows_broken(policy, finding, truth, example, complete, today)
        if not shows:
            complaints.append(f"{finding['code']} in line {finding['line']}: "
                              f"its example does not show it: {example}")
            break
    return complaints


def shows_broken(policy, finding, truth, example, complete, today):
    kind, index = place_of(policy, finding)
    if kind != "promise":
        return False
    promise = policy.promises[index]
    if promise.kind != "depends":
        return truth.breaks(promise)
    other = from_json(policy, example["other"]["message"], complete)
    second = Meaning(policy, Truth(policy, other, today))
    first_values = from_json(policy, example["message"], complete)
    only_these = all(first_values[fact] == other[fact] for fact in policy.facts
                     if fact not in promise.what)
    return only_these and truth.decided and second.decided and truth.meets(promise) \
        and second.meets(promise) and (truth.outcome, truth.notes) != (second.outcome, second.notes)
