#!/usr/bin/env bash
# documentation.sh [TARGET]: builds the documentation of every module that has a catalogue
# (Sources/*/*.docc) with docc, warnings as errors, from the modules of the last debug build. Archives
# go to TARGET, by default .build/documentation. Ends with 1, and what docc said, if one fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=${1:-.build/documentation}

# Where the C modules are that Swift modules were built with.
flags=(-I .build/debug/Modules)
for map in Sources/*/module.modulemap .build/debug/*.build/module.modulemap; do
  flags+=(-Xcc "-fmodule-map-file=$map")
done
for folder in Sources/*/include; do flags+=(-I "$folder"); done
read -ra packages <<< "$(pkg-config --cflags-only-I cbc clp yaml-0.1 zlib libcrypto jemalloc)"
flags+=("${packages[@]}")
triple=$(swift -print-target-info | sed -n 's/^ *"triple" *: *"\(.*\)",/\1/p' | head -n 1)

failed=0
for catalogue in Sources/*/*.docc; do
  module=$(basename "$catalogue" .docc)
  graphs=$target/$module.graphs
  rm -rf "$graphs" "$target/$module.doccarchive"
  mkdir -p "$graphs"
  if ! said=$(
    swift symbolgraph-extract -module-name "$module" "${flags[@]}" -target "$triple" \
      -minimum-access-level public -skip-synthesized-members -output-dir "$graphs" 2>&1 &&
      docc convert "$catalogue" --additional-symbol-graph-dir "$graphs" --warnings-as-errors \
        --fallback-display-name "$module" --fallback-bundle-identifier "settlesim.$module" \
        --output-path "$target/$module.doccarchive" 2>&1
  ); then
    echo "documentation: $module"
    echo "$said"
    failed=1
  fi
done
exit $failed
