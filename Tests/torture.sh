#!/usr/bin/env bash
# Gives bad input to the release build, and asserts that it ends by itself: with exit code 0, 1 or 2,
# within a minute and 1.5 GB. `--short` tries smaller input, for every build; RULEC names the binary.
set -u
cd "$(dirname "$0")/.."
rulec=$(realpath "${RULEC:-.build/release/rulec}")
size=1
[ "${1:-}" = --short ] && size=0
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
export SWIFT_BACKTRACE=enable=no
failures=0
count=0

# Runs a command with bounds: try NAME "CODES" COMMAND…
try() {
  local name=$1 codes=$2 code before=$SECONDS
  shift 2
  (
    ulimit -v 6000000
    /usr/bin/time -f %M -o "$work/kilobytes" timeout -k 2 60 "$@" < "${input:-/dev/null}" > "${output:-$work/out}" 2> "$work/err"
  )
  code=$?
  count=$((count + 1))
  local memory
  memory=$(tail -1 "$work/kilobytes")
  case " $codes " in
    *" $code "*) ;;
    *) fail "$name: exit code $code after $((SECONDS - before)) s: $(tail -c 200 "$work/err")" ;;
  esac
  [ "$memory" -lt "${most:-1500000}" ] || fail "$name: $((memory / 1024)) MB"
}

fail() {
  failures=$((failures + 1))
  echo "FAIL $1"
}

# Writes a policy with Python: policy NAME 'code that calls w(text)'; N is the size.
policy() {
  mkdir -p "$work/$1"
  python3 - "$work/$1/a.rules" "$size" "$2" << 'PYTHON'
import sys
path, size, code = sys.argv[1], int(sys.argv[2]), sys.argv[3]
vocabulary = """fact colour is: one of red, green, if recorded

fact done: yes or no

fact sender is: text

outcome a

otherwise a

when unsure a

"""
with open(path, "wb") as file:
    def w(text):
        file.write(text if isinstance(text, bytes) else text.encode())
    def N(large):
        return large if size else max(2, large // 50)
    def rule(condition):
        w(vocabulary + "rule R\n  if " + condition + "\n  then a\n")
    exec(code)
PYTHON
}

# A policy that is checked in every form, formatted, and asked.
torture() {
  policy "$1" "$2"
  local codes=${3:-0 1}
  try "check $1" "$codes" "$rulec" check "$work/$1"
  try "check $1 --format json" "$codes" "$rulec" check "$work/$1" --format json
  try "fmt $1" "$codes" "$rulec" fmt --stdout "$work/$1"
}

# --- Files that are no text, and text that is no policy.

torture empty ''
torture binary 'import random; random.seed(1); w(random.randbytes(N(1000000)))'
torture zip 'w(b"PK\x03\x04" + bytes(1000))'
torture utf16 'w("rule R\n  if done\n".encode("utf-16"))'
torture utf32 'w("rule R\n  if done\n".encode("utf-32"))'
torture windows 'w("rule R\n  see the council\x92s minutes\n".encode("latin-1"))'
torture one-line 'w("a" * N(60000000))'
torture too-large 'w("a\n" * N(50000000))' "0 1 2"
torture one-word 'rule("x" * N(50000000))'
torture one-foreign-word 'rule("é" * N(10000000))'
torture marks 'w("\ufeff" * N(1000000))'
torture invisible 'w(vocabulary + "\u200b" * N(1000000))'
torture curly 'w("‘" * N(200000) + "”" * N(200000) + "–" * N(200000))'
torture carriage-returns 'w("\r" * N(3000000))'
torture quotes 'w(vocabulary + "\"" * N(1000000))'
torture block-quotes 'w(vocabulary + "\"\"\" " * N(300000))'
torture dashes 'w(vocabulary + "-" * N(3000000))'
torture pipes 'w(vocabulary + "| " * N(1000000))'

# --- Sentences without end.

torture brackets 'rule("(" * N(1000000) + "done" + ")" * N(1000000))'
torture bullets 'rule("all of:\n" + "".join(" " * min(i, 4000) + "- all of:\n" for i in range(N(10000))))'
torture flat-bullets 'rule("all of:\n" + "    - done\n" * N(300000))'
torture nots 'rule("not " * N(1000000) + "done")'
torture articles 'rule("the " * N(1000000) + "done")'
torture commas 'rule("colour is red" + "," * N(1000000))'
torture values 'rule("colour is " + "red, " * N(300000) + "red or red")'
torture strings 'rule("sender is " + "\"red\", " * N(200000) + "\"red\"")'
torture ands 'rule(" and ".join(["done"] * N(300000)))'
torture mixed 'rule(" and ".join(["done or colour is red"] * N(30000)))'
torture mistakes-on-a-line 'rule(" and ".join(["dnoe"] * N(3000)))'
torture groups 'rule("either " * N(100000) + "done")'
torture neithers 'rule("neither " + " nor ".join(["done"] * N(100000)))'
torture spaces 'w(vocabulary + "rule" + " " * N(2000000) + "R\n  if done\n  then a\n")'
torture long-phrase 'w(vocabulary + "fact " + " ".join("w%d" % i for i in range(N(200000))) + ": date\n")'
torture note-text 'w(vocabulary + "note n: \"" + "{done} " * N(200000) + "\"\n\nif done then add n\n")'

# --- Statements without end.

torture errors 'w(vocabulary + "if colour is purple then b\n\n" * N(100000))'
torture misspelled-facts 'w(vocabulary + "".join("fact thing %d is: yes or no\n\nif thnig %d is then a\n\n" % (i, i) for i in range(N(5000))))'
torture misspelled-outcomes 'w(vocabulary + "".join("outcome send %d\n\nif done then sedn %d\n\n" % (i, i) for i in range(N(5000))))'
torture misspelled-rules 'w(vocabulary + "".join("rule Rule %d\n  if done\n  then a\n  overrides Ruel %d\n\n" % (i, i) for i in range(N(5000))))'
torture same-names 'w(vocabulary + "rule Q\n  if done\n  then a\n\n" * N(50000))'
torture chain 'w(vocabulary + "define d0 is so: done\n\n" + "".join("define d%d is so: d%d is so and done\n\n" % (i, i - 1) for i in range(1, N(10000))))'
torture circle 'n = N(10000); w(vocabulary + "".join("define d%d is so: d%d is so and done\n\n" % (i, (i + 1) % n) for i in range(n)))'
torture lists 'w(vocabulary + "list l0: red\n\n" + "".join("list l%d: l%d, l%d\n\n" % (i, i - 1, i - 1) for i in range(1, N(5000))) + "if colour is one of l7 then a\n")'
torture bad-list 'w(vocabulary + "list l: " + "pink, " * N(20000) + "red\n\nif colour is one of l then a\n")'
torture sections 'w(vocabulary + "".join("section S%d\n" % i + "".join("  overrides section S%d\n" % j for j in range(i)) + "\nif done then a\n\n" for i in range(N(2000))))'
torture section-circle 'n = N(2000); w(vocabulary + "".join("section S%d\n  overrides section S%d\n\nif done then a\n\n" % (i, (i + 1) % n) for i in range(n)))'
torture overrides 'n = N(20000); w(vocabulary + "".join("rule R%d\n  if done\n  then a\n  overrides R%d\n\n" % (i, (i + 1) % n) for i in range(n)))'
torture clauses 'w(vocabulary + "rule R\n  if done\n  then a\n" + "  because x unless y\n" * N(100000))'
torture likes 'n = N(20000); w(vocabulary + "".join("scenario S%d\n  like S%d\n  expect a\n\n" % (i, i + 1) for i in range(n)) + "scenario S%d\n  given done\n  expect a\n" % n)'
torture long-table 'w(vocabulary + "table T\n  | colour is | then |\n" + "  | red | a |\n" * N(100000))'
torture wide-table 'w(vocabulary + "table T\n  |" + " because |" * N(20000) + " then |\n  |" + " red |" * N(20000) + " a |\n")'
torture values-of-a-fact 'w(vocabulary + "fact big is: one of " + ", ".join("value-%d" % i for i in range(N(100000))) + "\n\nif big is valeu-7 then a\n")'

# --- Folders.

mkdir -p "$work/nothing"
try "a folder without rules" "2" "$rulec" check "$work/nothing"
try "no folder at all" "2" "$rulec" check "$work/nowhere"
policy locked 'rule("done")'
chmod 000 "$work/locked/a.rules"
if [ "$(id -u)" = 0 ]; then codes="0 2"; else codes="2"; fi
try "an unreadable file" "$codes" "$rulec" check "$work/locked"
policy links 'rule("done")'
ln -s . "$work/links/loop"
ln -s self.rules "$work/links/self.rules"
ln -s /etc/passwd "$work/links/out.rules"
ln -s /tmp "$work/links/outside"
try "links in circles and out of the folder" "0 2" "$rulec" check "$work/links"
policy pipe 'rule("done")'
mkfifo "$work/pipe/x.rules"
try "a pipe with the name of a rule file" "0 2" "$rulec" check "$work/pipe"
mkdir -p "$work/device/x.rules"
try "a folder with the name of a rule file" "2" "$rulec" check "$work/device"
policy out-of-bounds 'w("list l from \"../../../../etc/passwd\"\n\nlist m from \"/dev/zero\"\n\nlist n from \".\"\n")'
try "list files outside of the folder" "1" "$rulec" check "$work/out-of-bounds"

# --- Output that nobody takes.

output=/dev/full try "check on a full disk" "2" "$rulec" check "$work/errors"
messages="$work/messages"
python3 -c 'print("{\"id\":1}\n" * 20000)' > "$messages"
output=/dev/full try "decide on a full disk" "2" "$rulec" decide rules --messages "$messages"
output=/dev/full try "fmt on a full disk" "2" "$rulec" fmt --stdout rules
try "decide into a closed pipe" "0 1 2" bash -o pipefail -c "$rulec decide rules --messages $messages | head -1 || [ \${PIPESTATUS[0]} -lt 128 ]"
try "check into a closed pipe" "0 1 2" bash -o pipefail -c "$rulec check $work/errors | head -1 || [ \${PIPESTATUS[0]} -lt 128 ]"

# --- Messages.

lines() {
  python3 -c "import sys; n = int(sys.argv[2]); w = sys.stdout.write; exec(sys.argv[1])" \
    "$1" "$([ $size = 1 ] && echo "$2" || echo $(($2 / 50)))" > "$messages"
}
decide() {
  lines "$2" "$3"
  most=${4:-100000} try "decide $1" "1" "$rulec" decide rules --messages "$messages"
  python3 -c 'import json, sys; [json.loads(line) for line in open(sys.argv[1])]' "$work/out" \
    || fail "decide $1: a record is no JSON"
}
decide "one line without end" 'w("{\"a\":\"" + "x" * n)' 100000000 400000
decide "many long lines" '[w("{\"a\":\"" + "x" * 1500000 + "\"}\n") for _ in range(n)]' 100 400000
decide "deep arrays" 'w("[" * n)' 1000000
decide "deep objects" 'w("{\"a\":" * n + "\n")' 200000
decide "one member again and again" 'w("{" + "\"a\":1," * n + "\"a\":1}\n")' 100000 300000
decide "empty objects" 'w("{}\n" * 100 + "nonsense\n" * n)' 100000
decide "no text" 'import os; w(""); sys.stdout.buffer.write(os.urandom(n))' 5000000 400000

# Memory does not grow with the number of messages.
cat rules/examples/messages.ndjson > "$work/some"
for _ in $(seq 1 "$([ $size = 1 ] && echo 9000 || echo 100)"); do cat "$work/some"; done > "$messages"
input=$messages most=60000 try "decide $(wc -l < "$messages") messages" "0 1" "$rulec" decide rules

if [ $failures = 0 ]; then
  echo "$count commands, all of them ended as they should"
else
  echo "$failures of $count commands failed"
  exit 1
fi
