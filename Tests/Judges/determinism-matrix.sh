#!/bin/sh
# The same scenario under everything that must not matter: each run's files, except environment.json,
# must equal the first run's byte for byte.
#
# usage: determinism-matrix.sh SETTLESIM SCENARIO [FLAG...]
#
# Prints a line for each run, and ends with 1 if one of them differs or fails.
set -u

program=$(realpath "$1")
scenario=$(realpath "$2")
shift 2
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failures=0
flags="$*"

# run NAME COMMAND...: the command is a prefix of the program, with its environment.
run() {
  name=$1
  shift
  # Not quoted: the flags are words, the shell that calls has split them before.
  if ! "$@" "$program" run "$scenario" --quiet --output "$place/$name" --threads "$threads" \
    --suspension "$suspension" $flags >"$place/$name.out" 2>"$place/$name.err" </dev/null; then
    echo "failed: $name: $(tail -n 1 "$place/$name.err")"
    failures=1
    return
  fi
  rm "$place/$name/environment.json"
  if [ "$name" != reference ] && ! diff -rq "$place/reference" "$place/$name"; then
    echo "differs: $name"
    failures=1
  else
    echo "equal: $name"
  fi
  [ "$name" = reference ] || rm -rf "${place:?}/$name"
}

threads=1 suspension=parking
run reference env
threads=2
run hash-seed-fixed env SWIFT_DETERMINISTIC_HASHING=1
run hash-seed-unset env -u SWIFT_DETERMINISTIC_HASHING
run hash-seed-unset-again env -u SWIFT_DETERMINISTIC_HASHING
suspension=continuation
run continuation-hash-seed-fixed env SWIFT_DETERMINISTIC_HASHING=1
suspension=parking
if setarch -R true 2>/dev/null; then
  run addresses-not-randomised setarch -R
else
  echo "skipped: addresses-not-randomised: setarch -R is not allowed here"
fi
run fma-masked env GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2_Usable,-AVX2,-AVX512F
run time-zone-tokyo env TZ=Asia/Tokyo
run time-zone-nonsense env TZ=:/nowhere
run locale-turkish env LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8
run locale-c env LC_ALL=C
run no-home env -u HOME
run other-home env HOME=/nonexistent
run no-environment env -i
cd / && run other-directory env
for threads in 3 4 8; do run "threads-$threads" env; done
ulimit -s 65536 2>/dev/null && run large-stack env
exit $failures
