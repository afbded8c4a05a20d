"""`rulec lsp` on the bare wire: what is cancelled, overtaken, or no message at all."""

import os
import pathlib

import pytest
from wire import Server

HERE = pathlib.Path(__file__).resolve().parent


@pytest.fixture
def server(tmp_path):
    for name in ("letters.rules", "serious.txt"):
        (tmp_path / name).write_text((HERE / name).read_text())
    server = Server(os.environ["RULEC"], str(tmp_path))
    server.uri = (tmp_path / "letters.rules").as_uri()
    server.open(server.uri, (tmp_path / "letters.rules").read_text())
    yield server
    server.process.kill()


def hover(server):
    return {"textDocument": {"uri": server.uri}, "position": {"line": 0, "character": 8}}


def test_a_cancelled_request_is_answered_and_the_next_too(server):
    number = server.ask("textDocument/hover", hover(server))
    server.notify("$/cancelRequest", {"id": number})
    answer = server.answer(number)
    assert "result" in answer or answer["error"]["code"] == -32800
    assert server.request("textDocument/hover", hover(server))["result"]
    assert server.stop() == 0


def test_what_a_newer_edit_overtakes_is_answered_so(server):
    numbers = []
    for _ in range(50):
        numbers.append(server.ask("textDocument/references", hover(server)))
        server.change(server.uri, 0, 0, " ")
    answers = [server.answer(number) for number in numbers]
    codes = {answer["error"]["code"] for answer in answers if "error" in answer}
    assert codes <= {-32801}
    assert server.stop() == 0


def test_what_is_no_message_is_answered_and_passed_over(server):
    server.write(b"Content-Length: 5\r\n\r\n{\"a\":")
    assert server.answer(None)["error"]["code"] == -32700
    server.write(b"nonsense\r\n\r\n")
    assert server.answer(None)["error"]["code"] == -32700
    server.write(b"Content-Length: 2\r\n\r\n[]")
    assert server.answer(None)["error"]["code"] == -32600
    assert server.request("textDocument/hover", hover(server))["result"]
    assert server.stop() == 0


def test_the_server_ends_when_the_editor_is_gone(server):
    server.process.stdin.close()
    assert server.process.wait(timeout=10) == 1
