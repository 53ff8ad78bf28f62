#!/bin/bash
# A sweep shared out by GNU parallel, and one that is interrupted and killed on the way, against the
# same sweep run in one go: the merged files must be the same byte for byte.
#
# usage: sweep-parallel.sh SETTLESIM SCENARIO
#
# Prints a line for each thing that holds; ends with 1 where one does not, and with 77 and a line
# `skipped: ...` where there is no GNU parallel.
set -u

program=$(realpath "$1")
scenario=$(realpath "$2")
if ! parallel --version 2>/dev/null | grep -q "^GNU parallel"; then
  echo "skipped: there is no GNU parallel; Debian has it in parallel"
  exit 77
fi

place=$(mktemp -d)
background=
failures=0
clean_up() {
  [ -z "$background" ] || kill -KILL "$background" 2>/dev/null
  rm -rf "$place"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$place" || exit 1
# What GNU parallel keeps for its user stays here too.
export HOME=$place
mkdir -p .parallel && touch .parallel/will-cite

# holds NAME COMMAND...
holds() {
  local name=$1 code=0
  shift
  "$@" >log 2>&1 || code=$?
  if [ "$code" -eq 0 ]; then
    echo "holds: $name"
  else
    echo "fails: $name: exit $code: $(tail -n 3 log | tr '\n' ' ')"
    failures=1
  fi
}

# ends CODE COMMAND...: whether the command ends with this code.
ends() {
  local wanted=$1 code=0
  shift
  "$@" || code=$?
  echo "ended with $code"
  [ "$code" -eq "$wanted" ]
}

same() {
  cmp "$1/points.csv" "$2/points.csv" && cmp "$1/points.json" "$2/points.json" \
    && cmp "$1/summary.json" "$2/summary.json"
}

sweep=("$program" sweep "$scenario" --vary "settlement.strategy=merchant_day,fixed_window"
  --vary "merchants.count=lhs 5..15" --samples 3 --quiet --threads 1)

# shared JOBS SHARDS WORD...: the sweep with these words, as shards, some at a time.
shared() {
  local jobs=$1 shards=$2
  shift 2
  seq "$shards" | parallel --jobs "$jobs" --shuf --joblog joblog --quote \
    "${sweep[@]}" --shard "{}/$shards" "$@"
}

# stopped SIGNAL CODE DIR: starts the sweep, sends the signal when there is a first result, and says
# whether it ended with this code, with no file that is not part of a whole result.
stopped() {
  local signal=$1 wanted=$2 directory=$3 code=0
  "${sweep[@]}" --output "$directory" &
  background=$!
  for _ in $(seq 500); do
    [ -e "$directory/points/000001" ] && break
    sleep 0.02
  done
  kill "-$signal" "$background"
  wait "$background" || code=$?
  background=
  echo "ended with $code: $(ls -A "$directory/points" | tr '\n' ' ')"
  [ "$code" -eq "$wanted" ] || return 1
  for result in "$directory"/points/0*; do
    [ -s "$result/manifest.json" ] && [ -s "$result/report.html" ] || return 1
  done
  [ ! -e "$directory/points/000006" ]
}


holds "one process runs the whole sweep" "${sweep[@]}" --output whole
holds "parallel runs four shards into one directory" shared 2 4 --output common
holds "the shards merge" "$program" sweep merge common --quiet
holds "their bytes are those of the whole" same whole common
holds "parallel runs seven shards, one without points, each into a directory of its own" \
  shared 3 7 --output "apart-{}"
holds "the seven merge in any order" \
  "$program" sweep merge apart-5 apart-{1,2,3,4} apart-7 apart-6 --quiet --output merged
holds "their bytes are those of the whole as well" same whole merged
holds "parallel counts a shard that is out of range" ends 1 \
  parallel --quote "${sweep[@]}" --shard "{}/2" --output common2 ::: 1 2 3
# Points that take longer and longer, so that a signal after the first comes well before the last.
sweep=("$program" sweep "$scenario" --vary "workload.generated.payments=30,60,1500"
  --vary "merchants.count=lhs 5..15" --samples 2 --quiet --threads 1)
holds "one process runs a longer sweep" "${sweep[@]}" --output longer
holds "an interrupted sweep ends with 130 and leaves whole results only" stopped INT 130 parts
holds "what is left is stopped with 143" stopped TERM 143 parts
holds "what is left then is killed" stopped KILL 137 killed
holds "the merge lists what is missing" ends 65 "$program" sweep merge killed --quiet
holds "shards finish what was stopped" shared 2 3 --output parts
holds "shards finish what was killed" shared 2 3 --output killed
holds "both merge" "$program" sweep merge parts killed --quiet --output finished
holds "their bytes are those of the longer sweep" same longer finished
holds "nothing of the killed sweep is left" test -z "$(find parts killed -name '.*.partial-*')"
exit $failures
