"""Clients that are slow, stuck or hostile: is everybody else served, and memory bounded?"""

import json
import os
import socket
import threading
import time

from .service import RANDOM, Client, Service, no_limit, temporary, wrong_answers


def connect(path):
    one = socket.socket(socket.AF_UNIX)
    one.settimeout(60)
    while True:
        try:
            one.connect(path)
            return one
        except BlockingIOError:
            # As many as may wait are waiting.
            time.sleep(0.001)


def beside(rulec, policy, expectation, what, attack, *options):
    """Runs an attack beside a client that asks all the time and must be answered rightly."""
    with temporary() as folder:
        service = Service(
            rulec, folder, policy, "--log", f"{folder}/log", "--log-sync", "never", *options,
            limit=no_limit)
        client = Client(service.socket, "good")
        is_over = threading.Event()
        slowest = [0.0]

        def ask():
            while not is_over.is_set():
                start = time.monotonic()
                client.ask(10)
                client.read(10)
                slowest[0] = max(slowest[0], time.monotonic() - start)
                time.sleep(0.005)

        thread = threading.Thread(target=ask)
        thread.start()
        try:
            times, note, bad = attack(service)
        finally:
            is_over.set()
            thread.join()
        bad += wrong_answers(client.answers, expectation)
        bad += len(client.answers) != client.asked
        memory = service.memory()
        bad += service.end() != 0
        bad += len(service.verify())
        return {
            "what": what, "times": times, "answered": len(client.answers), "bad": bad,
            "note": f"{note}; ten answers took the others at most {slowest[0] * 1000:.0f} ms; "
            f"{memory / 1e6:.0f} MB at most",
        }


def one_byte_a_second(count, seconds):
    def attack(service):
        message = b'{"id":"slow","purpose":"another matter"}\n'
        clients = [connect(service.socket) for _ in range(count)]
        for place in range(seconds):
            for client in clients:
                client.send(message[place:place + 1])
            time.sleep(1)
        for client in clients:
            client.send(message[seconds:])
        answered = sum(1 for client in clients if b'"id":"slow"' in client.recv(1 << 16))
        return count, f"{answered} answered in the end", count - answered

    return attack


def too_slow(service):
    client = connect(service.socket)
    client.send(b'{"id":')
    client.settimeout(45)
    answer = client.recv(1 << 16)
    return 1, "a message that is never finished: `too-slow` after 30 s", b'"too-slow"' not in answer


def long_lines(count):
    def attack(service):
        bad = 0
        for _ in range(count):
            client = connect(service.socket)
            for _ in range(10):
                client.sendall(b"x" * (1 << 20))
            client.sendall(b'\n{"id":"next"}\n')
            answers = b""
            while answers.count(b"\n") < 2:
                answers += client.recv(1 << 16)
            first, second = answers.splitlines()
            bad += json.loads(first)["error"]["code"] != "too-long"
            bad += json.loads(second)["id"] != "next"
            client.close()
        return count, "each answered `too-long`, and the next line decided", bad

    return attack


def many_long_lines(count):
    def attack(service):
        """A megabyte each, never finished: more than may be held for all together."""
        clients = []
        refused = 0
        for _ in range(count):
            client = connect(service.socket)
            try:
                client.sendall(b"x" * 1_000_000)
            except OSError:
                pass
            clients.append(client)
        for client in clients:
            client.settimeout(0.05)
            try:
                refused += b'"too-much"' in client.recv(1 << 16)
            except OSError:
                pass
            client.close()
        memory = service.memory()
        return count, f"{refused} refused with `too-much`", (refused == 0) + (memory > 300e6)

    return attack


def binary(count):
    def attack(service):
        bad = 0
        for _ in range(count):
            client = connect(service.socket)
            data = RANDOM.randbytes(RANDOM.randrange(1, 100_000))
            threading.Thread(target=lambda: (client.sendall(data), client.shutdown(socket.SHUT_WR))).start()
            answers = b""
            while part := client.recv(1 << 16):
                answers += part
            # Lines of nothing but white space are passed over.
            lines = data.split(b"\n")
            expected = sum(1 for line in lines if line.strip(b"\t\n\v\f\r "))
            codes = [json.loads(line)["error"]["code"] for line in answers.splitlines()]
            bad += len(codes) != expected or not set(codes) <= {"encoding", "bad-json"}
            client.close()
        return count, "every line answered with an error", bad

    return attack


def connections(count):
    def attack(service):
        clients = []
        for number in range(count):
            clients.append(connect(service.socket))
        bad = 0
        for turn in range(2):
            for number, client in enumerate(clients):
                client.sendall(b'{"id":%d}\n' % number)
            for number, client in enumerate(clients):
                bad += json.loads(client.recv(1 << 16)).get("id") != number
        for client in clients:
            client.close()
        return count, "each answered twice", bad

    return attack


def too_many(service):
    clients = [connect(service.socket) for _ in range(120)]
    refused = 0
    for client in clients:
        client.settimeout(0.2)
        try:
            refused += b'"too-many-connections"' in client.recv(1 << 16)
        except OSError:
            pass
        client.close()
    return 120, f"{refused} refused with `too-many-connections`", refused != 21


def half_closed(count):
    def attack(service):
        bad = 0
        for number in range(count):
            client = connect(service.socket)
            client.sendall(b'{"id":1}\n{"id":2}')
            client.shutdown(socket.SHUT_WR)
            answers = b""
            while part := client.recv(1 << 16):
                answers += part
            bad += [json.loads(line).get("id") for line in answers.splitlines()] != [1, 2]
            client.close()
        return count, "each answered, the line without an end too", bad

    return attack


def vanishing(count):
    def attack(service):
        for _ in range(count):
            client = connect(service.socket)
            client.sendall(b'{"id":1}\n' * RANDOM.randrange(1, 2000))
            client.close()
        return count, "gone before their answers", 0

    return attack


def deaf(count):
    def attack(service):
        """Asks without end and never reads an answer."""
        clients = []
        for _ in range(count):
            client = connect(service.socket)
            client.setblocking(False)
            clients.append(client)
        sent = 0
        end = time.monotonic() + 5
        while time.monotonic() < end:
            for client in clients:
                try:
                    sent += client.send(b'{"id":1}\n' * 5000)
                except OSError:
                    pass
        for client in clients:
            client.close()
        return count, f"{sent / 1e6:.0f} MB of messages were taken before they were made to wait", 0

    return attack


def descriptor_count(service):
    return len(os.listdir(f"/proc/{service.number}/fd"))
