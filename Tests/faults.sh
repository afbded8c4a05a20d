#!/usr/bin/env bash
# Puts `rulec serve` through what goes wrong in earnest: it is killed at random instants, its disk is full, writes and
# syncs fail, the clock is set back, its policy is broken or deleted, and its clients are slow, stuck or hostile. Whatever
# is answered must be on record and right. Prints a table with counts.
#
#   Tests/faults.sh           half an hour; writes the table of docs/reliability.md
#   Tests/faults.sh --short   a minute or two
#
# strace, a C compiler and the right to mount a disk are used where they are there.
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no
swift build -c release --product rulec
if [ "${1:-}" = "--short" ]; then
  PYTHONPATH=Tests python3 -m Faults .build/release/rulec --short
else
  PYTHONPATH=Tests python3 -m Faults .build/release/rulec --write docs/reliability.md
fi
