"""Decides, audits and compares archives of messages on Apache Spark, as `rulec` does on one machine.

    import sendpolicy_spark

    policy = sendpolicy_spark.ship(spark, "rules")
    archive = sendpolicy_spark.lines(spark, "hdfs://cluster/archive/2026")
    sendpolicy_spark.decide(archive, policy).write.parquet("hdfs://cluster/decisions/2026")

An archive is cut into parts of whole lines. Each is read where it is evaluated, from its files, and evaluated by the
program or by the library; only counts travel. Lines have the numbers that they would have in one file, so that what
comes out is, line by line, what one machine writes.
"""
from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import importlib.util
import itertools
import json
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Optional, Union

import pyarrow as pa
import pyarrow.fs
from pyspark import SparkFiles
from pyspark.sql import DataFrame, SparkSession, types

if TYPE_CHECKING:
    import sendpolicy

__all__ = ["Policy", "Archive", "EvaluationError", "ship", "lines", "decide", "audit", "total", "diff",
           "with_decisions"]

_CHUNK = 1 << 20
_COMPRESSED = (".gz", ".bz2", ".zst", ".lz4")
_MARK = b"\xef\xbb\xbf"
Path = Union[str, "os.PathLike[str]"]
Batches = Iterable[pa.RecordBatch]
Evaluation = Callable[["Part", Iterator[bytes]], Iterator[pa.RecordBatch]]


class EvaluationError(Exception):
    """Nothing that was evaluated is to be relied on: a program failed, or a file is missing or another one."""


# What is sent to the workers.


@dataclasses.dataclass(frozen=True)
class _File:
    """A file that every worker has, and the SHA-256 of what is in it."""

    name: str
    digest: str

    @functools.lru_cache(maxsize=None)
    def path(self) -> str:
        """Where the worker has it; raises if it is not what was sent."""
        path = SparkFiles.get(self.name)
        if _digest(path) != self.digest:
            raise EvaluationError(f"{path} is not the file that was sent to the workers")
        return path


@dataclasses.dataclass(frozen=True)
class Policy:
    """A policy that was proved once and built, and what evaluates it, as every worker finds them."""

    built: _File
    program: _File
    library: Optional[_File]

    @functools.lru_cache(maxsize=None)
    def opened(self) -> "sendpolicy.Policy":
        """The policy in the library, on a worker; it is read once."""
        if self.library is None:
            raise EvaluationError("the library was not sent to the workers: give `ship` the path of libsendpolicy.so")
        os.environ["SENDPOLICY_LIBRARY"] = self.library.path()
        import sendpolicy

        return sendpolicy.Policy(self.built.path())


def ship(spark: SparkSession, policy: Path, rulec: Path = "rulec", library: Optional[Path] = None) -> Policy:
    """Checks, proves and builds a policy here, and sends it to all workers with the program and, if it is given, the
    library. Raises EvaluationError if the policy has errors.

    The program and the library must run on the workers as they are; `.install/build` makes such ones.
    """
    program = shutil.which(rulec)
    if program is None:
        raise EvaluationError(f"there is no program {os.fspath(rulec)}")
    with tempfile.TemporaryDirectory() as folder:
        built = os.path.join(folder, "built")
        result = subprocess.run([program, "build", os.fspath(policy), "-o", built], capture_output=True, text=True)
        if result.returncode != 0:
            raise EvaluationError(f"{os.fspath(policy)} cannot be used:\n{result.stderr or result.stdout}")
        shipped = Policy(_sent(spark, built, "policy"), _sent(spark, program, "rulec"),
                         None if library is None else _sent(spark, library, "library"))
    _send_modules(spark, with_binding=library is not None)
    return shipped


def _sent(spark: SparkSession, path: Path, kind: str) -> _File:
    digest = _digest(path)
    name = f"sendpolicy-{kind}-{digest[:16]}"
    # Spark fetches from here whenever a worker starts, so it stays as long as the driver does.
    kept = os.path.join(spark.sparkContext._temp_dir, name)
    if not os.path.exists(kept):
        shutil.copy(path, kept)
        spark.sparkContext.addFile(kept)
    return _File(name, digest)


def _send_modules(spark: SparkSession, with_binding: bool) -> None:
    """Sends this module, and the one that calls the library."""
    modules = {"sendpolicy_spark.py": __file__}
    if with_binding:
        found = importlib.util.find_spec("sendpolicy")
        if found is None or found.origin is None:
            raise EvaluationError("the Python module `sendpolicy` is not installed here: see bindings/python")
        modules["sendpolicy/__init__.py"] = found.origin
    archive = os.path.join(spark.sparkContext._temp_dir, f"sendpolicy-{len(modules)}.zip")
    if not os.path.exists(archive):
        with zipfile.ZipFile(archive, "w") as file:
            for name, path in modules.items():
                file.write(path, name)
        spark.sparkContext.addPyFile(archive)


def _digest(path: Path) -> str:
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


# Archives.


@dataclasses.dataclass(frozen=True)
class Part:
    """The lines of a file that begin between two of its bytes."""

    path: str
    start: int
    end: int
    #: The number of the first line in the whole archive.
    first_line: int = 1


@dataclasses.dataclass(frozen=True)
class Archive:
    """Lines in parts, and how a part's lines are read, in blocks of whole lines."""

    spark: SparkSession
    parts: tuple[Part, ...]
    read: Callable[[Part], Iterator[bytes]]

    def evaluated(self, evaluate: Evaluation, schema: str) -> DataFrame:
        """What is made of each part, of one in each partition, in their order."""
        parts, read = self.parts, self.read

        def run(batches: Batches) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for number in batch.column(0).to_numpy().tolist():
                    yield from evaluate(parts[number], read(parts[number]))

        return self.spark.range(0, len(parts), 1, len(parts)).mapInArrow(run, schema)


def lines(spark: SparkSession, where: str, part_bytes: int = 256 << 20) -> Archive:
    """The archive in a file, or in all files of a folder and its folders in the order of their paths, one message a
    line. Where is a path, or an address of a file system that pyarrow reads: file, hdfs, s3, gs, abfss.

    Files that begin with `.` or `_` are left out. Compressed files are one part each. Reads everything once, to count
    the lines.
    """
    system, path = pyarrow.fs.FileSystem.from_uri(where if "://" in where else os.path.abspath(where))
    files = [found] if (found := system.get_file_info(path)).is_file else system.get_file_info(
        pyarrow.fs.FileSelector(path, recursive=True))
    cuts = [(file.path, start, min(start + size, file.size) if size < sys.maxsize else size)
            for file in sorted(files, key=lambda file: file.path)
            if file.is_file and not file.base_name.startswith((".", "_"))
            for size in [sys.maxsize if file.path.endswith(_COMPRESSED) else part_bytes]
            for start in range(0, max(file.size, 1), size)]
    if not cuts:
        raise FileNotFoundError(f"{where} has no files")
    archive = Archive(spark, tuple(Part(*cut) for cut in cuts), functools.partial(_read, system))

    def count(part: Part, blocks: Iterator[bytes]) -> Iterator[pa.RecordBatch]:
        yield _batch(lines=[sum(block.count(b"\n") for block in blocks)])

    counts = [row.lines for row in archive.evaluated(count, "lines long").collect()]
    firsts = itertools.accumulate(counts, initial=1)
    parts = tuple(dataclasses.replace(part, first_line=first) for part, first in zip(archive.parts, firsts))
    return dataclasses.replace(archive, parts=parts)


def _read(system: pyarrow.fs.FileSystem, part: Part) -> Iterator[bytes]:
    """The lines of a part, in blocks of whole lines; a last line gets an end if it has none."""
    if part.path.endswith(_COMPRESSED):
        file = system.open_input_stream(part.path)
    else:
        file = system.open_input_file(part.path)
    with file:
        # The first line is the one that begins behind the first end of a line from one byte before the start.
        place = max(part.start - 1, 0)
        if place > 0:
            file.seek(place)
        is_before, carry = part.start > 0, b""
        while chunk := file.read(_CHUNK):
            if is_before:
                cut = chunk.find(b"\n") + 1
                place, chunk, is_before = place + (cut or len(chunk)), chunk[cut:], cut == 0
                if place >= part.end:
                    return
                if is_before:
                    continue
            # The last line is the one with the last byte; it may end in a later part.
            last = chunk.find(b"\n", max(part.end - 1 - place, 0)) + 1
            cut = last or chunk.rfind(b"\n") + 1
            if cut:
                yield carry + chunk[:cut]
                carry = b""
            if last:
                return
            carry += chunk[cut:]
            place += len(chunk)
        if carry:
            yield carry + b"\n"


# Evaluation.


def decide(archive: Archive, policy: Policy, on: Optional[datetime.date] = None,
           through: str = "library") -> DataFrame:
    """What `rulec decide` writes about every message, as `record`, with the number of its line, as `line`, in the
    order of the lines. `on` is the day for messages that do not say theirs; today, here, if left out. Through
    `library` or `program`."""
    decided = {"library": _decided_by_library, "program": _decided_by_program}[through]
    day = on or datetime.date.today()

    def evaluate(part: Part, blocks: Iterator[bytes]) -> Iterator[pa.RecordBatch]:
        return decided(policy, blocks, part.first_line, day)

    return archive.evaluated(evaluate, "line long, record string")


def with_decisions(messages: DataFrame, policy: Policy, column: str = "message", name: str = "decision",
                   on: Optional[datetime.date] = None) -> DataFrame:
    """A table with a message in a column, and the decision about each in a further one: the record that `rulec decide`
    would write, about a rejected one too, and null where there is none. Through the library."""
    day = on or datetime.date.today()
    schema = types.StructType(messages.schema.fields + [types.StructField(name, types.StringType())])

    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        decide = policy.opened().record
        for batch in batches:
            values = batch.column(batch.schema.get_field_index(column)).cast(pa.binary()).to_pylist()
            records = pa.array([None if value is None else decide(value, day) for value in values], pa.string())
            yield pa.RecordBatch.from_arrays([*batch.columns, records], names=[*batch.schema.names, name])

    return messages.mapInArrow(run, schema)


def audit(archive: Archive, policy: Policy) -> DataFrame:
    """What `rulec audit --format json` finds, as `record`, with the number of its line, as `line`; and for each part
    one row without a line, whose record holds its counts. `total` adds these up.

    Keep it (`persist`, or written to files) where both findings and counts are wanted, or everything is audited twice.
    """

    def evaluate(part: Part, blocks: Iterator[bytes]) -> Iterator[pa.RecordBatch]:
        command = [policy.program.path(), "audit", policy.built.path(), "--format", "json",
                   "--first-line", str(part.first_line)]
        found, counts = _taken_apart(b"".join(_run(command, blocks)))
        numbers = [json.loads(record)["line"] for record in found]
        yield _batch(line=[*numbers, None], record=[*found, counts])

    return archive.evaluated(evaluate, "line long, record string")


def total(found: DataFrame) -> dict[str, Any]:
    """The counts of a whole audit: `policy`, and `counts` as `rulec audit --format json` gives them."""
    parts = [json.loads(row.record) for row in found.where("line is null").select("record").collect()]
    if len({part["policy"] for part in parts}) != 1:
        raise EvaluationError("these are the counts of more than one policy, or of none")
    return {"policy": parts[0]["policy"], "counts": functools.reduce(_added, (part["counts"] for part in parts))}


def diff(archive: Archive, old: Policy, new: Policy, work_limit: Optional[int] = None) -> dict[str, Any]:
    """What `rulec diff OLD NEW --messages ARCHIVE --format json` gives: in what the two policies differ, and how many
    messages are decided differently. The proof is made anew for each part, which takes about as long as some thousand
    messages do."""

    def evaluate(part: Part, blocks: Iterator[bytes]) -> Iterator[pa.RecordBatch]:
        command = [new.program.path(), "diff", old.built.path(), new.built.path(), "--messages", "-",
                   "--format", "json", "--first-line", str(part.first_line)]
        if work_limit is not None:
            command += ["--work-limit", str(work_limit)]
        difference = json.loads(b"".join(_run(command, blocks)))
        messages, rest = difference.pop("messages"), json.dumps(difference)
        # All parts prove the same, so the first one's words are enough.
        yield _batch(messages=[json.dumps(messages)], digest=[hashlib.sha256(rest.encode()).hexdigest()],
                     difference=[rest if part == first else None])

    first = archive.parts[0]
    rows = archive.evaluated(evaluate, "messages string, digest string, difference string").collect()
    if len({row.digest for row in rows}) != 1:
        raise EvaluationError("the parts do not agree in what the policies differ")
    messages = [json.loads(row.messages) for row in rows]
    cases = [case for part in messages for case in part.pop("first")][:5]
    return {**json.loads(rows[0].difference), "messages": {**functools.reduce(_added, messages), "first": cases}}


# How a part is evaluated.


def _decided_by_library(
    policy: Policy, blocks: Iterable[bytes], first_line: int, day: datetime.date
) -> Iterator[pa.RecordBatch]:
    library = policy.opened()
    for block in blocks:
        records = library.decide_lines(block, day, first_line).split(b"\n")
        yield _decided(_numbers(block, first_line), records[:-1])
        first_line += block.count(b"\n")


def _decided_by_program(
    policy: Policy, blocks: Iterable[bytes], first_line: int, day: datetime.date
) -> Iterator[pa.RecordBatch]:
    # What was given to the program and not yet answered; it holds no more than fits between the processes.
    given: queue.SimpleQueue[list[int]] = queue.SimpleQueue()

    def noted() -> Iterator[bytes]:
        line = first_line
        for block in blocks:
            given.put(_numbers(block, line))
            yield block
            line += block.count(b"\n")

    numbers: list[int] = []
    command = [policy.program.path(), "decide", policy.built.path(), "--on", day.isoformat(),
               "--first-line", str(first_line)]
    rest = b""
    for output in _run(command, noted()):
        *records, rest = (rest + output).split(b"\n")
        while len(numbers) < len(records) and not given.empty():
            numbers += given.get_nowait()
        yield _decided(numbers[:len(records)], records)
        del numbers[:len(records)]
    while not given.empty():
        numbers += given.get_nowait()
    _decided(numbers, rest.splitlines())


def _numbers(block: bytes, first_line: int) -> list[int]:
    """The numbers of the lines that are not blank."""
    block = block.removeprefix(_MARK) if first_line == 1 else block
    return [number for number, line in enumerate(block.split(b"\n")[:-1], first_line) if line and not line.isspace()]


def _decided(numbers: list[int], records: list[bytes]) -> pa.RecordBatch:
    if len(numbers) != len(records):
        raise EvaluationError(f"there are {len(records)} decisions about {len(numbers)} messages")
    return _batch(line=numbers, record=records)


def _run(command: list[str], blocks: Iterable[bytes]) -> Iterator[bytes]:
    """What a program writes about lines that it is given; raises if it does not come to its end."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, pipesize=_CHUNK)
        to_program, from_program = process.stdin, process.stdout
        assert to_program is not None and from_program is not None
        problems: list[BaseException] = []

        def feed() -> None:
            try:
                with to_program:
                    for block in blocks:
                        to_program.write(block)
            except BaseException as problem:
                problems.append(problem)

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            while output := os.read(from_program.fileno(), _CHUNK):
                yield output
            feeder.join()
            code = process.wait()
        finally:
            # Also where nobody wants the rest.
            process.kill()
            process.wait()
            feeder.join()
            from_program.close()
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip()
        if code not in (0, 1) or problems:
            also = f", and could not be given the messages: {problems[0]!r}" if problems else ""
            raise EvaluationError(f"`{' '.join(command)}` ended with {code}{also}\n{said}")


def _taken_apart(report: bytes) -> tuple[list[str], str]:
    """The findings of an audit, as they stand, and an object with the counts."""
    text, decoder = report.decode(), json.JSONDecoder()
    place = text.find("[") + 1
    if place == 0:
        raise EvaluationError("the audit gave no report: the policy has errors")
    head, found = text[:text.index(',"messages":')], []
    while text[place] != "]":
        _, end = decoder.raw_decode(text, place)
        found.append(text[place:end])
        place = end + (text[end] == ",")
    return found, head + text[place + 1:].rstrip("\n")


def _batch(**columns: list[Any]) -> pa.RecordBatch:
    numbers = {"line", "lines"}
    return pa.RecordBatch.from_pydict(
        columns, pa.schema([(name, pa.int64() if name in numbers else pa.string()) for name in columns]))


def _added(one: Any, other: Any) -> Any:
    """Counts added up number by number."""
    if isinstance(one, dict):
        return {key: _added(one[key], other[key]) if key in one and key in other else one.get(key, other.get(key))
                for key in {**one, **other}}
    return [a + b for a, b in zip(one, other, strict=True)] if isinstance(one, list) else one + other
