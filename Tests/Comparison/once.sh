# The parts of the workload that the scripts beside this folder share; read with `source` in the
# folder of the package. Sets `here`, `sizes` and COMPARISON, and exports the last.
here=Tests/Comparison
sizes=${SIZES:-10 100 1000 10000}
export COMPARISON=${COMPARISON:-.build/comparison}
mkdir -p "$COMPARISON/made"
COMPARISON=$(realpath "$COMPARISON")

# once NAME COMMAND…: carries out the command unless it has ended well before.
once() {
  local mark="$COMPARISON/made/$1"
  [ -e "$mark" ] && return
  echo "making $1" >&2
  shift
  "$@"
  touch "$mark"
}

# Messages, and the rules of each size as a policy. The policy is quick to write, and a change of
# the language may ask for other words, so it is written every time.
make_workload() {
  local size
  once messages python3 "$here/generate_messages.py"
  for size in $sizes; do
    once "$size rules" env SIZES="$size" python3 "$here/generate_rules.py"
    python3 "$here/as_policy.py" "$size" "$COMPARISON/policy-$size"
  done
}
