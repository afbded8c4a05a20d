"""Asks a policy, written in English, how a message is to be sent.

    import sendpolicy

    with sendpolicy.Policy("rules") as policy:
        decision = policy.decide({"purpose": "complaint-response"})
        print(decision["outcome"], decision["rules"])

The library is looked for where SENDPOLICY_LIBRARY says, beside this module, and where the system keeps libraries.
"""
from __future__ import annotations

import ctypes
import ctypes.util
import datetime
import json
import os
import pathlib
import threading
from typing import Any, Mapping, Optional, Union

__all__ = ["Policy", "PolicyError", "MessageError", "version"]

_ABI = 1
_TODAY = -(2**31)
_EPOCH = datetime.date(1970, 1, 1)
_TOO_SMALL = -8

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


def _load() -> ctypes.CDLL:
    beside = pathlib.Path(__file__).parent / "libsendpolicy.so"
    path = os.environ.get("SENDPOLICY_LIBRARY") or (
        str(beside) if beside.exists() else ctypes.util.find_library("sendpolicy") or "libsendpolicy.so"
    )
    library = ctypes.CDLL(path)
    library.sendpolicy_abi.restype = ctypes.c_uint32
    if library.sendpolicy_abi() != _ABI:
        raise ImportError(f"{path} is another version of sendpolicy than this module")
    size, address = ctypes.c_size_t, ctypes.c_void_p
    library.sendpolicy_version.restype = ctypes.c_char_p
    library.sendpolicy_hash.argtypes = [address]
    library.sendpolicy_hash.restype = ctypes.c_char_p
    library.sendpolicy_code_text.restype = ctypes.c_char_p
    library.sendpolicy_open.argtypes = [ctypes.c_char_p, size, ctypes.POINTER(address), ctypes.POINTER(_Error)]
    library.sendpolicy_close.argtypes = [address]
    library.sendpolicy_close.restype = None
    library.sendpolicy_decide_json.argtypes = [
        address, ctypes.c_char_p, size, ctypes.c_int32, ctypes.c_char_p, size, ctypes.POINTER(size)
    ]
    return library


_library = _load()

#: The version of the library.
version: str = _library.sendpolicy_version().decode()


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

    def record(self, message: Message, on: Optional[datetime.date] = None) -> str:
        """What `rulec decide` writes about a message, a rejected one too; `on` is today if left out."""
        if not self._address:
            raise PolicyError("the policy is closed")
        if not isinstance(message, bytes):
            text = message if isinstance(message, str) else json.dumps(message)
            message = text.encode("utf-8", "surrogatepass")
        day = _TODAY if on is None else (on - _EPOCH).days
        needed = ctypes.c_size_t()
        buffer = getattr(self._buffers, "bytes", None) or ctypes.create_string_buffer(4096)
        while True:
            code = _library.sendpolicy_decide_json(
                self._address, message, len(message), day, buffer, len(buffer), ctypes.byref(needed))
            if code != _TOO_SMALL:
                break
            buffer = ctypes.create_string_buffer(needed.value)
        self._buffers.bytes = buffer
        if code < 0:
            raise ValueError(_library.sendpolicy_code_text(code).decode())
        return ctypes.string_at(buffer, needed.value).decode()

    def decide(self, message: Message, on: Optional[datetime.date] = None) -> dict[str, Any]:
        """The decision: `outcome`, `notes`, `sure`, `rules` and more; raises MessageError."""
        record: dict[str, Any] = json.loads(self.record(message, on))
        if "error" in record:
            raise MessageError(record)
        return record

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
