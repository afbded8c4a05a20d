#!/usr/bin/env bash
# Compares rulec with prototypes and with other engines: compare-with-peers.sh [ROUNDS]
# Writes the table of docs/performance.md, which says what is measured.
#
# Needs swift, python3 with venv, and for two of the engines java and swipl. On Debian:
#   apt-get install python3-venv default-jdk-headless swi-prolog-nox
# An engine that cannot be had is skipped, with a line that says so. Messages, rules and everything
# else that is made goes to the folder COMPARISON (.build/comparison, about 300 MB), and is made once:
# drawing the messages and deciding them slowly takes some minutes, each round a few minutes.
#
# RULEC names a binary, which is then not built; SIZES="10 100" measures no other sizes;
# CONTENDERS="rulec bitset" measures these alone. In both cases the page stays as it is. The exit
# code is 1 if any answer is wrong.
set -euo pipefail
cd "$(dirname "$0")/.."
source Tests/Comparison/once.sh

if [ -z "${RULEC:-}" ]; then
  swift build -c release --product rulec > /dev/null
fi
rulec=$(realpath "${RULEC:-.build/release/rulec}")

environment="$COMPARISON/environment"
python="$environment/bin/python"
if [ ! -x "$python" ]; then
  python3 -m venv "$environment" || {
    echo "no Python environment could be made (apt: python3-venv)" >&2
    exit 2
  }
fi
if ! cmp -s "$here/requirements.txt" "$environment/installed"; then
  : > "$environment/had"
  while read -r package; do
    if "$python" -m pip install -q --disable-pip-version-check "$package" < /dev/null; then
      echo "$package" >> "$environment/had"
    else
      echo "the Python package $package could not be had" >&2
    fi
  done < "$here/requirements.txt"
  mv "$environment/had" "$environment/installed"
fi

make_workload
for size in $sizes; do
  export SIZES=$size
  once "what is expected of $size rules" "$python" "$here/oracle.py"
  once "$size rules in integers" "$python" "$here/encode.py"
  once "$size rules in Prolog" "$python" "$here/as_prolog.py"
done
export SIZES=$sizes

# The prototypes, anew when their source is newer.
build="$COMPARISON/build"
mkdir -p "$build"
[ -e "$build/no-if-chain.swift" ] \
  || echo 'func ifChain(_ facts: UnsafePointer<Int32>) -> Int32 { -2 }' > "$build/no-if-chain.swift"
prototype() {
  local binary=$1 chain=$2
  [ -e "$binary" ] && [ -z "$(find "$here/Prototype" "$chain" -newer "$binary")" ] && return
  echo "building $(basename "$binary")" >&2
  swiftc -O -wmo -parse-as-library -o "$binary" "$here"/Prototype/*.swift "$chain"
}
prototype "$build/prototype-bitset" "$build/no-if-chain.swift"
for size in $sizes; do
  if [ -e "$COMPARISON/if-chain-$size.swift" ]; then
    prototype "$build/prototype-if-chain-$size" "$COMPARISON/if-chain-$size.swift"
  fi
done

jar=$(ls "$environment"/lib/python3*/site-packages/drools/jars/*.jar 2> /dev/null || true)
if [ -n "$jar" ] && command -v javac > /dev/null; then
  javac -cp "$jar" -d "$build" "$here/DroolsMeasurement.java"
fi

exec "$python" "$here/compare.py" "$rulec" "${1:-3}"
