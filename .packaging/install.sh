#!/usr/bin/env bash
# Installs settlesim, or takes what was installed away again:
#   install.sh install EXECUTABLE ROOT    ROOT is $(DESTDIR)$(PREFIX)
#   install.sh uninstall ROOT
# Below ROOT stand afterwards: bin/settlesim; share/settlesim with the scenarios, their schema and what
# they read; completions for bash, zsh and fish; the manual page. ROOT/share/settlesim/installed names
# all files, and with a slash at their end the directories made for them: so a new version takes away
# what it no longer has, and nothing goes that was there before or is somebody's own.
# The variable zshdir says where zsh looks below ROOT, bash, fish and man look alike everywhere.
set -euo pipefail
umask 022
cd "$(dirname "${BASH_SOURCE[0]}")/.."

action=${1:?install or uninstall}
root=${!#}
list=share/settlesim/installed
zshdir=${zshdir:-share/zsh/site-functions}

# Takes away what the list names, the innermost first; directories only if they are empty then.
uninstall() {
  [ -f "$root/$list" ] || return 0
  local paths path
  mapfile -t paths < <(LC_ALL=C sort -r "$root/$list")
  for path in "${paths[@]}"; do
    case $path in
      /* | *..*) echo "install.sh: $root/$list names $path, which is left alone" >&2 ;;
      */) rmdir -- "$root/$path" 2> /dev/null || true ;;
      *) rm -f -- "$root/$path" ;;
    esac
  done
}

# The scenarios of the repository; of all there are where this is no working copy of it.
scenarios() {
  git ls-files -z -- Scenarios 2>/dev/null | grep --quiet --null-data . \
    && git ls-files -z -- Scenarios || find Scenarios -type f -print0 | LC_ALL=C sort -z
}

put() { # MODE FROM TO
  local directory
  directory=$(dirname "$3")
  while [ "$directory" != . ] && [ ! -d "$root/$directory" ]; do
    printf '%s/\n' "$directory" >> "$made/list"
    directory=$(dirname "$directory")
  done
  install -d -m 755 -- "$root/$(dirname "$3")"
  install -m "$1" -- "$2" "$root/$3"
  printf '%s\n' "$3" >> "$made/list"
}

case $action in
  uninstall)
    uninstall
    ;;
  install)
    executable=$2
    made=$(mktemp -d)
    trap 'rm -rf -- "$made"' EXIT
    # All of it is made before anything is touched: an executable that does not start changes nothing.
    for shell in bash zsh fish; do
      "$executable" completions "$shell" > "$made/$shell"
    done
    "$executable" manual > "$made/settlesim.1"
    if ldd "$executable" | grep --quiet libswiftCore; then
      echo "install.sh: $executable runs only where the Swift toolchain is; build it with" \
        "--static-swift-stdlib" >&2
    fi
    uninstall
    put 755 "$executable" bin/settlesim
    while IFS= read -r -d '' file; do
      put 644 "$file" "share/settlesim/$file"
    done < <(scenarios)
    put 644 "$made/bash" share/bash-completion/completions/settlesim
    put 644 "$made/zsh" "$zshdir/_settlesim"
    put 644 "$made/fish" share/fish/vendor_completions.d/settlesim.fish
    put 644 "$made/settlesim.1" share/man/man1/settlesim.1
    printf '%s\n' "$list" >> "$made/list"
    install -m 644 -- "$made/list" "$root/$list"
    ;;
  *)
    echo "install.sh: expected install or uninstall, found $action" >&2
    exit 64
    ;;
esac
