"""The policy and the clock change while messages come."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading
import time

from .service import MESSAGES, RANDOM, ROOT, Client, Service, essence, expected, no_limit, temporary

SHIM = r"""
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// The clock of the day, moved by as many seconds as a file says.
int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = syscall(SYS_clock_gettime, clock, time);
  const char *path = getenv("CLOCK_OFFSET");
  if (clock != CLOCK_REALTIME || path == NULL) return result;
  char text[32] = {0};
  int file = open(path, O_RDONLY);
  if (file >= 0) {
    if (read(file, text, 31) > 0) time->tv_sec += atol(text);
    close(file);
  }
  return result;
}
"""


def clock(rulec, policy, expectation):
    """The clock is set back an hour, forward to the year 2150, and back again."""
    with temporary() as folder:
        base = pathlib.Path(folder)
        (base / "shim.c").write_text(SHIM)
        built = subprocess.run(
            ["cc", "-shared", "-fPIC", "-o", str(base / "shim.so"), str(base / "shim.c")])
        if built.returncode != 0:
            return None
        offset = base / "offset"
        offset.write_text("0")
        service = Service(
            rulec, folder, policy, "--log", f"{folder}/log", limit=no_limit,
            environment={"LD_PRELOAD": str(base / "shim.so"), "CLOCK_OFFSET": str(offset)})
        client = Client(service.socket, "clock")
        codes = []
        for seconds in [0, -3600, -7200, 124 * 365 * 86_400, 0, -86_400]:
            offset.write_text(str(seconds))
            # The example messages say their day themselves.
            client.ask(20)
            client.read(20)
            codes.append(client.answers[-1].get("error", {}).get("code"))
        service.end()
        notes = sum(b"clock set back" in line for line in service.log.read_bytes().splitlines())
        bad = codes != [None, None, None, "bad-clock", None, None]
        bad += sum(
            "error" not in answer
            and essence(answer) != expectation[int(answer["id"].split("-")[1]) % len(MESSAGES)]
            for answer in client.answers)
        faults = service.verify()
        return {
            "what": "clock set back, and to the year 2150", "times": 6,
            "answered": sum("error" not in answer for answer in client.answers),
            "bad": bad + len(faults) + (notes == 0),
            "note": f"{notes} notes in the log that it was set back; in 2150 `bad-clock`; "
            f"{len(faults)} faults in the log",
        }


def reload(rulec, times):
    """The folder is edited, half-written, broken, deleted and put back while two clients ask."""
    with temporary() as folder:
        rules = pathlib.Path(folder) / "rules"
        shutil.copytree(ROOT / "rules", rules)
        whole = (rules / "preferences.rules").read_text()
        known = {}

        def note_policy():
            done = subprocess.run(
                [rulec, "decide", str(rules)], input=json.dumps(MESSAGES[0]), text=True,
                capture_output=True, check=True)
            known[json.loads(done.stdout)["policy"]] = expected(rulec, rules)

        note_policy()
        service = Service(
            rulec, folder, rules, "--log", f"{folder}/log", "--log-sync", "never", limit=no_limit)
        clients = [Client(service.socket, name) for name in ("one", "two")]
        is_over = threading.Event()

        def ask(client):
            while not is_over.is_set():
                client.ask(23)
                client.read(23)

        threads = [threading.Thread(target=ask, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        try:
            for turn in range(times):
                kind = ["edit", "half", "broken", "deleted"][turn % 4]
                if kind == "edit":
                    (rules / "preferences.rules").write_text(whole + f"\n# Edition {turn}\n")
                    note_policy()
                elif kind == "half":
                    (rules / "preferences.rules").write_text(whole[:len(whole) // 2])
                elif kind == "broken":
                    (rules / "preferences.rules").write_text(whole + "\nrule Half a\n  if the\n")
                else:
                    shutil.move(rules, f"{rules}-away")
                service.signal(signal.SIGHUP)
                time.sleep(RANDOM.choice([0.05, 0.4, 1.2]))
                if kind == "deleted":
                    shutil.move(f"{rules}-away", rules)
                (rules / "preferences.rules").write_text(whole + f"\n# Edition {turn} again\n")
                note_policy()
                service.signal(signal.SIGHUP)
                time.sleep(0.3)
            time.sleep(6)
        finally:
            is_over.set()
            for thread in threads:
                thread.join()
        bad = 0
        for client in clients:
            bad += len(client.answers) != client.asked
            for place, answer in enumerate(client.answers):
                decisions = known.get(answer.get("policy"))
                bad += decisions is None or essence(answer) != decisions[place % len(MESSAGES)]
        said = service.said()
        taken, refused = said.count("took up the changed"), said.count("is refused")
        last = json.loads(json.dumps(clients[0].answers[-1]))["policy"]
        bad += last != list(known)[-1]
        bad += service.end() != 0
        bad += len(service.verify())
        return {
            "what": "policy edited, half-written, broken or deleted", "times": times,
            "answered": sum(len(client.answers) for client in clients), "bad": bad,
            "note": f"{taken} taken up, {refused} refused; every answer is one of a whole policy, "
            "the last one of the last",
        }


def supervised(rulec, policy):
    """What systemd does: passes a socket on, is told of readiness, reloading and the end."""
    with temporary() as folder:
        told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        told.bind(f"{folder}/notify")
        told.settimeout(20)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(f"{folder}/passed")
        listening.listen()
        # Who asks before the service is there waits.
        early = Client(f"{folder}/passed", "early")
        early.ask(3)
        process = subprocess.Popen(
            ["sh", "-c", f'LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=decide exec "{rulec}" serve "{policy}" 3<&{listening.fileno()}'],
            pass_fds=[listening.fileno()], stderr=subprocess.DEVNULL,
            env={**os.environ, "NOTIFY_SOCKET": f"{folder}/notify"})
        seen = [told.recv(4096).decode().split("\n")[0]]
        early.read(3)
        process.send_signal(signal.SIGHUP)
        seen += [told.recv(4096).decode().split("\n")[0] for _ in range(2)]
        process.send_signal(signal.SIGTERM)
        seen.append(told.recv(4096).decode().split("\n")[0])
        bad = seen != ["READY=1", "RELOADING=1", "READY=1", "STOPPING=1"]
        bad += len(early.answers) != 3
        bad += process.wait(timeout=20) != 0
        return {
            "what": "started by a supervisor that passes a socket on", "times": 1,
            "answered": len(early.answers), "bad": bad,
            "note": "asked before it was there, and answered; it told of " + ", ".join(seen),
        }
