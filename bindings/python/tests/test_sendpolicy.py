"""The module decides as `rulec decide` does. Called by Tests/bindings.sh, which names the program in RULEC."""
import concurrent.futures
import datetime
import decimal
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import sendpolicy

ROOT = pathlib.Path(__file__).parents[3]
RULES = ROOT / "rules"
DAY = datetime.date(2026, 11, 23)
MESSAGES = (RULES / "examples/messages.ndjson").read_bytes().splitlines() + [
    b'{"id": 7, "purpose": "complaint-respnse"}',
    b'{"id": "x", "purpose": 3}',
    b'{"id": "caf\\u00e9 \\ud83d\\udce7", "unknown": ["recipient_prefers"]}',
    b'{"purpose": "complaint-response", "purpose": "complaint-response"}',
    b'{"on": "2026-02-30"}',
    b"not JSON",
    b'{"id": "\xff"}',
    b"{}",
    b'{"id": "' + b"a" * 9000 + b'"}',
]


def decided_by_program(messages, policy=RULES):
    run = subprocess.run(
        [os.environ["RULEC"], "decide", str(policy), "--messages", "-", "--on", DAY.isoformat()],
        input=b"\n".join(messages) + b"\n", capture_output=True)
    return run.stdout.decode().splitlines()


def without_line(record):
    record = json.loads(record)
    record.pop("line", None)
    return record


class SendPolicyTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.policy = sendpolicy.Policy(RULES)

    def test_records_are_those_of_the_program(self):
        expected = decided_by_program(MESSAGES)
        self.assertEqual(len(expected), len(MESSAGES))
        for message, record in zip(MESSAGES, expected):
            own = self.policy.record(message, on=DAY)
            if '"error"' in record:
                self.assertNotIn('"line":', own)
                self.assertEqual(json.loads(own), without_line(record))
            else:
                self.assertEqual(own, record)

    def test_lines_are_decided_as_by_the_program(self):
        for lines in (b"", b"\n", b"\n".join(MESSAGES), b"\n".join(MESSAGES * 20) + b"\n"):
            expected = decided_by_program(lines.split(b"\n"))
            self.assertEqual(self.policy.decide_lines(lines, on=DAY).decode().splitlines(), expected)
        part = self.policy.decide_lines(b"\n[]\n", first_line=1_000_000_000_000)
        self.assertEqual(json.loads(part)["line"], 1_000_000_000_001)
        with self.assertRaisesRegex(ValueError, "2000 to 2099"):
            self.policy.decide_lines(b"{}", on=datetime.date(2100, 1, 1))

    def test_a_record_longer_than_its_line_finds_room(self):
        many = b"[]\n" * 40000
        self.assertEqual(self.policy.decide_lines(many).count(b"\n"), 40000)

    def test_what_is_told_fact_by_fact_is_decided_as_json(self):
        session = self.policy.session()
        messages = [json.loads(line) for line in MESSAGES[:-9]] + [{}]
        outcomes = []
        for message in messages:
            session.reset()
            for field, value in message.items():
                if field in self.policy.facts:
                    day = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
                    session.tell(field, datetime.date.fromisoformat(value) if day else value)
            for field in message.get("unknown", []):
                session.tell_unknown(field)
            day = datetime.date.fromisoformat(message.get("on", DAY.isoformat()))
            expected = self.policy.decide(message, on=day)
            decision = session.decide(on=day)
            for key in ("outcome", "notes", "sure"):
                self.assertEqual(decision[key], expected[key], message)
            self.assertEqual(decision["missing"], expected.get("missing", []))
            self.assertEqual(decision["rules"], [rule for rule in expected["rules"] if rule != "otherwise"])
            if "on" not in message:
                session.put_by()
                outcomes.append(decision["outcome"])
        self.assertEqual(session.decide_all(on=DAY), outcomes)
        self.assertEqual(session.decide_all(on=DAY), [])

    def test_an_inquiry_finds_out_what_matters_and_no_more(self):
        message = json.loads(MESSAGES[1])
        expected = self.policy.decide(message, on=DAY)
        inquiry, asked = self.policy.inquiry(on=DAY), []
        while needed := inquiry.needed():
            self.assertEqual(len(set(needed)), len(needed))
            asked.append(needed[0])
            self._tell(inquiry, message, needed[0])
        self.assertLess(len(asked), len(self.policy.facts))
        self.assertEqual(len(set(asked)), len(asked))
        decision = inquiry.decide()
        self.assertTrue(decision["sure"])
        self.assertEqual((decision["outcome"], decision["notes"]), (expected["outcome"], expected["notes"]))
        inquiry.reset()
        first = inquiry.needed()[0]
        inquiry.tell_unknown(first)
        self.assertNotIn(first, inquiry.needed())

    def _tell(self, inquiry, message, field):
        value = message.get(field)
        if value is None:
            # What is usual, where nothing is recorded.
            usually = field in ("recipient_has_capacity", "recipient_can_open_encrypted_email")
            for usual in (None, usually, [], 0, "OFFICIAL", "never asked for"):
                try:
                    return inquiry.tell(field, usual)
                except ValueError:
                    continue
        inquiry.tell(field, value)

    def test_an_inquiry_needs_no_file_once_the_policy_is_open(self):
        with tempfile.TemporaryDirectory() as folder:
            built = pathlib.Path(folder) / "a.policy"
            subprocess.run([os.environ["RULEC"], "build", str(RULES), "-o", str(built)], check=True, capture_output=True)
            with sendpolicy.Policy(built) as policy:
                built.unlink()
                self.assertGreater(len(policy.inquiry(on=DAY).needed()), 5)

    def test_the_guides_examples_print_what_they_say(self):
        page = (ROOT / "docs/embedding.md").read_text()
        code = "\n".join(re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S))
        expected = re.findall(r"print\(.*\)  # (.*)", code)
        printed, folder = [], os.getcwd()
        os.chdir(ROOT)
        try:
            exec(code, {"print": lambda *values: printed.append(" ".join(map(str, values)))})
        finally:
            os.chdir(folder)
        self.assertGreater(len(expected), 3)
        self.assertEqual(printed, expected)

    def test_a_fact_refuses_what_it_does_not_take(self):
        session = self.policy.session()
        for field, value in [
            ("purpose", "complaint-respnse"), ("purpose", 3), ("purpose", None), ("purpos", "complaint-response"),
            ("address_is_verified", 1), ("address_is_verified", "yes"), ("message_contains", ["nothing"]),
            ("number_of_people_named_in_message", 1.5), ("number_of_people_named_in_message", True),
            ("number_of_people_named_in_message", 10**30), ("number_of_people_named_in_message", "many"),
            ("number_of_people_named_in_message", decimal.Decimal("1." + "0" * 120 + "1")),
            ("number_of_people_named_in_message", float("nan")), ("number_of_people_named_in_message", float("inf")),
            ("date_of_consent", "2026-05-01"), ("date_of_consent", datetime.date(1800, 1, 1)),
            ("recipient_address", 7), ("recipient_address", "\ud800"),
        ]:
            with self.assertRaises(ValueError, msg=f"{field}: {value!r}"):
                session.tell(field, value)
        with self.assertRaisesRegex(ValueError, "did you mean `complaint-response`"):
            session.tell("purpose", "complaint-respnse")

    def test_a_session_goes_on_when_its_policy_is_closed(self):
        with sendpolicy.Policy(RULES) as policy:
            session = policy.session()
            session.tell("purpose", "complaint-response")
        self.assertFalse(session.decide(on=DAY)["sure"])
        session.tell("purpose", "complaint-response")
        with self.assertRaisesRegex(sendpolicy.PolicyError, "closed"):
            session.tell("address_is_verified", True)
        with self.assertRaisesRegex(sendpolicy.PolicyError, "closed"):
            policy.session()

    def test_many_threads_may_ask_at_once(self):
        expected = [self.policy.record(message, on=DAY) for message in MESSAGES]
        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            for _ in range(20):
                found = threads.map(lambda message: self.policy.record(message, on=DAY), MESSAGES)
                self.assertEqual(list(found), expected)

    def test_a_rejected_message_is_an_error_with_its_field(self):
        with self.assertRaises(sendpolicy.MessageError) as caught:
            self.policy.decide({"purpose": "complaint-respnse"})
        self.assertEqual((caught.exception.code, caught.exception.field), ("bad-value", "purpose"))
        self.assertIn("complaint-response", str(caught.exception))

    def test_a_message_may_be_bytes_text_or_a_mapping(self):
        message = {"purpose": "complaint-response", "id": "Zoë"}
        text = json.dumps(message)
        records = [self.policy.record(given, on=DAY) for given in (message, text, text.encode())]
        self.assertEqual(len(set(records)), 1)

    def test_a_policy_with_errors_is_refused_in_words(self):
        with self.assertRaisesRegex(sendpolicy.PolicyError, "/no/such/folder"):
            sendpolicy.Policy("/no/such/folder")
        with self.assertRaises(sendpolicy.PolicyError):
            sendpolicy.Policy(b"\xff\xfe".decode("utf-8", "surrogateescape"))

    def test_a_day_that_no_policy_is_proved_for_is_refused(self):
        with self.assertRaisesRegex(ValueError, "2000 to 2099"):
            self.policy.record(b"{}", on=datetime.date(1999, 12, 31))

    def test_a_closed_policy_says_so(self):
        with sendpolicy.Policy(RULES) as policy:
            pass
        with self.assertRaisesRegex(sendpolicy.PolicyError, "closed"):
            policy.record(b"{}")

    def test_a_built_policy_decides_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            built = os.path.join(folder, "rules.policy")
            subprocess.run([os.environ["RULEC"], "build", str(RULES), "-o", str(built)], check=True)
            with sendpolicy.Policy(built) as policy:
                self.assertEqual(policy.hash, self.policy.hash)
                for message in MESSAGES:
                    self.assertEqual(policy.record(message, on=DAY), self.policy.record(message, on=DAY))


if __name__ == "__main__":
    unittest.main()
