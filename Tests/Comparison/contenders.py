"""Who is compared, how each is started, and what is missing on this machine."""

import glob
import os
import shutil
import sys

import workload

SECONDS = os.environ.get("SECONDS_EACH", "1")
BUILD = workload.path("build")


class Contender:
    """A name, what it is called in the table, and the largest number of rules that it takes."""

    def __init__(self, name, label, command, most=10_000):
        self.name, self.label, self.command, self.most = name, label, command, most


def prototype(form):
    def command(size):
        binary = f"prototype-{form}-{size}" if form == "if-chain" else f"prototype-{form}"
        return [os.path.join(BUILD, binary), form, workload.FOLDER, str(size)]
    return command


def python_engine(name):
    return lambda size: [sys.executable, os.path.join(workload.HERE, "measure.py"), name, str(size),
                         SECONDS]


def prolog(size):
    return ["swipl", os.path.join(workload.HERE, "measure.pl"), "--",
            workload.path(f"rules-{size}.pl"), workload.path("messages.pl"),
            workload.path(f"expected-{size}.txt"), "2000" if size >= 10_000 else "20000"]


def jars():
    return glob.glob(os.path.join(sys.prefix, "lib/python3*/site-packages/drools/jars/*.jar"))


def drools(size):
    return ["java", "-cp", os.pathsep.join([*jars(), BUILD]), "DroolsMeasurement", workload.FOLDER,
            str(size), "20000", SECONDS]


PROTOTYPES = [
    Contender("bitset", "prototype, flat bitset (Swift)", prototype("bitset")),
    Contender("if-chain", "prototype, generated `if` chain (Swift)", prototype("if-chain"), 1000),
]
PEERS = [
    Contender("prolog", "SWI-Prolog", prolog),
    Contender("drools", "Drools", drools),
    Contender("cel-cpp", "CEL (C++, from Python)", python_engine("cel-cpp")),
    Contender("cel-rust", "CEL (Rust, from Python)", python_engine("cel-rust")),
    Contender("zen", "zen (Rust, from Python)", python_engine("zen")),
    Contender("cedar", "Cedar (Rust, from Python)", python_engine("cedar")),
]
MODULES = {"cedar": "cedarpy", "zen": "zen", "cel-rust": "cel", "cel-cpp": "cel_expr_python"}


def missing(contender):
    """Why a contender cannot run here, or nothing."""
    name = contender.name
    if name in MODULES:
        folder = os.path.join(sys.prefix, "lib/python3*/site-packages", MODULES[name])
        return None if glob.glob(folder) else f"the Python package {MODULES[name]} could not be had"
    if name == "prolog":
        return None if shutil.which("swipl") else "swipl is not installed (apt: swi-prolog-nox)"
    if name == "drools":
        if not jars():
            return "the Python package drools_jpy, which brings the jar, could not be had"
        if not shutil.which("java") or not os.path.exists(
                os.path.join(BUILD, "DroolsMeasurement.class")):
            return "java and javac are not installed (apt: default-jdk-headless)"
        return None
    binary = contender.command(min(workload.SIZES))[0]
    return None if os.path.exists(binary) else f"{binary} was not built"
