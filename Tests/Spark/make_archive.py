#!/usr/bin/env python3
"""Writes an archive of sent messages: make_archive.py N FOLDER [--seed S]

Each is one of the messages in rules/examples, with a day and an outcome of its own and some facts changed. Of a hundred
lines about one is no message, and one is blank. FOLDER/whole.ndjson holds them all, FOLDER/archive the same lines in
files of unequal sizes: some large, some with a line or none, one compressed, one without an end to its last line. The
same numbers always give the same archive.
"""
import argparse
import gzip
import json
import pathlib
import random

EXAMPLES = pathlib.Path(__file__).parents[2] / "rules/examples"
OUTCOMES = ["send plain", "send encrypted", "send encrypted", "send by post", "hold for the sender"]
CHANGES = {
    "purpose": ["SEN-tribunal", "council-tax-bill", "SAR-response", "complaint-response", "another matter"],
    "message_contains": [[], ["personal-data"], ["personal-data", "specially-protected-data"], ["safe-address"]],
    "recipient_prefers": [[], ["plain", "email"], ["encrypted"], ["post"], ["portal"]],
    "council_has_promised_this_recipient": ["plain email", "portal", "post", None],
    "recipient_address": ["mrs.x@example.org", "office@essex.gov.uk", "zoë@example.org", None],
    "number_of_recipients_outside_council": [1, 1, 2, 40],
    "address_is_verified": [True, True, False],
    "hour_of_day": [3, 9, 17],
    "size_of_attachments": [0, 0.5, 30],
    "deadline": ["2022-09-01", "2023-07-07", None],
    "unknown": [[], [], [], ["recipient_prefers"]],
}
WRONG = [
    '{"id": "cut short", "purpose": "SEN-tri',
    '{"id": 7, "on": "2023-02-30", "sent": "send plain"}',
    '{"id": "loud", "purpose": "shouting", "sent": "send plain", "on": "2023-01-09"}',
    "[]",
    '{"id": "no text", "subject": "\udcff"}',
]
BLANK = ["", "  ", "\t"]


def line(number, random, examples):
    """One line, mostly a message."""
    kind = random.randrange(200)
    if kind < 2:
        return random.choice(WRONG)
    if kind < 4:
        return random.choice(BLANK)
    message = dict(random.choice(examples))
    message["id"] = number
    message["on"] = f"{random.randint(2022, 2023)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    message["sent"] = random.choice(OUTCOMES)
    for field in random.sample(list(CHANGES), 3):
        message[field] = random.choice(CHANGES[field])
    for field in message.get("unknown", []):
        message.pop(field, None)
    return json.dumps(message, ensure_ascii=False)


def make(count, folder, seed):
    draw = random.Random(seed)
    text = (EXAMPLES / "messages.ndjson").read_text() + (EXAMPLES / "sent-2022-2023.ndjson").read_text()
    examples = [json.loads(line) for line in text.splitlines()]
    archive = folder / "archive"
    (archive / "2023").mkdir(parents=True)
    # In the order of their names, which is the order of the archive, with their shares of the lines.
    files = [("2023/a.ndjson", 0.45), ("b.ndjson", 0), ("c.ndjson.gz", 0.1), ("d.ndjson", 1 / count), ("e.ndjson", 1)]
    place, share_so_far = 0, 0.0
    with open(folder / "whole.ndjson", "wb") as whole:
        for name, share in files:
            share_so_far = min(share_so_far + share, 1)
            with (gzip.open if name.endswith(".gz") else open)(archive / name, "wb") as file:
                while place < round(share_so_far * count):
                    place += 1
                    text = line(place, draw, examples).encode("utf-8", "surrogateescape")
                    whole.write(text + b"\n")
                    file.write(text if name == "d.ndjson" else text + b"\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make(arguments.count, arguments.folder, arguments.seed)


if __name__ == "__main__":
    main()
