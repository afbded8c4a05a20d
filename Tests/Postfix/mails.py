"""Sends mails through Postfix, receives them as both routes do, and accounts for each recipient of each mail."""

import argparse
import base64
import json
import os
import random
import signal
import smtplib
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from email import message_from_bytes, policy as email_policy


class Sink(socketserver.StreamRequestHandler):
    """An SMTP server that takes everything and notes it down."""

    def handle(self):
        self.say("220 sink")
        sender, recipients = "", []
        for raw in self.rfile:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            verb = line[:4].upper()
            if verb == "EHLO":
                self.say("250-sink\r\n250-PIPELINING\r\n250 8BITMIME")
            elif verb == "MAIL":
                sender, recipients = line.split("<", 1)[1].split(">", 1)[0], []
                self.say("250 ok")
            elif verb == "RCPT":
                recipients.append(line.split("<", 1)[1].split(">", 1)[0])
                self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                lines = []
                while (data := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(data[1:] if data.startswith(b".") else data)
                with self.server.lock:
                    self.server.mails.append((sender, recipients, b"".join(lines)))
                self.say("250 taken")
            elif verb == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 ok")

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


class SinkServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port):
        super().__init__(("127.0.0.1", port), Sink)
        self.lock, self.mails = threading.Lock(), []
        threading.Thread(target=self.serve_forever, daemon=True).start()


SUBJECTS = [
    "Your annual review", "=?utf-8?B?w5xiZXIgSWhyZSBwcmVmZXJlbmNlcw==?=", "A secret",
    "=?iso-8859-1?Q?Caf=E9_and_bins?=", "About the bins", "=?utf-8?Q?sec?= =?utf-8?Q?ret?=",
    "A very long subject\r\n that goes on in another line\r\n\tand another one", "",
]


def body(kind, random):
    """The header and body of a mail of some kind."""
    text = "Dear resident,\r\n\r\n.a line with a full stop\r\nWith regards\r\n"
    if kind == "plain":
        return "Content-Type: text/plain; charset=us-ascii\r\n", text.encode()
    if kind == "latin":
        return ("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n",
                (text + "Grüße £5\r\n").encode("latin-1"))
    if kind == "printable":
        return ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n",
                (text + "Gr=C3=BC=C3=9Fe =\r\nand more\r\n").encode())
    if kind == "base64":
        return ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n",
                base64.encodebytes((text + "Grüße").encode()).replace(b"\n", b"\r\n"))
    if kind == "none":
        return "", text.encode()
    if kind == "signed":
        return ('Content-Type: multipart/signed; boundary=s; protocol="application/pgp-signature"\r\n',
                b"--s\r\n\r\nsigned\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\nxx\r\n--s--\r\n")
    if kind == "garbage":
        return ("Content-Type: multipart/mixed; boundary=\"x\r\n\t; charset*0*=utf-8''%\r\n",
                bytes(random.choice(b"--x\r \t=abc:;") for _ in range(400)).replace(b"\r", b"\r\n"))
    size = 30_000 if kind == "large" else 300
    attachment = base64.encodebytes(bytes(size)).replace(b"\n", b"\r\n")
    return ("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n",
            b"--outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n"
            b"--inner\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
            b"--inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<body><p>Hello</p></body>\r\n--inner--\r\n"
            b"--outer\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: attachment;\r\n filename*0*=utf-8''%E2%82%AC; filename*1=plan.pdf\r\n\r\n"
            + attachment + b"--outer--\r\n")


KINDS = ["plain", "latin", "printable", "base64", "none", "attached", "attached", "large", "signed", "garbage"]


def mail(number):
    """Mail of a number, always the same: its sender names it."""
    chance = random.Random(number)
    people = [f"promised{i}@example.org" for i in range(10)] + [f"resident{i}@example.org" for i in range(10)]
    recipients = chance.sample(people, chance.choice([1, 1, 1, 2, 3, 5]))
    purpose = chance.choice(["another matter", "SEN-tribunal", "another matter", "nonsense" if number % 7 == 0 else "another matter"])
    fields, content = body(chance.choice(KINDS), chance)
    subject = chance.choice(SUBJECTS)
    if number % 31 == 0:
        fields += "X-Send-Policy: forged\r\nX-Send-Policy-Part: forged\r\nX-Send-Policy-Route: smtp:[127.0.0.1]:9\r\n"
    header = f"From: officer@council.example\r\nSubject: {subject}\r\nX-Purpose: {purpose}\r\n{fields}\r\n"
    return f"m{number}@council.example", recipients, header.encode() + content


class Sending:
    """Hands mails to Postfix from several threads, and mails that are put off again."""

    def __init__(self, port, count):
        self.port, self.rest, self.lock = port, iter(range(count)), threading.Lock()
        self.replies, self.retries = {}, 0
        self.threads = [threading.Thread(target=self.run) for _ in range(8)]

    def run(self):
        server = None
        while True:
            with self.lock:
                number = next(self.rest, None)
            if number is None:
                return
            sender, recipients, content = mail(number)
            for attempt in range(20):
                try:
                    server = server or smtplib.SMTP("127.0.0.1", self.port, timeout=120)
                    server.sendmail(sender, recipients, content, mail_options=["BODY=8BITMIME"])
                    self.replies[sender] = 250
                    break
                except smtplib.SMTPDataError as error:
                    self.replies[sender] = error.smtp_code
                    if error.smtp_code >= 500:
                        break
                except (OSError, smtplib.SMTPException) as error:
                    self.replies[sender], server = str(error), None
                with self.lock:
                    self.retries += 1
                time.sleep(0.2 * (attempt + 1))


def change(work, service, changes, done):
    """Changes one rule, breaks it, and puts it back, again and again, and has the policy read anew each time."""
    path = os.path.join(work, "policy", "office.rules")
    with open(path) as file:
        first = file.read()
    variants = [
        first.replace('subject contains "bins"', 'subject contains "review"'),
        first.replace('contains "bins"\n  then send plain', 'contains "bins"\n  then send encrypted'),
        first,
    ]
    assert len(set(variants)) == 3
    for number in range(changes):
        with open(path + ".new", "w") as file:
            file.write(variants[number % 3])
        os.replace(path + ".new", path)
        os.kill(service, signal.SIGHUP)
        done.append(number)
        time.sleep(0.3 if changes < 50 else 0.9)


def queue(work):
    """What Postfix has in its queues: by queue, the sender and recipients of each mail."""
    output = subprocess.run(["postqueue", "-c", f"{work}/etc", "-j"], capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def wait(work):
    """Waits until nothing is on its way, and gives what is held."""
    for _ in range(600):
        entries = queue(work)
        if all(entry["queue_name"] == "hold" for entry in entries):
            return entries
        time.sleep(0.5)
    sys.exit("mails are still on their way after five minutes")


def decisions(work):
    """Of each mail and recipient what the log says, in its order."""
    outcomes = defaultdict(list)
    with open(f"{work}/decisions.log") as file:
        for line in file:
            record = json.loads(line)
            if record["kind"] == "note":
                continue
            message = record["message"]
            key = message["sender_address"], message["recipient_address"]
            outcomes[key].append(record["answer"].get("outcome", "not judged"))
    return outcomes


def reconcile(arguments, sending, sinks):
    """Accounts for each recipient of each mail, and gives what is wrong."""
    found, wrong = defaultdict(list), []
    for route, sink in sinks.items():
        for sender, recipients, content in sink.mails:
            headers = message_from_bytes(content, policy=email_policy.compat32)
            marks = headers.get_all("X-Send-Policy") or []
            expected = "plain" if route == "plain" else "encrypted"
            if marks != [expected] or headers.get("X-Send-Policy-Part"):
                wrong.append(f"{sender} arrived by the {route} route marked {marks}")
            for recipient in recipients:
                found[sender, recipient].append(route)
    for entry in wait(arguments.work):
        for recipient in entry["recipients"]:
            found[entry["sender"], recipient["address"]].append("held")
    logged, ways = decisions(arguments.work), Counter()
    places = {"send plain": "plain", "send encrypted": "encrypted", "hold for review": "held", "not judged": "held"}
    for number in range(arguments.mails):
        sender, recipients, _ = mail(number)
        reply = sending.replies.get(sender)
        for recipient in recipients:
            key = sender, recipient
            places_found, said = found.pop(key, []), logged.get(key, [])
            name = f"{sender} to {recipient}"
            if not said:
                wrong.append(f"{name} is not in the log")
                continue
            if reply == 550:
                ways["refused"] += 1
                if places_found or "refuse to send" not in said:
                    wrong.append(f"{name} was refused, is in {places_found}, and the log says {said}")
                continue
            if len(places_found) != 1:
                wrong.append(f"{name} is in {places_found}; reply {reply}, log {said}")
                continue
            ways[places_found[0]] += 1
            # What cannot be altered or split, and what is refused to one of several, is held.
            if places_found[0] not in [places.get(outcome) for outcome in said] + ["held"]:
                wrong.append(f"{name} is in {places_found}, and the log says {said}")
    wrong += [f"{key} arrived, and nobody sent it" for key in found]
    return ways, wrong, sum(map(len, logged.values()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", required=True)
    for name in ["service", "front", "plain", "gateway", "mails", "changes"]:
        parser.add_argument(f"--{name}", type=int, required=True)
    arguments = parser.parse_args()
    sinks = {"plain": SinkServer(arguments.plain), "encrypted": SinkServer(arguments.gateway)}
    sending, done = Sending(arguments.front, arguments.mails), []
    changing = threading.Thread(target=change, args=(arguments.work, arguments.service, arguments.changes, done))
    start = time.time()
    for thread in [changing, *sending.threads]:
        thread.start()
    for thread in sending.threads:
        thread.join()
    took = time.time() - start
    changing.join()
    wait(arguments.work)
    ways, wrong, records = reconcile(arguments, sending, sinks)
    with open(f"{arguments.work}/service.log") as file:
        said = file.read()
    taken, refused = said.count("took up"), said.count("policy is refused")
    people = sum(len(mail(number)[1]) for number in range(arguments.mails))
    print(f"{arguments.mails} mails to {people} recipients in {took:.0f} s; {sending.retries} attempts put off")
    for way in ["plain", "encrypted", "held", "refused"]:
        print(f"  {way:10} {ways[way]:6}")
    print(f"  {'together':10} {sum(ways.values()):6}")
    print(f"{len(done)} changes of the policy, {taken} taken up, {refused} with errors refused; {records} decisions in the log")
    for line in wrong[:20]:
        print(line)
    print(f"{len(wrong)} not accounted for")
    sys.exit(1 if wrong or sum(ways.values()) != people else 0)


main()
