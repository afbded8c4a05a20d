"""Tries the page of a policy in Chromium: Tests/report.sh says how it is run."""
import argparse
import os
import sys
import tempfile

from . import access, decisions, hostile, reading, tools
from .browser import Browser
from .policies import Policies


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=3000, help="for each shipped policy")
    parser.add_argument("--policies", type=int, default=40, help="random ones, each with 200 messages")
    parser.add_argument("--screenshots", metavar="DIR")
    arguments = parser.parse_args()
    failures = []

    def expect(is_so, words):
        if not is_so:
            failures.append(words)
            if len(failures) <= 30:
                print(f"FAIL {words}", flush=True)

    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        policies = Policies(os.environ["RULEC"], folder)
        for check in [reading, tools, access, hostile]:
            check.check(browser, policies, expect)
        count = decisions.check(
            browser, policies, expect, arguments.messages, arguments.policies)
        if arguments.screenshots:
            browser.take_pictures(policies.page("rules"), arguments.screenshots)
        for trouble in browser.troubles:
            expect(False, trouble)
    if failures:
        print(f"{len(failures)} failures")
        return 1
    print(f"the page reads, decides and can be used as it should; {count} messages decided alike")
    return 0


sys.exit(main())
