#!/usr/bin/env bash
# Builds the library for other languages, runs the C example and tries the Python module against rulec.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() {
  failures=$((failures + 1))
  echo "FAIL $1"
}

.install/build library
library=$PWD/.build-shared/release
if [ -z "${RULEC:-}" ]; then
  swift build -c release --product rulec > "$work/build" || { cat "$work/build"; exit 2; }
  RULEC=$PWD/.build/release/rulec
fi
export RULEC

# The C example, plainly and with a watch over its memory.
warnings=(-std=gnu11 -O2 -Wall -Wextra -Werror -pedantic)
link=(-Ibindings/c "-L$library" -lsendpolicy "-Wl,-rpath,$library")
gcc "${warnings[@]}" bindings/c/example.c "${link[@]}" -o "$work/example"
"$work/example" rules > "$work/output" || fail "the C example: exit code $?"
head -n 1 "$work/output" | grep -q '"outcome":"hold for the sender"' || fail "the C example's record"
tail -n 1 "$work/output" | grep -q '^hold for the sender, because' || fail "the C example's decision"
! "$work/example" /no/such/folder 2> "$work/errors" || fail "a folder that is not there is opened"
grep -q /no/such/folder "$work/errors" || fail "the C example's error does not name the folder"
gcc "${warnings[@]}" -g -fsanitize=address Tests/Bindings/misuse.c "${link[@]}" -o "$work/misuse"
ASAN_OPTIONS=detect_leaks=1 "$work/misuse" rules || fail "misuse from C: exit code $?"

# The example of the engineers' guide.
awk '/^```c$/ { shows = 1; next } /^```$/ { shows = 0 } shows' docs/embedding.md > "$work/guide.c"
gcc "${warnings[@]}" "$work/guide.c" "${link[@]}" -o "$work/guide"
"$work/guide" > "$work/output" || fail "the guide's example: exit code $?"
grep -q '^{"outcome":"hold for the sender",' "$work/output" || fail "the guide's example's record"

# The Python module.
SENDPOLICY_LIBRARY=$library/libsendpolicy.so PYTHONPATH=bindings/python PYTHONDONTWRITEBYTECODE=1 \
  python3 -m unittest discover -s bindings/python/tests || fail "the Python module"

if [ "$failures" -gt 0 ]; then exit 1; fi
echo "C and Python decide as rulec does"
