#!/usr/bin/env bash
# Installs rulec into a new folder, tries there what was installed, and deletes it again.
set -u
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix="$work/a prefix"
failures=0

# Tries a command, whose output goes to a file: try WHAT COMMAND…
try() {
  local what=$1
  shift
  "$@" > "$work/output" 2> "$work/errors" || fail "$what: exit code $?: $(tail -n 3 "$work/errors")"
}
fail() {
  failures=$((failures + 1))
  echo "FAIL $1"
}
has() {
  grep -q -e "$1" "$work/output" || fail "$2"
}
files() { find "$1" ! -type d | sort; }

echo "building, which takes some minutes the first time"
.install/build > "$work/build" || { cat "$work/build"; exit 2; }

try "install" .install/install --prefix "$prefix"
installed=$(files "$prefix")
[ "$(grep -c "^$prefix/" "$work/output")" -eq "$(wc -l <<< "$installed")" ] \
  || fail "install does not list what it installs"
export PATH="$prefix/bin:$PATH"
export MANPATH="$prefix/share/man"
[ "$(command -v rulec)" = "$prefix/bin/rulec" ] || fail "rulec is not found by its name"

# The program.
try "rulec --version" rulec --version
try "rulec check" rulec check rules --deny-warnings
try "rulec decide" rulec decide rules --messages rules/examples/messages.ndjson
[ "$(wc -l < "$work/output")" -eq "$(wc -l < rules/examples/messages.ndjson)" ] \
  || fail "not every message is decided"
if [ "$(uname)" = Linux ]; then
  try "env -i" env -i "$prefix/bin/rulec" --version
  ! ldd "$prefix/bin/rulec" > /dev/null 2>&1 || fail "rulec needs libraries: $(ldd "$prefix/bin/rulec")"
fi
! grep -q _RegexParser "$prefix/bin/rulec" \
  || fail "regular expressions are linked, a tenth of the program: see Sources/Values/Text.swift"
echo "rulec has $(wc -c < "$prefix/bin/rulec") bytes"

# The manual page, with whatever can read it.
page=$prefix/share/man/man1/rulec.1
if command -v man > /dev/null; then
  try "man" man --warnings rulec
  has "Find what is wrong with a policy" "man does not show the page"
  [ ! -s "$work/errors" ] || fail "man warns: $(cat "$work/errors")"
fi
if command -v mandoc > /dev/null; then
  try "mandoc" mandoc -T lint "$page"
  [ ! -s "$work/output" ] || fail "mandoc warns: $(cat "$work/output")"
fi
if command -v groff > /dev/null; then
  try "groff" groff -man -ww -z "$page"
  [ ! -s "$work/errors" ] || fail "groff warns: $(cat "$work/errors")"
fi

RULEC="$prefix/bin/rulec" Tests/completions.sh || failures=$((failures + 1))

# The library for other languages, as programs in C and Python find it.
try "install the library" .install/install --prefix "$prefix" --library
for file in lib/libsendpolicy.so include/sendpolicy.h lib/pkgconfig/sendpolicy.pc; do
  [ -s "$prefix/$file" ] || [ "$(uname)" = Darwin ] || fail "$file is not installed"
done
if command -v pkg-config > /dev/null && command -v gcc > /dev/null; then
  export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
  try "pkg-config" pkg-config --modversion sendpolicy
  has "^$(rulec --version | cut -d ' ' -f 2)$" "the package has another version than the program"
  # With backslashes before the spaces of a path, which only a shell reads.
  eval "flags=($(pkg-config --cflags --libs sendpolicy))"
  try "gcc" gcc -Wall -Wextra -Werror bindings/c/example.c "${flags[@]}" "-Wl,-rpath,$prefix/lib" \
    -o "$work/example"
  try "the C example" "$work/example" rules
  has '"outcome":"hold for the sender"' "the C example's record is another"
fi
if command -v python3 > /dev/null; then
  try "Python" env PYTHONPATH=bindings/python PYTHONDONTWRITEBYTECODE=1 \
    SENDPOLICY_LIBRARY="$(echo "$prefix"/lib/libsendpolicy.*)" python3 -c '
import sendpolicy
with sendpolicy.Policy("rules") as policy:
    print(policy.decide({"purpose": "complaint-response"})["outcome"])'
  has "hold for the sender" "Python decides in another way"
fi
installed=$(files "$prefix")

# Again over it, for a packager, and away.
try "install again" .install/install --prefix="$prefix"
[ "$(files "$prefix")" = "$installed" ] || fail "installing twice leaves other files"
try "install for a package" env DESTDIR="$work/root" .install/install --prefix /usr
[ -x "$work/root/usr/bin/rulec" ] || fail "DESTDIR is not heeded"
touch "$prefix/bin/another"
try "uninstall" .install/install --prefix "$prefix" --uninstall
[ "$(files "$prefix")" = "$prefix/bin/another" ] || fail "left behind: $(files "$prefix")"
try "uninstall again" .install/install --prefix "$prefix" --uninstall
for words in "--prefx /usr" "--prefix" "--prefix --uninstall" "--prefix="; do
  # shellcheck disable=SC2086
  .install/install $words > "$work/output" 2>&1
  [ $? = 2 ] || fail "install $words is not refused"
done

if [ $failures = 0 ]; then
  echo "installed, tried and deleted, all as it should be"
else
  echo "$failures failures"
  exit 1
fi
