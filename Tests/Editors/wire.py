"""A client of `rulec lsp` without any library: messages as they go over the wire."""

import itertools
import json
import queue
import subprocess
import threading
import time


class Server:
    """A running server; what it says unasked is kept in `notes`."""

    def __init__(self, rulec, folder, capabilities=None, options=None):
        self.process = subprocess.Popen(
            [rulec, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.answers = queue.Queue()
        self.early = {}
        self.notes = queue.Queue()
        self.numbers = itertools.count(1)
        self.versions = {}
        threading.Thread(target=self._read, daemon=True).start()
        self.capabilities = self.request("initialize", {
            "processId": None, "rootUri": "file://" + folder,
            "workspaceFolders": [{"uri": "file://" + folder, "name": "policy"}],
            "capabilities": capabilities or {"general": {"positionEncodings": ["utf-8", "utf-16"]}},
            "initializationOptions": options or {},
        })["result"]["capabilities"]
        self.notify("initialized", {})

    def _read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while (line := stream.readline().strip()):
                name, value = line.split(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if length == 0:
                self.notes.put(None)
                return
            message = json.loads(stream.read(length))
            message["at"] = time.perf_counter()
            if "method" in message:
                self.notes.put(message)
            else:
                self.answers.put(message)

    def send(self, message):
        text = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def ask(self, method, params):
        """Sends a request and gives its number."""
        number = next(self.numbers)
        self.send({"id": number, "method": method, "params": params})
        return number

    def answer(self, number, timeout=30):
        while number not in self.early:
            message = self.answers.get(timeout=timeout)
            self.early[message["id"]] = message
        return self.early.pop(number)

    def request(self, method, params):
        return self.answer(self.ask(method, params))

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def open(self, uri, text, language="rules"):
        self.versions[uri] = 1
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": language, "version": 1, "text": text}})

    def change(self, uri, line, character, text, end=None):
        self.versions[uri] += 1
        start = {"line": line, "character": character}
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": self.versions[uri]},
            "contentChanges": [{"range": {"start": start, "end": end or start}, "text": text}]})
        return self.versions[uri]

    def note(self, method, timeout=30, where=lambda params: True):
        """The next note of a kind; others before it are passed over."""
        while True:
            message = self.notes.get(timeout=timeout)
            if message is None:
                raise EOFError("the server has ended")
            if message["method"] == method and where(message["params"]):
                return message

    def stop(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(timeout=10)
