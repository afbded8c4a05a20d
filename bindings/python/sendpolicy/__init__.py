"""Asks a policy, written in English, how a message is to be sent.

    import sendpolicy

    with sendpolicy.Policy("rules") as policy:
        decision = policy.decide({"purpose": "complaint-response"})
        print(decision["outcome"], decision["rules"])
        records = policy.decide_lines(pathlib.Path("messages.ndjson").read_bytes())

The library is looked for where SENDPOLICY_LIBRARY says, beside this module, and where the system keeps libraries.
"""
from __future__ import annotations

import ctypes
import ctypes.util
import datetime
import decimal
import json
import os
import pathlib
import threading
from typing import Any, Mapping, Optional, Union

__all__ = ["Policy", "Session", "Inquiry", "PolicyError", "MessageError", "version"]

_ABI = 1
_TODAY = -(2**31)
_EPOCH = datetime.date(1970, 1, 1)
_TOO_SMALL = -8
# Reckons without rounding, and raises where that cannot be.
_EXACT = decimal.Context(prec=100, traps=[decimal.Inexact, decimal.InvalidOperation])
_OUTCOMES, _NOTES, _RULES, _FACTS, _VALUES = 0, 1, 2, 3, 1 << 16

Message = Union[bytes, str, Mapping[str, Any]]


class PolicyError(Exception):
    """The policy cannot be read or has errors; or it is closed."""


class MessageError(ValueError):
    """The message is rejected, and nothing is decided about it."""

    def __init__(self, record: dict[str, Any]) -> None:
        error = record["error"]
        super().__init__(error["message"])
        self.code: str = error["code"]
        self.field: Optional[str] = error.get("field")


class _Error(ctypes.Structure):
    _fields_ = [("code", ctypes.c_int32), ("length", ctypes.c_uint32), ("text", ctypes.c_char * 2040)]


class _Lines(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in
                ("taken", "written", "needed", "lines", "decided", "unsure", "rejected")]


class _Decision(ctypes.Structure):
    _fields_ = [("outcome", ctypes.c_int32), ("rule_count", ctypes.c_int32), ("notes", ctypes.c_uint64),
                ("is_sure", ctypes.c_uint32), ("by_otherwise", ctypes.c_uint32)]


def _load() -> ctypes.CDLL:
    beside = pathlib.Path(__file__).parent / "libsendpolicy.so"
    path = os.environ.get("SENDPOLICY_LIBRARY") or (
        str(beside) if beside.exists() else ctypes.util.find_library("sendpolicy") or "libsendpolicy.so"
    )
    library = ctypes.CDLL(path)
    library.sendpolicy_abi.restype = ctypes.c_uint32
    if library.sendpolicy_abi() != _ABI:
        raise ImportError(f"{path} is another version of sendpolicy than this module")
    size, address, number = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int32
    library.sendpolicy_version.restype = ctypes.c_char_p
    library.sendpolicy_hash.argtypes = [address]
    library.sendpolicy_hash.restype = ctypes.c_char_p
    library.sendpolicy_code_text.restype = ctypes.c_char_p
    library.sendpolicy_open.argtypes = [ctypes.c_char_p, size, ctypes.POINTER(address), ctypes.POINTER(_Error)]
    library.sendpolicy_close.argtypes = [address]
    library.sendpolicy_close.restype = None
    library.sendpolicy_decide_json.argtypes = [
        address, ctypes.c_char_p, size, number, ctypes.c_char_p, size, ctypes.POINTER(size)
    ]
    library.sendpolicy_decide_lines.argtypes = [
        address, address, size, number, ctypes.c_char_p, size, ctypes.POINTER(_Lines)
    ]
    library.sendpolicy_count.argtypes = [address, number]
    library.sendpolicy_name.argtypes = [address, number, number, address]
    library.sendpolicy_name.restype = ctypes.c_char_p
    library.sendpolicy_find.argtypes = [address, number, ctypes.c_char_p, size, ctypes.POINTER(_Error)]
    library.sendpolicy_fact_kind.argtypes = [address, number]
    library.sendpolicy_session_open.argtypes = [address, ctypes.POINTER(address)]
    library.sendpolicy_inquiry_open.argtypes = [address, number, ctypes.POINTER(address)]
    library.sendpolicy_session_close.argtypes = [address]
    library.sendpolicy_session_close.restype = None
    for name in ("reset", "put_by"):
        getattr(library, "sendpolicy_" + name).argtypes = [address]
    for name in ("clear_set", "set_not_recorded", "set_unknown", "has_note"):
        getattr(library, "sendpolicy_" + name).argtypes = [address, number]
    for name in ("set_choice", "set_flag", "set_date", "insert"):
        getattr(library, "sendpolicy_" + name).argtypes = [address, number, number]
    library.sendpolicy_set_number.argtypes = [address, number, ctypes.c_int64]
    library.sendpolicy_set_text.argtypes = [address, number, ctypes.c_char_p, size]
    library.sendpolicy_decide.argtypes = [address, number, ctypes.POINTER(_Decision)]
    library.sendpolicy_decide_all.argtypes = [address, number, ctypes.POINTER(_Decision), size]
    for name in ("rules", "missing", "needed"):
        getattr(library, "sendpolicy_" + name).argtypes = [address, ctypes.POINTER(number), size]
    return library


_library = _load()

#: The version of the library.
version: str = _library.sendpolicy_version().decode()


def _day(on: Optional[datetime.date]) -> int:
    return _TODAY if on is None else (on - _EPOCH).days


def _checked(code: int) -> int:
    if code < 0:
        raise ValueError(_library.sendpolicy_code_text(code).decode())
    return code


class Policy:
    """A policy that was read, checked and found free of errors. Any number of threads may ask it at once."""

    def __init__(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Reads a folder, a .rules file, or a file that `rulec build` wrote; raises PolicyError."""
        self._address = ctypes.c_void_p()
        self._buffers = threading.local()
        name = os.fsencode(path)
        error = _Error()
        if _library.sendpolicy_open(name, len(name), ctypes.byref(self._address), ctypes.byref(error)) < 0:
            raise PolicyError(error.text.decode())
        #: The SHA-256 of the policy's text.
        self.hash: str = _library.sendpolicy_hash(self._address).decode()
        #: The names of all outcomes, notes and rules, and the fields that facts are told in.
        self.outcomes, self.notes, self.rules, self.facts = map(
            self._names, (_OUTCOMES, _NOTES, _RULES, _FACTS))

    def _names(self, names: int) -> list[str]:
        count = _library.sendpolicy_count(self._open(), names)
        return [_library.sendpolicy_name(self._address, names, number, None).decode() for number in range(count)]

    def _find(self, names: int, name: str) -> int:
        error, text = _Error(), name.encode("utf-8", "surrogatepass")
        number: int = _library.sendpolicy_find(self._open(), names, text, len(text), ctypes.byref(error))
        if number < 0:
            raise ValueError(error.text.decode())
        return number

    def _open(self) -> ctypes.c_void_p:
        if not self._address:
            raise PolicyError("the policy is closed")
        return self._address

    def record(self, message: Message, on: Optional[datetime.date] = None) -> str:
        """What `rulec decide` writes about a message, a rejected one too; `on` is today if left out."""
        address = self._open()
        if not isinstance(message, bytes):
            text = message if isinstance(message, str) else json.dumps(message)
            message = text.encode("utf-8", "surrogatepass")
        needed = ctypes.c_size_t()
        buffer = getattr(self._buffers, "bytes", None) or ctypes.create_string_buffer(4096)
        while True:
            code = _library.sendpolicy_decide_json(
                address, message, len(message), _day(on), buffer, len(buffer), ctypes.byref(needed))
            if code != _TOO_SMALL:
                break
            buffer = ctypes.create_string_buffer(needed.value)
        self._buffers.bytes = buffer
        _checked(code)
        return ctypes.string_at(buffer, needed.value).decode()

    def decide(self, message: Message, on: Optional[datetime.date] = None) -> dict[str, Any]:
        """The decision: `outcome`, `notes`, `sure`, `rules` and more; raises MessageError."""
        record: dict[str, Any] = json.loads(self.record(message, on))
        if "error" in record:
            raise MessageError(record)
        return record

    def decide_lines(self, lines: bytes, on: Optional[datetime.date] = None, first_line: int = 1) -> bytes:
        """Decides messages that stand one a line, as `rulec decide` does; a record a line. Where the lines are a part
        of a larger file, `first_line` is the number of the first."""
        address, start = self._open(), ctypes.cast(lines, ctypes.c_void_p).value or 0
        buffer = ctypes.create_string_buffer(max(2 * len(lines), 1 << 16))
        progress, place, records = _Lines(lines=first_line - 1), 0, []
        while True:
            code = _library.sendpolicy_decide_lines(
                address, start + place, len(lines) - place, _day(on), buffer, len(buffer), ctypes.byref(progress))
            if code != _TOO_SMALL:
                _checked(code)
            records.append(ctypes.string_at(buffer, progress.written))
            if code != _TOO_SMALL:
                return b"".join(records)
            place += progress.taken
            if progress.needed > len(buffer):
                buffer = ctypes.create_string_buffer(progress.needed)

    def session(self) -> "Session":
        """A message that is told fact by fact, for one thread."""
        return Session(self)

    def inquiry(self, on: Optional[datetime.date] = None) -> "Inquiry":
        """A message of which only what matters is found out, on a day, for one thread."""
        return Inquiry(self, on)

    def close(self) -> None:
        """Gives the policy's memory back, once no thread asks it any more."""
        address, self._address = self._address, ctypes.c_void_p()
        _library.sendpolicy_close(address)

    def __enter__(self) -> "Policy":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_address", None):
            self.close()


class Session:
    """A message that is told its facts one by one, without JSON; not to be shared between threads.

        session = policy.session()
        session.tell("purpose", "complaint-response")
        session.tell("number_of_people_named_in_message", 2)
        print(session.decide()["outcome"])
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._address = ctypes.c_void_p()
        _checked(self._opened())
        self._facts: dict[str, tuple[int, int]] = {}
        self._values: dict[tuple[int, str], int] = {}
        self._batch_size = 0
        self.reset()

    def _opened(self) -> int:
        return int(_library.sendpolicy_session_open(self._policy._open(), ctypes.byref(self._address)))

    def reset(self) -> None:
        """Begins a message that says nothing."""
        _library.sendpolicy_reset(self._address)

    def tell(self, field: str, value: Any) -> None:
        """Tells a fact: text, bool, int, float, Decimal or date as the fact takes it, and any number of texts of a
        set; None says that nothing is recorded. Raises ValueError if the fact does not take the value."""
        fact, kind = self._fact(field)
        try:
            _checked(self._set(fact, kind, value))
        except (TypeError, ValueError, ArithmeticError, AttributeError, ctypes.ArgumentError) as error:
            raise ValueError(f"`{field}`: {error}") from None

    def tell_unknown(self, field: str) -> None:
        """Says that a look-up failed: the fact may have a value that nobody knows."""
        _checked(_library.sendpolicy_set_unknown(self._address, self._fact(field)[0]))

    def _fact(self, field: str) -> tuple[int, int]:
        known = self._facts.get(field)
        if known is None:
            fact = self._policy._find(_FACTS, field)
            known = self._facts[field] = fact, _library.sendpolicy_fact_kind(self._policy._open(), fact)
        return known

    def _value(self, fact: int, name: str) -> int:
        value = self._values.get((fact, name))
        if value is None:
            value = self._values[fact, name] = self._policy._find(_VALUES + fact, name)
        return value

    def _set(self, fact: int, kind: int, value: Any) -> int:
        address = self._address
        if value is None:
            return int(_library.sendpolicy_set_not_recorded(address, fact))
        if kind == 0:
            return int(_library.sendpolicy_set_choice(address, fact, self._value(fact, value)))
        if kind == 1:
            values = [self._value(fact, name) for name in ([value] if isinstance(value, str) else value)]
            code = int(_library.sendpolicy_clear_set(address, fact))
            for number in values:
                code = code or int(_library.sendpolicy_insert(address, fact, number))
            return code
        if kind == 2:
            if not isinstance(value, bool):
                raise TypeError("it takes True or False")
            return int(_library.sendpolicy_set_flag(address, fact, value))
        if kind == 3:
            return int(_library.sendpolicy_set_number(address, fact, _millionths(value)))
        if kind == 4:
            return int(_library.sendpolicy_set_date(address, fact, (value - _EPOCH).days))
        text = value.encode("utf-8", "surrogatepass")
        return int(_library.sendpolicy_set_text(address, fact, text, len(text)))

    def decide(self, on: Optional[datetime.date] = None) -> dict[str, Any]:
        """The decision on what was told: `outcome`, `notes`, `sure`, `missing`, `rules`. It may be told more, and
        decided again."""
        decision = _Decision()
        _checked(_library.sendpolicy_decide(self._address, _day(on), ctypes.byref(decision)))
        policy, notes = self._policy, range(len(self._policy.notes))
        return {
            "outcome": policy.outcomes[decision.outcome],
            "notes": [policy.notes[note] for note in notes if _library.sendpolicy_has_note(self._address, note)],
            "sure": decision.is_sure == 1,
            "missing": [policy.facts[fact] for fact in self._numbers(_library.sendpolicy_missing)],
            "rules": [policy.rules[rule] for rule in self._numbers(_library.sendpolicy_rules)],
        }

    def _numbers(self, function: Any) -> list[int]:
        count = function(self._address, None, 0)
        numbers = (ctypes.c_int32 * count)()
        function(self._address, numbers, count)
        return list(numbers)

    def put_by(self) -> None:
        """Keeps a copy of the message that was told, to be decided with others."""
        self._batch_size = _checked(_library.sendpolicy_put_by(self._address))

    def decide_all(self, on: Optional[datetime.date] = None) -> list[str]:
        """Decides the messages that were put by, in their order, and forgets them; the outcomes' names."""
        decisions = (_Decision * self._batch_size)()
        _checked(_library.sendpolicy_decide_all(self._address, _day(on), decisions, self._batch_size))
        self._batch_size = 0
        return [self._policy.outcomes[decision.outcome] for decision in decisions]

    def __del__(self) -> None:
        if getattr(self, "_address", None):
            _library.sendpolicy_session_close(self._address)


class Inquiry(Session):
    """A message of which only what matters is found out, on one day; not to be shared between threads.

        inquiry = policy.inquiry()
        inquiry.tell("purpose", "complaint-response")
        while needed := inquiry.needed():
            inquiry.tell(needed[0], look_up(needed[0]))
        print(inquiry.decide()["outcome"])

    Nothing is taken for granted: what it has not been told may be anything. `None` tells that nothing is recorded, and
    `tell_unknown` that a fact cannot be found out; it is not asked for again.
    """

    def __init__(self, policy: Policy, on: Optional[datetime.date] = None) -> None:
        self._on = on
        super().__init__(policy)

    def _opened(self) -> int:
        return int(_library.sendpolicy_inquiry_open(self._policy._open(), _day(self._on), ctypes.byref(self._address)))

    def needed(self) -> list[str]:
        """The fields of the facts that can still change the decision, the one first that leaves least open."""
        return [self._policy.facts[fact] for fact in self._numbers(_library.sendpolicy_needed)]

    def decide(self, on: Optional[datetime.date] = None) -> dict[str, Any]:
        """The decision on what is known, on the inquiry's day. Where something is needed still, it is not sure."""
        return super().decide(self._on if on is None else on)


def _millionths(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float, decimal.Decimal)):
        raise TypeError("it takes a number")
    number = _EXACT.multiply(decimal.Decimal(str(value)), 1_000_000)
    if number != int(number):
        raise ValueError("it takes numbers with at most six decimals")
    if abs(number) >= 1 << 63:
        raise ValueError("the number is too large")
    return int(number)
