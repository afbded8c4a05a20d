#!/usr/bin/env bash
# Measures how fast `rulec serve` answers, on the shipped policy and its example messages: with four clients that
# always have messages under way, with and without a log; one message at a time at half that pace, with the time from when each
# was due to its answer; and its memory over many messages.
#
#   Tests/serve-speed.sh [MILLIONS]     how many million messages for the memory; 5 if left out
#
# On a machine with two processors the service has one and the client the other. Where others use the machine too, run it as
# root: then both come before them.
set -euo pipefail
cd "$(dirname "$0")/.."
millions=${1:-5}
swift build -c release --product rulec
rulec=$PWD/.build/release/rulec
folder=$(mktemp -d /tmp/rulec-speed.XXXXXX)
service=
finish() {
  if [ -n "$service" ]; then kill "$service" 2> /dev/null || true; fi
  rm -rf "$folder"
}
trap finish EXIT
cc -O2 -o "$folder/client" Tests/Load/client.c
"$rulec" build rules -o "$folder/rules.policy" 2> /dev/null
for _ in $(seq 100); do cat rules/examples/messages.ndjson; done > "$folder/messages"
cd "$folder"

first="chrt -f 40"
$first true 2> /dev/null || first=
service_on="$first taskset -c 0"
client_on="$first taskset -c 1"
command -v taskset > /dev/null || service_on= client_on=
ticks() { awk '{ print $14 + $15 }' "/proc/$service/stat"; }

start() {
  rm -f log*
  $service_on "$rulec" serve rules.policy --socket s "$@" 2> said &
  service=$!
  until grep -qs listening said; do sleep 0.05; done
}
end() {
  kill "$service"
  wait "$service"
  service=
}

measure() {
  echo "== $1"
  shift
  start "$@"
  local before
  before=$(ticks)
  $client_on ./client s messages count 1500000 4 512
  echo "   processor time a decision: $(( ($(ticks) - before) * 10000 / 1500 )) ns"
  # In parts, because a process that comes before all others is stopped for a moment each second.
  for _ in 1 2 3; do
    sleep 0.5
    $client_on ./client s messages pace 0.7 200000
  done
  end
}

measure "without a log"
measure "with a log, --log-sync never" --log log --log-sync never
measure "with a log, --log-sync interval" --log log --log-sync interval
if command -v taskset > /dev/null; then
  service_on="$first taskset -c 0,1" client_on="$first taskset -c 0,1"
  measure "without a log, both on both processors"
  measure "with a log, --log-sync interval, both on both processors" --log log --log-sync interval
fi
rm -f log*

echo "== memory over $millions million messages"
start
for _ in $(seq "$millions"); do
  $client_on ./client s messages count 1000000 4 512 > /dev/null
  awk '/VmRSS/ { print $2 " kB" }' "/proc/$service/status"
done | uniq -c
end
