#!/usr/bin/env bash
# Builds the fuzzers and runs them, one after the other, each for so many seconds, 600 if left out:
#
#   Tests/fuzz.sh [SECONDS] [parser | reader | loader]…
#
# `parser` gives text to parser, checker and formatter, `reader` lines to the reader of messages, `loader` spoiled
# files to what reads built policies and decides by them. Memory is watched over by the address sanitizer. What
# is learnt is kept in .build-fuzz/corpus for the next run; a finding is a file in .build-fuzz/findings, which the
# fuzzer reads again where it is named: .build-fuzz/release/fuzz-parser FILE. Linux alone, because of its linker.
set -euo pipefail
cd "$(dirname "$0")/.."
# Where a fuzzer ends the process, Swift's own backtrace never comes to an end.
export SWIFT_BACKTRACE=enable=no
seconds=600
case ${1:-} in [0-9]*) seconds=$1; shift ;; esac
fuzzers=("$@")
[ $# -gt 0 ] || fuzzers=(parser reader loader)
build=.build-fuzz

swift build -c release --product rulec
for fuzzer in "${fuzzers[@]}"; do
  RULEC_FUZZ=1 swift build -c release --product "fuzz-$fuzzer" --scratch-path $build \
    -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing
  mkdir -p "$build/corpus/$fuzzer" "$build/seeds/$fuzzer"
done
mkdir -p $build/findings

# What the fuzzers begin with.
rulec=.build/release/rulec
seeds=$build/seeds
policies=$(mktemp -d)
trap 'rm -rf "$policies"' EXIT
"$rulec" new "$policies/starter" > /dev/null 2>&1
for family in ladder sections disjoint every-fact wildcards definitions thresholds patterns; do
  for size in 4 24; do Tests/make-rule-sets.py $family $size "$policies/$family-$size"; done
done
Tests/make-rule-sets.py ladder 400 "$policies/ladder-400"
for fuzzer in "${fuzzers[@]}"; do
  case $fuzzer in
    parser)
      cp rules/*.rules "$seeds/parser"
      for policy in "$policies"/*; do cat "$policy"/*.rules > "$seeds/parser/${policy##*/}"; done
      # What stands below `=== rules` in the recorded cases.
      find Tests/Fixtures -name '*.case' | while read -r file; do
        awk '/^=== /{rules = /^=== rules/; next} rules' "$file" > "$seeds/parser/${file//\//-}"
      done
      ;;
    reader)
      n=0
      while read -r line; do n=$((n + 1)) && printf %s "$line" > "$seeds/reader/$n"; done << 'LINES'
{"p": "a", "s_contains": ["x", "y"], "y_has_come": true, "n": 7, "m": 2.5, "o": {"d": "2026-05-01", "t": "é"}}
{"id": "m-1", "on": "2026-11-23", "p": "b", "n": 200, "y_has_come": false, "s_contains": "z"}
{"id": 12e3, "p": "a longer value than sixteen bytes", "unknown": ["n", "o.t"], "sent": "one"}
{"p": "\u0061", "o": {"t": "caf\u00e9 \ud83d\udce7 \"\\\/\b\f\n\r\t", "d": null}, "m": -0.000001}
{"other": {"p": [1, {"deep": [[], {}, ""]}]}, "p" : "b" , "n":0}
LINES
      ;;
    loader)
      for policy in rules "$policies"/*; do
        "$rulec" build "$policy" -o "$seeds/loader/$(basename "$policy").policy" 2> /dev/null || true
      done
      ;;
  esac
done

failures=0
for fuzzer in "${fuzzers[@]}"; do
  echo "== $fuzzer, $seconds s"
  timeout -k 10 $((seconds + 600)) "$build/release/fuzz-$fuzzer" "$build/corpus/$fuzzer" "$seeds/$fuzzer" \
    -max_total_time="$seconds" -timeout=120 -rss_limit_mb=3000 -max_len=200000 -print_final_stats=1 \
    -artifact_prefix="$build/findings/$fuzzer-" > "$build/$fuzzer.log" 2>&1 || {
    failures=$((failures + 1))
    grep -E 'ERROR|SUMMARY|Fatal error|Test unit written' "$build/$fuzzer.log" || tail -n 5 "$build/$fuzzer.log"
  }
  grep -E 'stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)' "$build/$fuzzer.log" || true
done
if [ $failures -gt 0 ]; then
  echo "$failures of the fuzzers found something"
  exit 1
fi
echo "nothing found"
