#!/usr/bin/env bash
# Loads the completions that rulec writes into bash, zsh and fish, and asks each of them what can be
# typed. A shell that is not installed is left out, and that is said. RULEC names the binary.
set -u
cd "$(dirname "$0")/.." || exit 2
rulec=$(realpath "${RULEC:-.build/release/rulec}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/folder" "$work/my folder"
touch "$work/message.json"
cd "$work" || exit 2
failures=0
count=0

# The words that a shell offers for a line, one a line and without what stands before = or @ in them:
# in_SHELL LINE
in_bash() {
  # Bash hands a function the words of the line, parted also at = and @.
  bash --norc -c '
    source ./rulec.bash || exit 2
    line=$(sed -E "s/[=@]+/ & /g" <<< "$1")
    read -r -a COMP_WORDS <<< "$line"
    [[ $line == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _rulec
    printf "%s\n" "${COMPREPLY[@]}"' bash "$1"
}
in_zsh() {
  # Zsh completes only in its line editor, which is given a terminal, and the keys once it is ready.
  TERM=dumb zsh -f -c '
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell "stty rows 200 columns 200; unset zle_bracketed_paste; LISTMAX=1000"
    zpty -w shell "autoload -Uz compinit; compinit -u -d ./zcompdump; source ./_rulec; PS1=REA\"\"DY"
    zpty -r shell output "*READY*" || exit 2
    zpty -w -n shell "$1"$'"'\t'"'
    zpty -w -n shell $'"'\C-u'"'"print EN\"\"D"$'"'\n'"'
    zpty -r shell output "*END*" || exit 2
    print -r -- $output' zsh "$1" | tr -s ' \r\a\b=@' '\n'
}
in_fish() {
  fish --no-config -c 'source ./rulec.fish; complete -C $argv[1]' -- "$1" | cut -f 1 | sed 's/^--.*=//; s/^@//'
}

# Asks every shell that is there: expect LINE WORD…; a word with ! before it must not be offered.
expect() {
  local line=$1 shell offered word
  shift
  for shell in "${shells[@]}"; do
    offered=$("in_$shell" "$line")
    count=$((count + 1))
    for word in "$@"; do
      if [[ $word == !* ]]; then
        grep -qxF -e "${word#!}" <<< "$offered" || continue
        fail "$shell offers ${word#!} behind “$line”"
      else
        grep -qxF -e "$word" <<< "$offered" || fail "$shell does not offer $word behind “$line”"
      fi
    done
  done
}

fail() {
  failures=$((failures + 1))
  echo "FAIL $1"
}

shells=()
for shell in bash zsh fish; do
  if command -v $shell > /dev/null; then
    shells+=("$shell")
  else
    echo "$shell is not installed: its completions are not tried"
  fi
done
"$rulec" help --completions bash > rulec.bash
"$rulec" help --completions zsh > _rulec
"$rulec" help --completions fish > rulec.fish

expect 'rulec che' check !explain
expect 'rulec ' new check explain decide help
expect 'rulec check --for' --format !--fix
expect 'rulec check --' --format --fix --on --color --help !--messages
expect 'rulec check --format ' text json sarif github !junit
expect 'rulec check rules --format s' sarif !text
expect 'rulec --color never tes' test !check
expect 'rulec --color ' auto always never
expect 'rulec help --completions ' bash zsh fish
expect 'rulec help --completions=z' zsh !bash
expect 'rulec explain --message @mess' message.json
expect 'rulec explain --message=@mess' message.json
expect 'rulec explain --message mess' '!message.json'
expect 'rulec help unknown-w' unknown-word !unknown-name
expect 'rulec help check' check !unknown-word
expect 'rulec decide --on ' '!message.json' !check

if [ $failures = 0 ]; then
  echo "$count questions to ${shells[*]}, all answered as they should be"
else
  echo "$failures wrong answers to $count questions"
  exit 1
fi
