"""A running service, and clients that remember what they were answered."""

import json
import os
import pathlib
import random
import re
import resource
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MESSAGES = [
    json.loads(line) for line in (ROOT / "rules/examples/messages.ndjson").read_text().splitlines()
]


class Service:
    """`rulec serve`, started, and what it says."""

    def __init__(self, rulec, folder, policy, *options, before=(), environment=None, limit=None):
        self.folder = pathlib.Path(folder)
        self.socket = str(self.folder / "s")
        self.log = self.folder / "log"
        self.rulec = rulec
        self.errors = open(self.folder / "said", "ab")
        self.start_of_errors = self.errors.tell()
        command = [*before, rulec, "serve", str(policy), "--socket", self.socket, *options]
        self.process = subprocess.Popen(
            command, stderr=self.errors, stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})}, preexec_fn=limit)
        self.wait_until_listening()

    def wait_until_listening(self):
        for _ in range(3000):
            if "listening on" in self.said():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        raise SystemExit(f"the service did not start: {self.said()}")

    def said(self):
        with open(self.folder / "said", "rb") as file:
            file.seek(self.start_of_errors)
            return file.read().decode(errors="replace")

    @property
    def number(self):
        """The number of the service's own process, also where another program runs it."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        name = pathlib.Path(f"/proc/{self.process.pid}/comm").read_text().strip()
        return self.process.pid if name == "rulec" else int(children.read_text().split()[0])

    def signal(self, number):
        os.kill(self.number, number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()
        self.errors.close()

    def end(self):
        """Ends it as it should be ended; gives its exit code."""
        self.signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.errors.close()
        return code

    def memory(self):
        """The most memory that it has had, in bytes."""
        status = pathlib.Path(f"/proc/{self.number}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) * 1024

    def files(self):
        return sorted(self.folder.glob("log*[0-9]"), key=lambda path: path.name) + [self.log]

    def records(self):
        """Every record of the log that holds an answer."""
        for path in self.files():
            if path.name.endswith(".torn") or not path.exists():
                continue
            for line in path.read_bytes().splitlines():
                record = json.loads(line)
                if "answer" in record:
                    yield record

    def verify(self):
        """What is wrong with the log, a line each."""
        files = [str(path) for path in self.files() if path.exists()]
        done = subprocess.run(
            [self.rulec, "log", "verify", *files], capture_output=True, text=True)
        return done.stdout.splitlines() if done.returncode in (0, 1) else [done.stderr]


class Client:
    """A well-behaved client: asks, reads, and remembers."""

    def __init__(self, path, name):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.socket.settimeout(30)
        self.name = name
        self.asked = 0
        self.rest = b""
        self.answers = []

    def ask(self, count):
        lines = []
        for _ in range(count):
            message = dict(MESSAGES[self.asked % len(MESSAGES)], id=f"{self.name}-{self.asked}")
            lines.append(json.dumps(message))
            self.asked += 1
        self.socket.sendall(("\n".join(lines) + "\n").encode())

    def read(self, count=None):
        """Reads so many answers, or what there is until the end."""
        wanted = None if count is None else len(self.answers) + count
        while wanted is None or len(self.answers) < wanted:
            part = self.socket.recv(1 << 16)
            if not part:
                break
            *lines, self.rest = (self.rest + part).split(b"\n")
            self.answers += [json.loads(line) for line in lines]

    def close(self):
        self.socket.close()


def expected(rulec, policy):
    """What `rulec decide` says of each message, without its id and the policy's hash."""
    lines = "\n".join(json.dumps(message) for message in MESSAGES)
    done = subprocess.run(
        [rulec, "decide", str(policy)], input=lines, capture_output=True, text=True, check=True)
    return [essence(json.loads(line)) for line in done.stdout.splitlines()]


def essence(answer):
    return {key: value for key, value in answer.items() if key not in ("id", "policy")}


def wrong_answers(answers, expectation):
    """How many answers are neither what `rulec decide` says nor a refusal, or stand in the wrong place."""
    wrong = 0
    for place, answer in enumerate(answers):
        index = int(answer["id"].rsplit("-", 1)[1])
        if index != place:
            wrong += 1
        elif "error" not in answer and essence(answer) != expectation[index % len(MESSAGES)]:
            wrong += 1
    return wrong


def lost_answers(answers, records):
    """How many decisions were answered that the log does not hold, or holds otherwise."""
    kept = {record["answer"].get("id"): record["answer"] for record in records}
    return sum(
        1 for answer in answers if "error" not in answer and kept.get(answer["id"]) != answer)


def no_limit():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def temporary():
    return tempfile.TemporaryDirectory(prefix="rulec-faults-", dir="/tmp")


RANDOM = random.Random(20261124)
