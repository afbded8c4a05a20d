"""The service is killed, and its disk fails: is every answer on record?"""

import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import threading
import time

from .service import RANDOM, Client, Service, lost_answers, no_limit, temporary, wrong_answers


def kill(rulec, policy, expectation, times, mode):
    """Kills the service at random instants while four clients ask, and starts it again on the same log."""
    answered = lost = wrong = repaired = 0
    with temporary() as folder:
        for turn in range(times):
            earlier = set(pathlib.Path(folder).glob("log*[0-9]"))
            service = Service(
                rulec, folder, policy, "--log", f"{folder}/log", "--log-sync", mode,
                "--log-rotate", "300K", limit=no_limit)
            repaired += "was not whole" in service.said()
            clients = [Client(service.socket, f"{turn}-{name}") for name in "abcd"]

            def work(client):
                try:
                    while True:
                        count = RANDOM.choice([1, 3, 40])
                        client.ask(count)
                        client.read(count)
                        if len(client.answers) < client.asked:
                            return
                except OSError:
                    return

            threads = [threading.Thread(target=work, args=(client,)) for client in clients]
            for thread in threads:
                thread.start()
            time.sleep(RANDOM.random() * 0.06)
            service.kill()
            for thread in threads:
                thread.join()
            records = list(records_since(service, earlier))
            for client in clients:
                answered += len(client.answers)
                lost += lost_answers(client.answers, records)
                wrong += wrong_answers(client.answers, expectation)
                client.close()
        # Started once more, so that the last end is repaired too.
        service = Service(rulec, folder, policy, "--log", f"{folder}/log", limit=no_limit)
        service.end()
        faults = service.verify()
    return {
        "what": f"kill -9, `--log-sync {mode}`", "times": times, "answered": answered,
        "bad": lost + wrong + len(faults),
        "note": f"{lost} lost, {wrong} wrong; {repaired} torn last lines repaired; "
        f"{len(faults)} faults in the log",
    }


def records_since(service, earlier):
    """The records of all files but those that were full before. A last line may be torn."""
    for path in service.files():
        if path in earlier:
            continue
        if path.exists():
            for line in path.read_bytes().split(b"\n"):
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                if "answer" in record:
                    yield record


def reconciled(service, clients, expectation, what, times, note=""):
    """A row of the table: everything that was answered is in the log, and the log is whole."""
    records = list(service.records())
    answers = [answer for client in clients for answer in client.answers]
    refused = sum(1 for answer in answers if "error" in answer)
    lost = lost_answers(answers, records)
    wrong = sum(wrong_answers(client.answers, expectation) for client in clients)
    faults = service.verify()
    return {
        "what": what, "times": times, "answered": len(answers) - refused,
        "bad": lost + wrong + len(faults),
        "note": f"{refused} refused with `log-unavailable`; {lost} lost, {wrong} wrong, "
        f"{len(faults)} faults in the log{note}",
    }


def full_disk(rulec, policy, expectation, times):
    """The log may not grow for a while: what `ENOSPC` and `EFBIG` do alike."""
    with temporary() as folder:
        service = Service(
            rulec, folder, policy, "--log", f"{folder}/log", "--log-sync", "always", limit=no_limit)
        client = Client(service.socket, "full")
        resumed = 0
        for _ in range(times):
            client.ask(20)
            client.read(20)
            size = (pathlib.Path(folder) / "log").stat().st_size
            # A limit in the middle of the next record.
            resource.prlimit(service.number, resource.RLIMIT_FSIZE, (size + 700, -1))
            client.ask(20)
            client.read(20)
            resource.prlimit(service.number, resource.RLIMIT_FSIZE, (-1, -1))
            time.sleep(1.05)
            client.ask(20)
            client.read(20)
            resumed += "error" not in client.answers[-1]
        service.end()
        row = reconciled(
            service, [client], expectation, "disk full in the middle of a record", times,
            f"; {resumed} times it went on by itself")
        row["bad"] += times - resumed
        return row


def full_tmpfs(rulec, policy, expectation):
    """A disk of one megabyte, really full; only where a disk may be mounted."""
    with temporary() as folder:
        disk = pathlib.Path(folder) / "disk"
        disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True)
        if mounted.returncode != 0:
            return None
        try:
            service = Service(
                rulec, disk, policy, "--log", f"{disk}/log", "--log-sync", "always",
                limit=no_limit)
            client = Client(service.socket, "tmpfs")
            for _ in range(40):
                client.ask(50)
                client.read(50)
            refused = sum(1 for answer in client.answers if "error" in answer)
            (disk / "log").with_name("said").write_bytes(b"")
            subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
            time.sleep(1.1)
            client.ask(50)
            client.read(50)
            service.end()
            row = reconciled(
                service, [client], expectation, "a disk of 1 MB, full, then made larger", 1)
            row["bad"] += (refused == 0) + ("error" in client.answers[-1])
            return row
        finally:
            subprocess.run(["umount", "-l", str(disk)], capture_output=True)


def injected(rulec, policy, expectation, call, error, times):
    """Every few calls of a kind on the log fail, as strace has it."""
    if shutil.which("strace") is None:
        return None
    with temporary() as folder:
        log = f"{folder}/log"
        pathlib.Path(log).touch(0o600)
        before = [
            "strace", "-f", "-qq", "-o", "/dev/null", "-P", log, "-e", f"trace={call}",
            "-e", f"inject={call}:error={error}:when=4+7"]
        service = Service(
            rulec, folder, policy, "--log", log, "--log-sync", "always", before=before,
            limit=no_limit)
        client = Client(service.socket, "inject")
        failed = 0
        for _ in range(times):
            for _ in range(7):
                client.ask(5)
                client.read(5)
            if any("error" in answer for answer in client.answers[-35:]):
                failed += 1
                time.sleep(1.05)
        service.end()
        row = reconciled(
            service, [client], expectation, f"`{call}` of the log fails with {error}", failed)
        row["bad"] += failed == 0
        return row


def end(rulec, policy, expectation, times):
    """SIGTERM while clients ask: everything answered is on record, and the socket is gone."""
    answered = bad = 0
    with temporary() as folder:
        for turn in range(times):
            service = Service(
                rulec, folder, policy, "--log", f"{folder}/log", limit=no_limit)
            client = Client(service.socket, f"end{turn}")
            client.ask(200)
            time.sleep(RANDOM.random() * 0.02)
            code = service.end()
            try:
                client.read()
            except OSError:
                pass
            answered += len(client.answers)
            bad += code != 0 or os.path.exists(service.socket)
            bad += lost_answers(client.answers, list(service.records()))
            bad += wrong_answers(client.answers, expectation)
            client.close()
        bad += len(service.verify())
    return {
        "what": "SIGTERM while messages come", "times": times, "answered": answered, "bad": bad,
        "note": "exit code 0 and no socket left behind each time",
    }
