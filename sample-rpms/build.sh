#!/usr/bin/env bash
# Builds every sample into rpms/ (or the folder named), the same bytes each time with the same compilers and rpmbuild.
#   ./build.sh [FOLDER]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Source packages record the owner of each source: be root, if only in a namespace of our own.
[ "$(id -u)" = 0 ] || exec unshare --user --map-root-user "$0" "$@"

out=${1:-$here/rpms}
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.rpm

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/sources/." "$work"
cd "$work"

export LC_ALL=C TZ=UTC HOME=$work SOURCE_DATE_EPOCH=1330560000 # 1 March 2012
umask 022

for recipe in toolbox chain hazards programs generic-names claims mailer near-misses payloads vendored; do
  # shellcheck source=/dev/null
  . "$here/recipes/$recipe.sh"
done

echo "$(find "$out" -name '*.rpm' | wc -l) packages, $(du -cb "$out"/*.rpm | tail -1 | cut -f1) bytes"
