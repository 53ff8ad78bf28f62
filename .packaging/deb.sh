#!/usr/bin/env bash
# Builds a Debian package of an executable: deb.sh EXECUTABLE DIRECTORY. The package goes to DIRECTORY;
# its path is printed. The version is the executable's own, the dependencies are those of the libraries
# that it is linked to. The same executable and commit give the same bytes: all times are those of the
# last commit, or of SOURCE_DATE_EPOCH. The variable compression is one of dpkg-deb's -Z.
set -euo pipefail
umask 022
export LC_ALL=C
executable=$(realpath "${1:?the executable}")
target=$(realpath "${2:?the directory for the package}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for tool in dpkg-deb dpkg-shlibdeps; do
  command -v "$tool" > /dev/null || {
    echo "deb.sh: $tool is missing; it comes with the package dpkg-dev" >&2
    exit 1
  }
done
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || stat -c %Y CHANGELOG.md)}
export SOURCE_DATE_EPOCH
# Read whole before it is cut: a pipe that closes early would end the program that writes to it.
version=$("$executable" version)
version=$(sed -n '1s/^settlesim //p' <<< "$version")
architecture=$(dpkg --print-architecture)

made=$(mktemp -d)
trap 'rm -rf -- "$made"' EXIT
root=$made/root
install -d -m 755 "$root/DEBIAN" "$root/usr/share/doc/settlesim"
zshdir=share/zsh/vendor-completions .packaging/install.sh install "$executable" "$root/usr"
# dpkg knows what it installed.
rm "$root/usr/share/settlesim/installed"
gzip -9n "$root/usr/share/man/man1/settlesim.1"
gzip -9nc CHANGELOG.md > "$root/usr/share/doc/settlesim/changelog.gz"

# What the license is, in the form that Debian reads.
{
  echo "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
  echo "Upstream-Name: settlesim"
  echo
  echo "Files: *"
  echo "Copyright: $(sed -n 's/^Copyright (c) //p' LICENSE)"
  echo "License: Expat"
  sed -n '/^Permission/,$p' LICENSE | sed 's/^$/./; s/^/ /'
} > "$root/usr/share/doc/settlesim/copyright"

# dpkg-shlibdeps wants a source package around it; libraries of the Swift toolchain, which only debug
# builds need, belong to no package.
mkdir -p "$made/debian"
printf 'Source: settlesim\n\nPackage: settlesim\nArchitecture: any\n' > "$made/debian/control"
libraries=$(cd "$made" && dpkg-shlibdeps -O --ignore-missing-info "$root/usr/bin/settlesim" \
  2> "$made/shlibdeps" | sed -n 's/^shlibs:Depends=//p') || { cat "$made/shlibdeps" >&2; exit 1; }
[ -n "$libraries" ] || { echo "deb.sh: no library of $executable is known" >&2; exit 1; }

cat > "$root/DEBIAN/control" << CONTROL
Package: settlesim
Version: $version
Architecture: $architecture
Maintainer: ${DEBFULLNAME:-$(sed -n 's/^Copyright (c) [0-9]* //p' LICENSE)} <${DEBEMAIL:-settlesim@localhost}>
Installed-Size: $(du -k --apparent-size --summarize --exclude=DEBIAN "$root" | cut -f 1)
Depends: $libraries, tzdata
Section: science
Priority: optional
Description: deterministic simulator of payments and their settlement
 Simulates a payment processor, its acquirers, its batching of settlements and
 the settlement between banks, on a virtual clock. The same scenario and seed
 give the same bytes on every machine and any number of threads, so that
 strategies can be compared exactly and results can gate a pipeline.
CONTROL
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) > "$root/DEBIAN/md5sums"
package=settlesim_${version}_${architecture}.deb
dpkg-deb --root-owner-group ${compression:+"-Z$compression"} --build "$root" "$target/$package" \
  > /dev/null
echo "$target/$package"
