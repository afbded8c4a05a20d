"""The policies whose pages are tried: the shipped one, those of fixtures, and random ones."""
import json
import os
import pathlib
import random
import re
import subprocess

from OutsideJudge.policy import Policy

ROOT = pathlib.Path(__file__).parents[2]


class Policies:
    def __init__(self, rulec, folder):
        self.rulec, self.folder = rulec, folder
        self.pages = {}

    def page(self, policy, *options, errors=False):
        """The page of a policy, made if it was not yet; nothing if the policy has errors and may have none."""
        key = (policy, *options)
        if key not in self.pages:
            path = os.path.join(self.folder, f"page-{len(self.pages)}.html")
            place = ROOT / policy
            run = subprocess.run(
                [self.rulec, "report", place, "-o", path, *options], capture_output=True)
            self.pages[key] = path if run.returncode == 0 or errors else None
        return self.pages[key]

    def data(self, policy):
        """The meaning that the policy's page holds."""
        html = pathlib.Path(self.page(policy)).read_text()
        return json.loads(re.search(r'id="policy-data">(.*?)</script>', html, re.S)[1])

    def decide(self, policy, messages):
        """What `rulec decide --explain` says of each message."""
        run = subprocess.run(
            [self.rulec, "decide", ROOT / policy, "--messages", "-", "--explain"],
            input="\n".join(messages) + "\n", capture_output=True, text=True)
        return [json.loads(line) for line in run.stdout.splitlines()]

    def write(self, name, files):
        """A policy of these files; its folder."""
        place = os.path.join(self.folder, name)
        for path, text in files.items():
            file = pathlib.Path(place, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return place

    def fixtures(self):
        """The fixtures that are policies without errors."""
        vocabulary = (ROOT / "Tests/Fixtures/vocabulary.rules").read_text()
        for case in sorted((ROOT / "Tests/Fixtures").rglob("*.case")):
            text = case.read_text()
            if "⟨" in text:
                continue
            files = {"vocabulary.rules": vocabulary}
            for title, body in re.findall(r"^=== (.*)\n((?:(?!===).*\n?)*)", text, re.M):
                kind, _, path = title.partition(" ")
                if kind == "rules":
                    files[path or "case.rules"] = body
                elif kind == "vocabulary":
                    files["vocabulary.rules"] = body
                elif kind == "list":
                    files[path] = body
            name = "fixture-" + "-".join(case.relative_to(ROOT / "Tests/Fixtures").parts)
            policy = self.write(name, files)
            if self.page(policy):
                yield policy

    def random(self, count):
        """Random policies that decide every message."""
        for number in range(1, count + 1):
            source = random.Random(number)
            policy = Policy(source, source.randint(3, 25), orderly="without promises")
            place = self.write(f"random-{number}", {"policy.rules": policy.text})
            if self.page(place):
                yield place
