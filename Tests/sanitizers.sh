#!/usr/bin/env bash
# Runs all tests under the address sanitizer and then under the thread sanitizer, or under those that are named:
#
#   Tests/sanitizers.sh [address | thread]…
#
# The first watches over memory, the second over what threads share. What is never given back is not looked for: a
# pointer that says in its spare bits which case of an enum it holds is not seen to hold anything. Each needs a
# build of its own, .build-address and .build-thread. The random tests run as often as in `swift test`;
# RULEC_SEEDED=5 makes that five times as often. Linux, and about half an hour for each on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
# Where a sanitizer ends the process, Swift's own backtrace never comes to an end.
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=1}

[ $# -gt 0 ] || set -- address thread
for sanitizer in "$@"; do
  echo "== $sanitizer"
  swift test --disable-xctest --sanitize="$sanitizer" --scratch-path ".build-$sanitizer"
done
