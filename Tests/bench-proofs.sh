#!/usr/bin/env bash
# Measures `rulec check` on the shipped policy and on every family of Tests/make-rule-sets.py, and
# `rulec diff` of two versions of a policy of 10 000 rules; prints a Markdown table.
# `bench-proofs.sh FAMILY…` measures these alone; RULEC names a binary, which is then not built;
# SIZES="10 100" measures no other sizes; a command is stopped after LIMIT seconds (600).
set -u
cd "$(dirname "$0")/.."
if [ -z "${RULEC:-}" ]; then
  swift build -c release > /dev/null || exit 2
fi
rulec=$(realpath "${RULEC:-.build/release/rulec}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
limit=${LIMIT:-600}

# Runs a command three times, or once if it is slow; sets `seconds` (the best) and `megabytes`.
measure() {
  local run now kilobytes code
  seconds=-
  megabytes=-
  for run in 1 2 3; do
    /usr/bin/time -f '%e %M' -o "$work/time" timeout -k 2 "$limit" "$@" \
      > "$work/out" 2> "$work/err" < /dev/null
    code=$?
    if [ "$code" = 124 ]; then
      seconds="> $limit"
      return
    fi
    [ "$code" -le 1 ] || return
    read -r now kilobytes <<< "$(tail -1 "$work/time")"
    if [ "$seconds" = - ] || [ "$(echo "$now < $seconds" | bc)" = 1 ]; then
      seconds=$now
      megabytes=$((kilobytes / 1024))
    fi
    [ "$(echo "$now > 60" | bc)" = 1 ] && return
  done
}

# One line of the table: row NAME COMMAND…
row() {
  local name=$1
  shift
  measure "$@"
  echo "| $name | $seconds | $megabytes | $(said) |"
}

# How many findings of each code the command reported.
said() {
  python3 - "$work/out" << 'PYTHON'
import collections, json, sys
try:
    findings = json.load(open(sys.argv[1]))["findings"]
    counts = collections.Counter(finding["code"] for finding in findings)
    print(", ".join(f"{count} {code}" for code, count in sorted(counts.items())) or "nothing found")
except (ValueError, KeyError, TypeError):
    print("-")
PYTHON
}

sizes_of() {
  case $1 in
    ladder | sections | disjoint) echo 10 100 1000 10000 ;;
    definitions | thresholds) echo 10 100 500 1000 10000 ;;
    patterns) echo 10 100 300 1000 ;;
    *) echo 10 100 300 1000 ;;
  esac
}

echo "| policy | seconds | MB | found |"
echo "| --- | ---: | ---: | --- |"
if [ $# = 0 ]; then
  row "the shipped policy" "$rulec" check rules --format json
fi
for family in ${@:-ladder sections disjoint every-fact wildcards definitions thresholds patterns}; do
  for size in ${SIZES:-$(sizes_of "$family")}; do
    [ "$family" = diff ] && continue
    Tests/make-rule-sets.py "$family" "$size" "$work/policy" || exit 2
    row "$family $size" "$rulec" check "$work/policy" --format json
  done
done
case " ${*:-diff} " in
  *" diff "*)
    for family in ladder disjoint; do
      size=10000
      Tests/make-rule-sets.py "$family" $size "$work/old" || exit 2
      Tests/make-rule-sets.py "$family" $size "$work/new" --changed 10 || exit 2
      row "$family $size, \`diff\` where 10 rules changed" "$rulec" diff "$work/old" "$work/new"
    done
    ;;
esac
