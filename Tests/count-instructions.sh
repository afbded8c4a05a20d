#!/usr/bin/env bash
# Counts the instructions of rulec for a decision on coded facts, and for a whole line (reading,
# deciding, writing), and writes them into docs/performance.md.
#
# Each count is the difference of two runs under callgrind, with FEW (1000) and MORE (11000)
# messages, or one and eleven rounds of the same messages, so that start and loading fall out. The
# runs have an empty environment, fixed addresses and a fixed seed for hashing: the same program
# counts the same.
#
# Needs swift, python3, valgrind and setarch (apt-get install valgrind util-linux). RULEC names a
# binary, which is then not built; SIZES="10 100" counts no other sizes, and leaves the page as it
# is; a run is stopped after LIMIT seconds (900). The workload is that of compare-with-peers.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
source Tests/Comparison/once.sh
few=${FEW:-1000}
more=${MORE:-11000}
limit=${LIMIT:-900}

if ! command -v valgrind > /dev/null || ! command -v setarch > /dev/null; then
  echo "valgrind and setarch are needed (apt-get install valgrind util-linux)" >&2
  exit 2
fi
if [ -z "${RULEC:-}" ]; then
  swift build -c release --product rulec --static-swift-stdlib --scratch-path .build-static \
    > /dev/null
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What is there for debuggers is too much for valgrind, and not needed.
rulec="$work/rulec"
strip --strip-debug -o "$rulec" "${RULEC:-.build-static/release/rulec}"
make_workload
head -n "$few" "$COMPARISON/messages.ndjson" > "$work/few.ndjson"
head -n "$more" "$COMPARISON/messages.ndjson" > "$work/more.ndjson"

# The instructions of a command of rulec; if it does not end well, nothing, and a line says why.
count() {
  local code=0
  timeout -k 2 "$limit" env -i SWIFT_DETERMINISTIC_HASHING=1 setarch "$(uname -m)" -R \
    valgrind --tool=callgrind --callgrind-out-file="$work/counts" "$rulec" "$@" \
    > /dev/null 2> "$work/said" || code=$?
  if [ "$code" = 124 ]; then
    echo "rulec $1: stopped after $limit seconds" >&2
  elif [ "$code" != 0 ]; then
    echo "rulec $1: exit code $code: $(tail -n 1 "$work/said")" >&2
  else
    awk '/^(summary|totals):/ { print $2; exit }' "$work/counts"
  fi
}

# difference FIRST SECOND COUNT: what one of so many costs, in whole instructions.
difference() {
  if [ -z "$1" ] || [ -z "$2" ]; then
    echo "–"
  else
    echo $((($2 - $1 + $3 / 2) / $3)) | sed -E ':again; s/([0-9])([0-9]{3})($| )/\1 \2\3/; t again'
  fi
}

has_bench=true
"$rulec" bench --help > /dev/null 2>&1 || has_bench=false
$has_bench || echo "skipped: decisions alone: this build has no \`rulec bench\`" >&2
{
  echo "| rules | instructions a decision | instructions a line |"
  echo "| ---: | ---: | ---: |"
  for size in $sizes; do
    policy="$COMPARISON/policy-$size"
    decision="–"
    if $has_bench; then
      one_round=$(count bench "$policy" --messages "$work/few.ndjson" --only decide --rounds 1)
      eleven_rounds=$(count bench "$policy" --messages "$work/few.ndjson" --only decide --rounds 11)
      decision=$(difference "$one_round" "$eleven_rounds" $((10 * few)))
    fi
    short=$(count decide "$policy" --messages "$work/few.ndjson")
    long=$(count decide "$policy" --messages "$work/more.ndjson")
    echo "| $size | $decision | $(difference "$short" "$long" $((more - few))) |"
  done
} | tee "$work/table"
if [ -z "${SIZES:-}" ]; then
  python3 Tests/Comparison/page.py instructions < "$work/table"
fi
