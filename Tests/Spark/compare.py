"""What Tests/spark.sh runs: compares what Spark gives with what `rulec` writes on one machine, and measures both."""
import contextlib
import dataclasses
import datetime
import functools
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

import pyarrow.fs
from pyspark import StorageLevel
from pyspark.sql import SparkSession, functions

import make_archive
import processes
import sendpolicy_spark
from sendpolicy_spark import EvaluationError

COUNT = int(sys.argv[1])
FOLDER = pathlib.Path(os.environ["FOLDER"])
RULEC, LIBRARY = os.environ["RULEC"], os.environ["LIBRARY"]
RULES = pathlib.Path(__file__).parents[2] / "rules"
DAY = datetime.date(2026, 11, 23)
# Nine parts or so, whatever the number of messages, and none that ends with a line.
PART_BYTES = 80 * COUNT + 7

failures = 0


def check(what, is_so):
    """Counts a failure and goes on."""
    global failures
    failures += not is_so
    print(f"{'ok  ' if is_so else 'FAIL'} {what}", flush=True)


@contextlib.contextmanager
def measured(what, count=COUNT):
    """Says how long something took with so many messages, on the clock and on all processors together."""
    clock, work = time.monotonic(), processes.seconds_of_work()
    yield
    clock, work = time.monotonic() - clock, processes.seconds_of_work() - work
    print(f"     {what}: {clock:.1f} s, {1e6 * work / count:.2f} µs of work a message", flush=True)


def rulec(*words, output):
    """What one machine writes, in a file."""
    path = FOLDER / output
    with open(path, "wb") as file, open(FOLDER / "said", "wb") as said:
        code = subprocess.run([RULEC, *map(str, words)], stdout=file, stderr=said).returncode
    if code == 2 or path.stat().st_size == 0:
        sys.exit(f"rulec {words}: {(FOLDER / 'said').read_text()}")
    return path


def session():
    """A Spark with a master and two workers, each a process of its own with one core."""
    settings = {
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false", "spark.sql.warehouse.dir": str(FOLDER / "warehouse"),
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("Tests/spark.sh")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def written(frame, name):
    """What a frame with lines and records holds, in the order of its parts: a line's number, a tab, and its record."""
    folder = str(FOLDER / name)
    number = functions.coalesce(functions.col("line").cast("string"), functions.lit("-"))
    frame.select(functions.concat_ws("\t", number, "record")).write.text(folder)
    records = b"".join(path.read_bytes() for path in sorted(pathlib.Path(folder).glob("part-*")))
    shutil.rmtree(folder)
    return records.splitlines()


def expected_decisions(output):
    """The same of what `rulec decide` wrote, with the numbers of the lines that are not blank."""
    with open(FOLDER / "whole.ndjson", "rb") as whole:
        numbers = [number for number, line in enumerate(whole, 1) if line.strip()]
    records = output.read_bytes().splitlines()
    assert len(numbers) == len(records)
    return [b"%d\t%s" % pair for pair in zip(numbers, records)]


def killing(archive, name, victim):
    """An archive that is read as another, but for a process that is killed once, while a part in the middle is read."""
    read, chosen, mark = archive.read, archive.parts[5], str(FOLDER / name)

    def read_and_kill(part):
        yield from read(part)
        if part == chosen and not os.path.exists(mark):
            open(mark, "w").close()
            os.kill(victim(), signal.SIGKILL)

    return dataclasses.replace(archive, read=read_and_kill)


def refuses(what, words, attempt):
    """That something fails, and says why."""
    try:
        attempt()
        check(f"{what} fails", False)
    except Exception as error:
        check(f"{what} fails: “{words}”", words in str(error))


def replaced(policy, name, **files):
    """A policy of which other files are sent to the workers."""
    return dataclasses.replace(
        policy, **{kind: sendpolicy_spark._sent(spark, path, f"{name}-{kind}") for kind, path in files.items()})


def script(name, text):
    path = FOLDER / name
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)
    return path


def lines_survive_cutting():
    """Whether small files, cut into parts of every size and read in chunks of every size, give their lines again."""
    draw, file, system = random.Random(1), FOLDER / "cut", pyarrow.fs.LocalFileSystem()
    usual, are_right = sendpolicy_spark._CHUNK, True
    for chunk in [1, 3, 8, 1000] * 50:
        sendpolicy_spark._CHUNK = chunk
        text = bytes(draw.choices(b"abcde\n", k=draw.randrange(80)))
        file.write_bytes(text)
        for size in (1, 2, 3, 5, 7, 13, 40, 100):
            parts = [sendpolicy_spark.Part(str(file), start, min(start + size, len(text)))
                     for start in range(0, len(text), size)]
            read = b"".join(block for part in parts for block in sendpolicy_spark._read(system, part))
            are_right &= read == text + b"\n" * (not text.endswith((b"\n",)) and text != b"")
    sendpolicy_spark._CHUNK = usual
    return are_right


def evaluate(frame):
    """Evaluates all, and keeps nothing."""
    frame.write.format("noop").mode("overwrite").save()


print(f"== {COUNT} messages, and what one machine makes of them", flush=True)
make_archive.make(COUNT, FOLDER, seed=1)
whole = FOLDER / "whole.ndjson"
shutil.copytree(RULES, FOLDER / "new")
for name in ("scenarios.rules", "scenarios-by-rule.rules", "promises.rules"):
    (FOLDER / "new" / name).unlink()
changed = FOLDER / "new/commitments.rules"
changed.write_text(changed.read_text().replace(
    "plain email is barred\n", "plain email is barred or the message contains sensitive information\n", 1))
for name, rules in (("old.policy", RULES), ("new.policy", FOLDER / "new")):
    subprocess.run([RULEC, "build", rules, "-o", FOLDER / name], check=True, stdout=subprocess.DEVNULL)
old = FOLDER / "old.policy"
with measured("`rulec decide`"):
    decisions = rulec("decide", old, "--messages", whole, "--on", DAY, output="decisions")
with measured("`rulec audit`"):
    audited = rulec("audit", old, "--messages", whole, "--format", "json", output="audited")
with measured("`rulec diff`"):
    compared = rulec("diff", old, FOLDER / "new.policy", "--messages", whole, "--format", "json", output="compared")
wanted = expected_decisions(decisions)
findings, counts = sendpolicy_spark._taken_apart(audited.read_bytes())
rejected = sum(b'"error":' in record for record in wanted)

print("== two workers", flush=True)
check("files may be cut anywhere", lines_survive_cutting())
spark = session()
policy = sendpolicy_spark.ship(spark, RULES, RULEC, LIBRARY)
proposal = sendpolicy_spark.ship(spark, FOLDER / "new", RULEC)
archive = sendpolicy_spark.lines(spark, str(FOLDER / "archive"), PART_BYTES)
print(f"{len(archive.parts)} parts, {len(wanted)} messages, {rejected} of them rejected, "
      f"{COUNT - len(wanted)} blank lines", flush=True)
by_library = functools.partial(sendpolicy_spark.decide, policy=policy, on=DAY, through="library")
by_program = functools.partial(sendpolicy_spark.decide, policy=policy, on=DAY, through="program")
evaluate(by_library(archive))  # Starts what is not started yet, so that it is not measured.
with measured("counting the lines"):
    sendpolicy_spark.lines(spark, str(FOLDER / "archive"), PART_BYTES)
with measured("`decide` through the library"):
    evaluate(by_library(archive))
with measured("`decide` through the program"):
    evaluate(by_program(archive))
check("decide through the library gives every record in its line", written(by_library(archive), "1") == wanted)
check("decide through the program gives every record in its line", written(by_program(archive), "2") == wanted)

table_path = str(FOLDER / "table")
spark.createDataFrame(
    [(number, line.rstrip(b"\n")) for number, line in enumerate(whole.open("rb"), 1) if line.strip()][:COUNT // 10],
    "number long, message binary").repartition(7).write.parquet(table_path)
table = spark.read.parquet(table_path)
decided = sendpolicy_spark.with_decisions(table, policy, on=DAY)
row_count = table.count()
with measured("`with_decisions`, on a table", row_count):
    evaluate(decided)
rows = {row.number: json.loads(row.decision) for row in decided.collect()}
check(f"a table of {row_count} messages gets its decisions", len(rows) == row_count and all(
    rows.get(int(number)) == {name: value for name, value in json.loads(record).items() if name != "line"}
    for number, record in (line.split(b"\t") for line in wanted[:row_count])))

kept = sendpolicy_spark.audit(archive, policy).persist(StorageLevel.DISK_ONLY)
with measured("`audit`"):
    evaluate(kept)
found = written(kept, "3")
check(f"audit finds the same {len(findings)} messages, in their order",
      [row.split(b"\t")[1].decode() for row in found if not row.startswith(b"-")] == findings)
check("the numbers of their lines are those that they say", all(
    json.loads(record)["line"] == int(number) for number, record in (row.split(b"\t") for row in found)
    if number != b"-"))
check("the counts of all parts add up to those of the whole",
      sendpolicy_spark.total(kept) == json.loads(counts))
kept.unpersist()
with measured("`diff`"):
    difference = sendpolicy_spark.diff(archive, policy, proposal)
check(f"diff counts the same: {difference['messages']['different']} decided differently",
      difference == json.loads(compared.read_text()))

print("== workers that are killed", flush=True)
for what, frame, victim in (
    ("a Python worker, through the library", by_library, os.getpid),
    ("a Python worker, through the program", by_program, os.getpid),
    ("an executor, through the library", by_library, processes.grandparent),
    ("an executor, through the program", by_program, processes.grandparent),
):
    name = what.replace(" ", "-")
    check(f"{what}: every record in its line", written(frame(killing(archive, name, victim)), "4") == wanted
          and (FOLDER / name).exists())
difference = sendpolicy_spark.diff(killing(archive, "in-diff", processes.grandparent), policy, proposal)
check("an executor, in diff: the same counts", difference == json.loads(compared.read_text()))
found = sendpolicy_spark.audit(killing(archive, "in-audit", processes.grandparent), policy)
check("an executor, in audit: the same counts", sendpolicy_spark.total(found) == json.loads(counts))

print("== evaluators that fail", flush=True)
(FOLDER / "wrong.rules").write_text("outcome send plain\nthen what\n")
refuses("a policy with errors", "cannot be used",
        lambda: sendpolicy_spark.ship(spark, FOLDER / "wrong.rules", RULEC))
refuses("a program that is not there", "there is no program",
        lambda: sendpolicy_spark.ship(spark, RULES, FOLDER / "nowhere"))
nothing, empty = script("nothing", ""), FOLDER / "empty"
empty.write_bytes(b"")
(FOLDER / "none").mkdir()
for what, words, broken, frame in (
    ("no library", "the library was not sent", dataclasses.replace(policy, library=None), by_library),
    ("a library that is none", "file too short", replaced(policy, "a", library=empty), by_library),
    ("a policy that is none, in the library", "PolicyError", replaced(policy, "b", built=nothing), by_library),
    ("a policy that is none, in the program", "ended with 2", replaced(policy, "b", built=nothing), by_program),
    ("another file than was sent", "is not the file that was sent",
     dataclasses.replace(policy, built=dataclasses.replace(policy.built, digest="0")), by_library),
    ("a program that crashes", "ended with -9", replaced(
        policy, "c", program=script("crash", "head -n 3; kill -9 $$\n")), by_program),
    ("a program that leaves messages out", "decisions about", replaced(
        policy, "d", program=script("lossy", f'"{RULEC}" "$@" | sed 1d\n')), by_program),
    ("a program that stops reading", "could not be given the messages", replaced(
        policy, "e", program=script("lazy", "exit 0\n")), by_program),
):
    refuses(what, words, lambda: evaluate(frame(archive, policy=broken)))
refuses("an audit without a report", "the audit gave no report", lambda: evaluate(sendpolicy_spark.audit(
    archive, replaced(policy, "f", program=script("mute", "cat > /dev/null; exit 1\n")))))
refuses("an archive without files", "has no files", lambda: sendpolicy_spark.lines(spark, str(FOLDER / "none")))
spark.stop()

print(f"{failures} failed" if failures else "Spark gives what rulec writes")
sys.exit(failures > 0)
