"""Sections that override each other like the rungs of a ladder, as a large organisation has them.

Inside a section no two rules disagree: each is about a purpose and a stage of its own, or the whole
section has one outcome. Further tests are of every kind. Notes, guards, and ten promises that hold
by the way the policy is built.
"""

import itertools
import math

from . import words

OUTCOMES = ["send plain", "send encrypted", "send by post", "send by portal", "hold for review"]
DOMAINS = ["gov.uk", "nhs.net", "police.uk", "sch.uk", "example.org"]
STARTS = ["press.", "office@", "info", "no-reply", "team-"]
SURE = ["purpose", "stage"]


def further_test(random):
    kind = random.randrange(10)
    if kind == 0:
        return f"the hearing is within {random.choice([5, 10, 14, 28])} days or past"
    if kind == 1:
        return f"the hearing is within {random.choice([3, 5, 10])} working days"
    if kind == 2:
        return f"consent was given within the last {random.choice([3, 6, 12, 24])} months"
    if kind == 3:
        day, month = random.choice(words.DAYS)
        when = random.choice(["before", "on or after"])
        return f"the reply date is {when} {day} {words.MONTHS[month]} 2026"
    if kind == 4:
        return f'the email address is in the domain "{random.choice(DOMAINS)}"'
    if kind == 5:
        return f'the email address starts with "{random.choice(STARTS)}"'
    if kind == 6:
        fact = random.choice(list(words.SETS))
        return f"the {fact} {random.choice(words.SETS[fact])}"
    if kind == 7:
        fact = random.choice(list(words.NUMBERS))
        when = random.choice(["more than", "at most", "at least", "less than"])
        return f"the {fact} is {when} {random.choice(words.CUTS[fact])}"
    if kind == 8:
        fact = random.choice(words.SENTENCES)
        return f"the {random.choice([fact, words.negative(fact)])}"
    fact = random.choice([fact for fact in words.CHOICES if fact not in SURE])
    values = random.sample(words.CHOICES[fact], 2)
    return f"the {fact} is {values[0]} or {values[1]}"


def subject(test):
    """How a test begins, without `not`; tests that begin differently do not contradict."""
    start = test.replace(" not ", " ").split()
    return " ".join(start[:3] if start[2] == "is" else start[:4])


def further_tests(random, most):
    tests = {}
    for _ in range(random.randint(most // 2, most)):
        test = further_test(random)
        tests.setdefault(subject(test), test)
    return list(tests.values())


def distinct(random):
    """Pairs of a purpose and a stage, in random order."""
    pairs = list(itertools.product(words.CHOICES["purpose"], words.CHOICES["stage"]))
    random.shuffle(pairs)
    return pairs


def section(number, count, last, random):
    """A section's rules: as many as `count`, at most 168."""
    head = f"section Rung {number + 1}"
    if not last:
        head += f"\n  overrides section Rung {number + 2}"
    statements, same = [head], number > 0 and random.random() < 0.3
    shared = random.choice(OUTCOMES)
    pairs = distinct(random)
    for place in range(count):
        purpose, stage = pairs[place]
        tests = further_tests(random, 6)
        if same:
            other = pairs[place - 1][0]
            first = f"the purpose is {purpose if other == purpose else f'{purpose} or {other}'}"
        else:
            first = f"the purpose is {purpose} and the stage is {stage}"
        if number == 0:
            tests = tests[:1]
        condition = "\n    and ".join([first] + tests)
        outcome = shared if same else random.choice(OUTCOMES)
        clauses = [f"because minute {number + 1}/{place + 1} says so"]
        exception = further_test(random)
        if random.random() < 0.1 and subject(exception) not in map(subject, tests):
            clauses.insert(0, f"unless {exception}")
        if random.random() < 0.05:
            clauses.append(f"from 1 {random.choice(words.MONTHS)} {random.randint(2001, 2025)}")
        if random.random() < 0.2:
            outcome += f" with {random.choice(words.NOTES[:5])}"
        statements.append(
            words.rule(f"Rule {number + 1}.{place + 1}", condition, outcome, *clauses))
        if place == 0 and number == 0:
            statements += promises_about_the_first_rung(first, tests, outcome, clauses)
    return statements


def promises_about_the_first_rung(first, tests, outcome, clauses):
    """Whatever the rule that nothing overrides says is kept, save by the guards, which hold."""
    unless = [f"  {clause}" for clause in clauses if clause.startswith("unless")]
    start = [f"  {clause}" for clause in clauses if clause.startswith("from")]
    plain = outcome.split(" with ")[0]
    held = "" if plain == "hold for review" else " or hold for review"
    condition = "\n    and ".join([first] + tests)
    return ["\n".join(
        ["promise The first rule of the first rung is kept", f"  if {condition}",
         f"  always {plain}{held}"] + unless + start)]


GUARDS = """guard Nothing leaves that is marked as leaking
  if the outcome is ways by wire and the case is flagged for leaks
  then hold for review

guard Nothing secret goes by post
  if the outcome is send by post and the marking is secret
  then hold for review

guard No contact means no contact
  if the outcome is not hold for review and the preference is no-contact
  then hold for review

rule Surveys are copied for the audit
  if the purpose is survey or newsletter
  then add audit copy

rule Translations for those who need them
  if the language is not English and the outcome is not hold for review
  then add translated copy

rule A second check for outsiders
  if the case is flagged for outsiders or the sender's team is "Agency"
  then add second check
  unless the purpose is reminder

promise Nothing that leaks goes by wire
  if the case is flagged for leaks
  never send plain or send encrypted or send by portal

promise Nothing secret goes by post, on any day
  if the marking is secret
  never send by post

promise Nobody is contacted against their will
  if the preference is no-contact
  always hold for review

promise Nobody is contacted against their will this decade
  if the preference is no-contact
  never send plain, send encrypted, send by post or send by portal
  from 1 January 2026
  until 31 December 2029

promise Newsletters are copied
  if the purpose is newsletter
  always add audit copy

promise The English need no translation
  if the language is English
  never add translated copy

promise What is held is not translated
  if the outcome is hold for review
  never add translated copy

promise Outsiders mean a second check
  if the case is flagged for outsiders
  always add second check
  unless the purpose is reminder

promise Reminders are the same for all teams
  if the purpose is reminder
  never depends on the sender's team"""


def make(count, random):
    rungs = max(2, math.ceil(count / 168), round(math.sqrt(count)))
    statements = []
    for number in range(rungs):
        share = count * (number + 1) // rungs - count * number // rungs
        statements += section(number, share, number == rungs - 1, random)
    text = "\n\n".join(statements) + GUARDS
    declared = words.declarations_for(text)
    declared += [line for fact, line in OTHER_FACTS.items() if fact in text]
    declared += [f"outcome {outcome}" for outcome in OUTCOMES]
    declared += [f"note {note}" for note in words.NOTES if note in text]
    declared += ["list ways by wire: send plain, send encrypted, send by portal",
                 "list holidays: 25 December 2026, 28 December 2026, 1 January 2027",
                 "otherwise send by post", "when unsure hold for review"]
    # Before the first section, so that the guards and notes belong to none.
    return declared + GUARDS.split("\n\n"), statements


OTHER_FACTS = {
    "hearing": "fact hearing is: date, if recorded",
    "consent was given": "fact consent was given: date, if recorded",
    "email address": "fact email address is: text, if recorded",
    "sender's team": 'fact sender\'s team is: text, if absent "not said"',
}
