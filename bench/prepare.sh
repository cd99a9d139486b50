#!/bin/bash
# prepare.sh FOLDER: the packages that measure.js times. Debian's own binaries, wrapped unchanged in RPMs of each compressor.
# Needs a Debian with apt-get, dpkg-deb and rpmbuild, and fetches three packages from its archive. Nothing of them is kept in the project.
set -euo pipefail
out=$(mkdir -p "$1" && cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# wrap NAME ROOT PAYLOAD SUFFIX: an RPM that holds ROOT as it is
wrap() {
  mkdir -p "$work/top/SPECS"
  (cd "$2" && find . \( -type f -o -type l \) -printf '"/%P"\n') > "$work/files"
  cat > "$work/top/SPECS/wrapped.spec" <<SPEC
%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%global _binary_payload $3
Name: $1
Version: 1
Release: $4
Summary: Binaries wrapped unchanged, for measuring
License: none
AutoReqProv: no
%description
Binaries wrapped unchanged.
%install
mkdir -p %{buildroot} && cp -a $2/. %{buildroot}/
%files -f $work/files
SPEC
  rpmbuild -bb --quiet --nodeps --define "_topdir $work/top" --define "_rpmdir $out" --define '_rpmfilename %%{NAME}-%%{RELEASE}.rpm' "$work/top/SPECS/wrapped.spec"
}

cd "$work"
for name in libpq5 libqt5gui5 libllvm14; do
  apt-get download -qq "$name"
  dpkg-deb -x "$name"_*.deb "root-$name"
  wrap "$name" "$work/root-$name" w2.xzdio xz
  wrap "$name" "$work/root-$name" w19.zstdio zstd
done
wrap libpq5 "$work/root-libpq5" w9.gzdio gzip
wrap libqt5gui5 "$work/root-libqt5gui5" w9.gzdio gzip

mkdir -p root-small/usr/lib64 "$out/batch"
printf 'int x_open(void) { return 1; }\n' > small.c
gcc -shared -fPIC -O2 -s -nostdlib -Wl,-soname,libx.so.1 -o root-small/usr/lib64/libx.so.1 small.c
wrap small "$work/root-small" w19.zstdio zstd
for number in $(seq 100); do cp "$out/small-zstd.rpm" "$out/batch/small-$number.rpm"; done
ls -l "$out"
