"""Rules of which exactly one applies to every message: the leaves of a decision tree.

No rule overrides another, and there is no `otherwise`.
"""

from . import words

OUTCOMES = ["send plain", "send encrypted", "send by post", "send by portal", "hold for review"]
HEARING = "hearing is"
ADDRESS = "email address is"
ENDINGS = ["ac.uk", "example.org", "example.net", "gov.uk", "nhs.net", "school.uk", "police.uk",
           "charity.org"]


class Node:
    """What is known of a message on the way down: the values, bands and texts that remain."""

    def __init__(self, known=None):
        self.known = dict(known or {})

    def with_known(self, fact, value):
        node = Node(self.known)
        node.known[fact] = value
        return node


def split(node, random):
    """The node's children: two or three that exclude each other and leave nothing out."""
    for _ in range(1000):
        kind = random.choices(
            ["choice", "sentence", "number", "date", "set", "hearing", "address"],
            [10, 2, 4, 3, 4, 2, 2])[0]
        children = SPLITS[kind](node, random)
        if children:
            return children
    return []


def split_choice(node, random):
    fact = random.choice(list(words.CHOICES))
    values = list(node.known.get(fact, words.CHOICES[fact]))
    if len(values) < 2:
        return []
    random.shuffle(values)
    cut = random.randint(1, len(values) - 1)
    return [node.with_known(fact, values[:cut]), node.with_known(fact, values[cut:])]


def split_sentence(node, random):
    fact = random.choice(words.SENTENCES)
    return [] if fact in node.known else [node.with_known(fact, flag) for flag in (True, False)]


def split_band(node, random, fact, cuts):
    low, high = node.known.get(fact, (None, None))
    between = [cut for cut in cuts if (low is None or cut > low) and (high is None or cut < high)]
    if not between:
        return []
    cut = random.choice(between)
    return [node.with_known(fact, (low, cut)), node.with_known(fact, (cut, high))]


def split_number(node, random):
    fact = random.choice(list(words.NUMBERS))
    return split_band(node, random, fact, words.CUTS[fact])


def split_date(node, random):
    return split_band(node, random, words.DATES[0], range(1, len(words.DAYS)))


def split_set(node, random):
    fact = random.choice(list(words.SETS))
    value = random.choice(words.SETS[fact])
    known = node.known.get(fact, {})
    if value in known or len(known) > 3:
        return []
    return [node.with_known(fact, {**known, value: flag}) for flag in (True, False)]


def split_hearing(node, random):
    if HEARING in node.known:
        return []
    days = random.choice([5, 10, 28, 90])
    endings = [f"within {days} days or past", f"more than {days} days away", "not recorded"]
    return [node.with_known(HEARING, ending) for ending in endings]


def split_address(node, random):
    if ADDRESS in node.known:
        return []
    ending = random.choice(ENDINGS)
    return [node.with_known(ADDRESS, f'{word}in the domain "{ending}"') for word in ("", "not ")]


SPLITS = {
    "choice": split_choice, "sentence": split_sentence, "number": split_number,
    "date": split_date, "set": split_set, "hearing": split_hearing, "address": split_address,
}


def leaves(count, random):
    """A tree's leaves; the larger halves are more often split further."""
    work, done = [(Node(), count)], []
    while work:
        node, wanted = work.pop()
        children = split(node, random) if wanted > 1 else []
        if not children or len(children) > wanted:
            if wanted > 1:
                work.append((node, wanted))
                continue
            done.append(node)
            continue
        shares = [1] * len(children)
        for _ in range(len(children)):
            extra = (wanted - sum(shares)) // len(children)
            for index in range(len(children)):
                shares[index] += random.randint(0, extra) if extra > 0 else 0
        shares[random.randrange(len(shares))] += wanted - sum(shares)
        work += zip(children, shares)
    return done


def day(index):
    number, month = words.DAYS[index]
    return f"{number} {words.MONTHS[month]} 2026"


def sentences(node):
    for fact, value in node.known.items():
        if fact in words.CHOICES:
            if len(value) == 1:
                yield f"the {fact} is {value[0]}"
            elif 2 * len(value) > len(words.CHOICES[fact]):
                others = [other for other in words.CHOICES[fact] if other not in value]
                yield f"the {fact} is not one of {', '.join(others)}"
            else:
                yield f"the {fact} is one of {', '.join(value)}"
        elif fact in words.SENTENCES:
            yield f"the {fact}" if value else f"the {words.negative(fact)}"
        elif fact in words.SETS:
            for element, holds in value.items():
                negative = fact.replace("contains", "does not contain").replace(" is ", " is not ")
                yield f"the {fact if holds else negative} {element}"
        elif fact in (HEARING, ADDRESS):
            yield f"the {fact} {value}"
        else:
            date = fact in words.DATES
            low, high = [day(end) if date and end is not None else end for end in value]
            from_low = f"{'on or after' if date else 'at least'} {low}"
            to_high = f"{'before' if date else 'less than'} {high}"
            if low is None:
                yield f"the {fact} is {to_high}"
            elif high is None:
                yield f"the {fact} is {from_low}"
            else:
                yield f"the {fact} is {from_low} and {to_high}"


def may_be_unverified_evidence(node):
    return ("court-bundle" in node.known.get("purpose", words.CHOICES["purpose"])
            and not node.known.get("address is verified", False))


def make(count, random, changes):
    nodes = leaves(count, random)
    outcomes = []
    for node in nodes:
        possible = OUTCOMES[1:] if may_be_unverified_evidence(node) else OUTCOMES
        outcomes.append(random.choice(possible))
    for number in range(changes):
        place = (2 * number + 1) * count // (2 * changes)
        outcomes[place] = OUTCOMES[OUTCOMES.index(outcomes[place]) - 1] \
            if outcomes[place] != OUTCOMES[1] else OUTCOMES[-1]
    facts = {fact for node in nodes for fact in node.known} | {"purpose", "address is verified"}
    declared = words.declarations(facts)
    declared += [f"fact {HEARING}: date, if recorded"] if HEARING in facts else []
    declared += [f"fact {ADDRESS}: text"] if ADDRESS in facts else []
    declared += [f"outcome {outcome}" for outcome in OUTCOMES if outcome in set(outcomes) | {
        OUTCOMES[0], OUTCOMES[-1]}]
    declared += ["when unsure hold for review"]
    statements = [
        words.rule(f"Leaf {number + 1}", "\n    and ".join(sentences(node)), outcomes[number])
        for number, node in enumerate(nodes)]
    statements.append(
        "promise Bundles for the court go to verified addresses only\n"
        "  if the purpose is court-bundle and the address is not verified\n"
        "  never send plain")
    return declared, statements
