#!/usr/bin/env bash
# Builds settlesim with a sanitizer and runs smoke, transfers, compare and sweep under it: whatever
# the sanitizer reports ends the script. Each sanitizer has a build directory of its own. Arguments:
# `thread`, `address`, or nothing for both.
set -euo pipefail
cd "$(dirname "$0")/../.."

# A report ends the process with a code that settlesim does not have. Leaks are not looked for: a
# run that was stopped leaves its suspended tasks as they are, by design, and so does the end of a
# process.
export TSAN_OPTIONS="halt_on_error=1 exitcode=86 second_deadlock_stack=1"
export ASAN_OPTIONS="halt_on_error=1 exitcode=86 detect_leaks=0 detect_stack_use_after_return=0"

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

for sanitizer in ${*:-thread address}; do
  case $sanitizer in
    thread | address) ;;
    *) echo "run.sh: expected thread or address, found $sanitizer" >&2; exit 64 ;;
  esac
  swift build -c debug --sanitize="$sanitizer" --scratch-path ".build/$sanitizer" \
    --product settlesim
  program=.build/$sanitizer/debug/settlesim
  for arguments in \
    "run smoke --threads 1" \
    "run smoke --threads 2" \
    "run smoke --threads 4 --suspension continuation" \
    "run transfers --threads 2" \
    "compare smoke --strategies merchant_day,fixed_window --replications 2 --threads 2" \
    "sweep smoke --seeds 3 --threads 2"; do
    place=$results/$sanitizer-$(echo "$arguments" | tr -c 'a-z0-9\n' -)
    # shellcheck disable=SC2086 # the words of the arguments
    if ! $program $arguments --quiet --output "$place" >"$place.log" 2>&1; then
      echo "$sanitizer: settlesim $arguments" >&2
      cat "$place.log" >&2
      exit 1
    fi
    echo "$sanitizer: clean: settlesim $arguments"
  done
done
