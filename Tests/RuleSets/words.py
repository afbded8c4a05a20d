"""The words that the families share, and how a policy is written down."""

import os

CHOICES = {
    "preference": ["plain", "encrypted", "post", "no-contact"],
    "purpose": """SEN-tribunal SEN-review housing-offer housing-appeal council-tax parking-fine
        benefit-award benefit-stop adult-care child-care school-place school-appeal licence-grant
        licence-refusal planning-notice planning-appeal FOI-reply SAR-reply complaint-reply survey
        newsletter reminder debt-notice court-bundle""".split(),
    "channel": "email portal SMS letter interface".split(),
    "sender": """caseworker manager solicitor clerk machine contractor councillor teacher nurse
        officer analyst director""".split(),
    "recipient": """parent carer pupil tenant landlord solicitor school hospital surgery court
        police council charity business citizen press""".split(),
    "department": [f"department-{index:02}" for index in range(40)],
    "marking": "public internal official sensitive secret".split(),
    "region": [f"region-{index:02}" for index in range(30)],
    "document": """letter report plan statement invoice form notice minutes evidence photograph
        recording contract summary transcript certificate receipt agenda draft bundle
        decision-letter""".split(),
    "language": "English Welsh Polish Urdu Bengali Somali Arabic French".split(),
    "stage": "new triage opened review decided appealed closed".split(),
    "service": "standard priority statutory".split(),
}
SENTENCES = ["recipient has consented to email", "message has attachments", "address is verified"]
NUMBERS = {"attachment size": 50000, "age of the recipient": 100}
DATES = ["reply date"]
SETS = {
    "message contains": """health schooling money housing travel legal safeguarding dispute
        deadlines minors medicine addresses identity vulnerability translation interpreting urgency
        third-parties redactions joint-cases bulk important-people media archives""".split(),
    "case is flagged for": """leaks retries bounces quarantine signatures size outsiders legacy
        shadowing audit embargo trials""".split(),
}
CUTS = {
    "attachment size": [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000],
    "age of the recipient": [5, 11, 16, 18, 21, 25, 30, 40, 50, 60, 65, 70, 75, 80],
}
MONTHS = """January February March April May June July August September October November
    December""".split()
DAYS = [(day, month) for month in range(12) for day in (1, 15)]
OUTCOMES = ["send plain", "send encrypted", "send by post", "hold for review"]
NOTES = ["consent note", "cover sheet", "tracked delivery", "signature", "large print",
         "translated copy", "second check", "audit copy"]


def declarations(facts=None):
    """The declarations of the shared facts, or of those whose phrase is among `facts`."""
    lines = {}
    for fact, values in CHOICES.items():
        lines[fact] = f"fact {fact} is: one of {', '.join(values)}"
    for fact in SENTENCES:
        lines[fact] = f"fact {fact}: yes or no"
    for fact, most in NUMBERS.items():
        lines[fact] = f"fact {fact} is: whole number from 0 to {most}"
    for fact in DATES:
        lines[fact] = f"fact {fact} is: date"
    for fact, values in SETS.items():
        lines[fact] = f"fact {fact}: any of {', '.join(values)}"
    return [line for fact, line in lines.items() if facts is None or fact in facts]


def declarations_for(text):
    """The declarations of the shared facts that a text speaks of."""
    facts = [*CHOICES, *SENTENCES, *NUMBERS, *DATES, *SETS]
    return declarations({fact for fact in facts if f"the {fact} " in text or f"the {fact}\n" in text
                         or (fact in SENTENCES and f"the {negative(fact)}" in text)})


def negative(sentence):
    """The negative of a sentence whose verb is `is`, `are` or `has`."""
    for verb in (" has ", " is ", " are "):
        if verb in sentence:
            return sentence.replace(verb, verb + "not ", 1)
    raise ValueError(sentence)


def rule(name, condition, then, *clauses, kind="rule"):
    lines = [f"{kind} {name}", f"  if {condition}", f"  then {then}"]
    return "\n".join(lines + [f"  {clause}" for clause in clauses])


def write(folder, declared, statements, per_file=500):
    """Writes the declarations, and the statements in files of `per_file` each.

    A section ends with its file, so what opens one is repeated where a file breaks it.
    """
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        if name.endswith(".rules"):
            os.remove(os.path.join(folder, name))
    with open(os.path.join(folder, "vocabulary.rules"), "w") as file:
        file.write("\n\n".join(declared) + "\n")
    section = None
    for first in range(0, len(statements), per_file):
        part = statements[first:first + per_file]
        head = [section] if section and not part[0].startswith("section ") else []
        for statement in part:
            if statement.startswith("section "):
                section = statement.split("\n")[0]
        with open(os.path.join(folder, f"rules-{first:06}.rules"), "w") as file:
            file.write("\n\n".join(head + part) + "\n")
