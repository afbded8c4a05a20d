"""The facts of the comparison's messages, and the files that the parts of the comparison share.

A rule is {"id", "all": [clause...], "unless": clause or null, "outcome", "notes"}; a clause is a
test, or {"any": [test, test]}; a test is {"f": fact, "op": operator, "v": value} with one of the
operators eq, ne, in, is (yes or no), lt, le, gt, ge, has (a set), before, from (dates). The first
rule that is true of a message decides, and `hold` is for messages of which none is.
"""

import datetime
import itertools
import json
import os

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FOLDER = os.path.join(ROOT, os.environ.get("COMPARISON", ".build/comparison"))
SIZES = [int(size) for size in os.environ.get("SIZES", "10 100 1000 10000").split()]

CHOICES = {
    "pref": ["plain", "encrypted", "post", "none"],
    "purpose": """SEN-tribunal SEN-review housing-offer housing-appeal council-tax parking-fine
        benefit-award benefit-stop adult-care child-care school-place school-appeal licence-grant
        licence-refusal planning-notice planning-appeal foi-reply sar-reply complaint-reply survey
        newsletter reminder debt-notice court-bundle""".split(),
    "channel": "email portal sms letter api".split(),
    "sender": """caseworker manager solicitor clerk system contractor councillor teacher nurse
        officer analyst director""".split(),
    "recipient": """parent carer pupil tenant landlord solicitor school hospital gp court police
        council charity business citizen press""".split(),
    "dept": [f"d{index:02}-{name}" for index, name in enumerate("""sen housing tax parking benefits
        adults children schools licensing planning legal foi press finance hr it parks waste roads
        libraries museums sport health elections audit property transport climate youth events
        grants fraud registrar markets harbour cemetery archives training facilities
        contact""".split())],
    "sens": "public internal official sensitive secret".split(),
    "region": [f"R{index:02}" for index in range(30)],
    "doctype": """letter report plan statement invoice form decision minutes evidence photo audio
        contract notice summary transcript certificate receipt agenda draft bundle""".split(),
    "lang": "en cy pl ur bn so ar fr".split(),
    "stage": "new triage open review decided appealed closed".split(),
    "service": "standard priority statutory".split(),
}
SENTENCES = ["consent", "attach", "verified"]
NUMBERS = {"size_kb": 50000, "age": 100}
DATES = ["due"]
SETS = {
    "topics": """health school money home travel legal safeguarding dispute deadline minor medical
        address identity vulnerable translation interpreter urgent third-party redacted joint bulk
        vip media archive""".split(),
    "flags": """dlp retry bounced quarantined signed large external legacy shadow audit embargo
        test""".split(),
}
FACTS = [*CHOICES, *SENTENCES, *NUMBERS, *DATES, *SETS]
OUTCOMES = ["plain", "encrypted", "post", "hold"]
NOTES = """consent-note cover-sheet tracked signed-for large-print translation second-check
    audit-copy""".split()

# What a test says when it is false; `in`, `is` and `has` have no operator for that.
NEGATIVE = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt",
            "before": "from", "from": "before"}


def path(name):
    return os.path.join(FOLDER, name)


def rules(size):
    with open(path(f"rules-{size}.json")) as file:
        return json.load(file)["rules"]


def messages(count=None):
    with open(path("messages.ndjson")) as file:
        return [json.loads(line) for line in itertools.islice(file, count)]


def expected(size, count=None):
    """For each message the index of the rule that decides, or -1."""
    with open(path(f"expected-{size}.txt")) as file:
        return [int(line) for line in itertools.islice(file, count)]


def tests(clause):
    """The tests of which one must be true."""
    return clause["any"] if "any" in clause else [clause]


def day_number(date):
    """Days since 1 January 1970."""
    return datetime.date.fromisoformat(date).toordinal() - 719163
