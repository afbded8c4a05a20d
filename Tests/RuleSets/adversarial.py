"""Policies that are hard on a prover, each in one way."""

import math

from . import words

OUTCOMES = words.OUTCOMES


def chain(rules):
    """Rules of which each overrides the next, from pairs of a condition and an outcome."""
    for number, (condition, outcome) in enumerate(rules):
        clauses = [f"because number {number + 1} goes before the rest"]
        if number + 1 < len(rules):
            clauses.append(f"overrides Number {number + 2}")
        yield words.rule(f"Number {number + 1}", condition, outcome, *clauses)


def ends(rules):
    """The outcomes that the rules have, and those of the statements that end every policy."""
    used = {outcome for _, outcome in rules} | {"hold for review"}
    outcomes = [f"outcome {outcome}" for outcome in OUTCOMES if outcome in used]
    return outcomes + ["otherwise hold for review", "when unsure hold for review"]


def every_fact(count, random):
    """Each rule tests each of thirty facts."""
    facts = [f"fact matter {index} is: one of " + ", ".join(f"kind-{value}" for value in range(6))
             for index in range(20)]
    facts += [f"fact sum {index} is: whole number from 0 to 1000" for index in range(10)]
    rules, seen = [], set()
    while len(rules) < count:
        tests = []
        for index in range(20):
            values = sorted(random.sample(range(6), random.randint(2, 5)))
            tests.append(f"matter {index} is one of " + ", ".join(f"kind-{v}" for v in values))
        for index in range(10):
            low = random.randrange(0, 600)
            tests.append(f"sum {index} is between {low} and {low + random.randint(100, 400)}")
        condition = "\n    and ".join(tests)
        if condition not in seen:
            seen.add(condition)
            rules.append((condition, OUTCOMES[len(rules) % len(OUTCOMES)]))
    return facts + ends(rules), list(chain(rules))


def wildcards(count, random):
    """Rules of two or three tests each, most of which overlap with most others."""
    size = max(8, math.isqrt(count) * 2)
    facts = [f"fact point {index} is settled: yes or no" for index in range(size)]
    facts += [f"fact matter {index} is: one of kind-0, kind-1, kind-2, kind-3"
              for index in range(size // 2)]
    rules, seen = [], set()
    while len(rules) < count:
        tests = set()
        while len(tests) < random.choice([2, 2, 3]):
            index = random.randrange(size * 3 // 2)
            if index < size:
                tests.add(f"point {index} is {random.choice(['', 'not '])}settled")
            else:
                tests.add(f"matter {index - size} is {random.choice(['', 'not '])}"
                          f"kind-{random.randrange(4)}")
        facts_tested = {tuple(test.split()[:2]) for test in tests}
        condition = " and ".join(sorted(tests))
        if len(facts_tested) == len(tests) and condition not in seen:
            seen.add(condition)
            rules.append((condition, random.choice(OUTCOMES)))
    return facts + ends(rules), list(chain(rules))


def definitions(count, random):
    """Definitions that use two others each, in up to 28 layers: written out, they are endless.

    Each is drawn again until it is true of some and false of other random messages.
    """
    layers = max(1, min(28, count // 5))
    width, messages = count // layers, 512
    below = [(f"point {index} is settled", f"point {index} is not settled",
              random.getrandbits(messages)) for index in range(width)]
    declared = [f"fact {name}: yes or no" for name, _, _ in below]
    for layer in range(1, layers + 1):
        here = []
        for place in range(width if layer < layers else count - width * (layers - 1)):
            text, bits = definition(place, below, messages, random)
            name = f"matter {layer}-{place + 1} is"
            here.append((f"{name} clear", f"{name} not clear", bits))
            declared.append(f"define {name} clear: {text}")
        below = here
    rules = [(f"{name} and point {index % width} is {word}settled", random.choice(OUTCOMES))
             for index, (name, _, _) in enumerate(below) for word in ("", "not ")]
    return declared + ends(rules), list(chain(rules))


def definition(place, below, messages, random):
    """A sentence of two others, the first of them at `place`, and the messages it is true of."""
    first, second = below[place % len(below)], below[(place + 1) % len(below)]
    while True:
        flip, both = random.random() < 0.5, random.random() < 0.5
        bits = second[2] ^ ((1 << messages) - 1) if flip else second[2]
        bits = first[2] & bits if both else first[2] | bits
        if messages // 8 < bits.bit_count() < messages * 7 // 8:
            return f"{first[0]} {'and' if both else 'or'} {second[1 if flip else 0]}", bits
        second = random.choice([other for other in below if other is not first])


def thresholds(count, random):
    """Bands of one number, next to each other and without a gap, and notes for what lies above."""
    cuts = sorted(random.sample(range(1, 100 * count + 100), count))
    rules = []
    for number, cut in enumerate(cuts):
        low = f"at least {cuts[number - 1]} and " if number else ""
        rules.append(words.rule(
            f"Band {number + 1}", f"the amount owed is {low}less than {cut}",
            OUTCOMES[number % len(OUTCOMES)]))
    rules.append(words.rule(
        "The last band", f"the amount owed is at least {cuts[-1]}", "hold for review"))
    above = sorted(random.sample(range(count), max(1, count // 10)))
    rules += [words.rule(f"Above {cuts[index]}",
                         f"the amount owed is more than {cuts[index]}",
                         f"add {words.NOTES[index % len(words.NOTES)]}") for index in above]
    notes = sorted({index % len(words.NOTES) for index in above})
    declared = ["fact amount owed is: number of £ from 0", *[
        f"outcome {outcome}" for outcome in (OUTCOMES if count > 2 else [
            OUTCOMES[index] for index in sorted({0, count - 1, 3})])],
        *[f"note {words.NOTES[index]}" for index in notes], "when unsure hold for review"]
    return declared, rules


def patterns(count, random):
    """Tests of every kind on one text, the longest pattern first."""
    letters, chosen = "abcdeno", set()
    while len(chosen) < count:
        kind = random.choice(["starts with", "ends with", "contains", "in the domain", "whole"])
        length = random.randint(2, 4 + int(math.log(count, 7)))
        word = "".join(random.choice(letters) for _ in range(length))
        if kind == "in the domain":
            word += random.choice([".uk", ".gov.uk", ".org", ".net"])
        elif kind == "whole":
            word += "@" + "".join(random.choice(letters) for _ in range(3)) + ".uk"
        elif kind == "contains" and random.random() < 0.2:
            word = "@" + word
        chosen.add((kind, word))
    rules = []
    for kind, word in sorted(chosen, key=lambda pair: (-len(pair[1]), pair)):
        ending = "" if kind == "whole" else kind + " "
        rules.append((f'the email address is {ending}"{word}"', random.choice(OUTCOMES)))
    rules = [(condition.replace("is starts", "starts").replace("is ends", "ends")
              .replace("is contains", "contains"), outcome) for condition, outcome in rules]
    return ["fact email address is: text", *ends(rules)], list(chain(rules))
