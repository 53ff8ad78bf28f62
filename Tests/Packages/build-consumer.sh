#!/usr/bin/env bash
# Builds the package Consumer against what `swift build` has left in DIRECTORY, without building the
# libraries anew: build-consumer.sh DIRECTORY EXECUTABLE. Its own `swift build` is `make consumer`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/Consumer"
build=${1:?the directory of the build}
objects=$(mktemp)
trap 'rm -f "$objects"' EXIT
# The modules of both products: those of the executable, without what only the command line has.
{
  grep --invert-match --extended-regexp '/(settlesim|CommandLine|Experiments|Yardstick)\.build/' \
    "$build/settlesim.product/Objects.LinkFileList"
  find "$build/SettleSim.build" -name '*.o'
} > "$objects"
read -ra libraries < <(pkg-config --libs jemalloc yaml-0.1 zlib libcrypto cbc)
maps=("$build/CRuntimeHooks.build/module.modulemap" ../../../Sources/C*/module.modulemap)
flags=()
for map in "${maps[@]}"; do flags+=(-Xcc "-fmodule-map-file=$map"); done
swiftc -swift-version 6 -enable-upcoming-feature NonisolatedNonsendingByDefault \
  -warnings-as-errors -module-name Consumer -I "$build/Modules" \
  "${flags[@]}" \
  Sources/Consumer/*.swift "@$objects" "${libraries[@]}" -o "${2:?the executable}"
