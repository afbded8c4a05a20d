"""The module decides as `rulec decide` does. Called by Tests/bindings.sh, which names the program in RULEC."""
import concurrent.futures
import datetime
import json
import os
import pathlib
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
                self.assertEqual(without_line(own), without_line(record))
            else:
                self.assertEqual(own, record)

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
            subprocess.run([os.environ["RULEC"], "build", str(RULES), "-o", built], check=True)
            with sendpolicy.Policy(built) as policy:
                self.assertEqual(policy.hash, self.policy.hash)
                for message in MESSAGES:
                    self.assertEqual(policy.record(message, on=DAY), self.policy.record(message, on=DAY))


if __name__ == "__main__":
    unittest.main()
