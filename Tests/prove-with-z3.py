#!/usr/bin/env python3
"""Compares `rulec check` with an outside judge: prove-with-z3.py [--policies N] [--seed S]

Random policies are written as text and, beside it, as formulas for the prover z3, straight from
their structure and the definition of a decision; no code of rulec has a part in it. Compared are
the pairs of rules that conflict, gaps, broken promises, rules, promises and definitions that never
apply, and rules that are always set aside; and every example that rulec shows is tried.

`--decide` instead gives random messages to `rulec decide`, and compares its decisions with the
formulas: that tries the judge itself.

On a disagreement the policy's folder is kept and named, and the exit code is 1. Needs the Python
packages z3-solver and numpy; where they are missing, they are put in an environment of their own in
the folder for temporary files.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import venv

try:
    import numpy  # noqa: F401
    import z3  # noqa: F401
except ImportError:
    home = os.path.join(tempfile.gettempdir(), "prove-with-z3-environment")
    python = os.path.join(home, "bin", "python")
    if os.path.realpath(sys.prefix) == os.path.realpath(home):
        raise
    if subprocess.run([python, "-c", "import z3, numpy"], capture_output=True).returncode \
            if os.path.exists(python) else True:
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "z3-solver", "numpy"], check=True)
    os.execv(python, [python, *sys.argv])

from OutsideJudge import comparison
from OutsideJudge.policy import Policy


def size_of_policy(source, most):
    """Most are small; a few are as large as may be."""
    chance = source.random()
    size = source.randint(2, 6) if chance < 0.6 else source.randint(5, 20) if chance < 0.9 \
        else source.randint(20, 60) if chance < 0.98 else source.randint(60, 200)
    return min(size, most)


def main():
    here = os.path.dirname(os.path.realpath(__file__))
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rules", type=int, default=200, metavar="MAX")
    parser.add_argument("--rulec", default=os.path.join(here, "../.build/release/rulec"))
    parser.add_argument("--decide", action="store_true")
    arguments = parser.parse_args()
    rulec = os.path.realpath(arguments.rulec)
    counts, disagreements, started = {}, 0, time.time()
    for number in range(arguments.seed, arguments.seed + arguments.policies):
        source = random.Random(number)
        size = size_of_policy(source, arguments.rules)
        if arguments.decide:
            policy = Policy(source, size, orderly="without promises")
        else:
            policy = Policy(source, size, orderly=source.random() < 0.3)
        folder = tempfile.mkdtemp(prefix=f"policy-{number}-")
        with open(os.path.join(folder, "policy.rules"), "w") as file:
            file.write(policy.text)
        compare = comparison.of_decisions if arguments.decide else comparison.of_proofs
        complaints = compare(policy, source, folder, rulec, counts)
        if complaints:
            disagreements += 1
            print(f"policy {number}, {len(policy.rules)} rules, kept in {folder}")
            print("".join(f"  {complaint}\n" for complaint in complaints[:20]), end="", flush=True)
        else:
            shutil.rmtree(folder)
    print(f"{arguments.policies} policies, {disagreements} disagreements, "
          f"{time.time() - started:.0f} s; " + ", ".join(
              f"{count} {what}" for what, count in sorted(counts.items())))
    sys.exit(1 if disagreements else 0)


main()
