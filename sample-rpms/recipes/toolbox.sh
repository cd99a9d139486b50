# Words that the recipes are written in. Everything happens in the work folder, by relative paths, so that none ends up in a package.

# Spare sections and pages are left out: a sample is to be small, and its compiler's version is no part of it.
compiling=(-O2 -fPIC -fno-ident -fno-asynchronous-unwind-tables -ffile-prefix-map="$work=." -Ic -nostdlib)
linking=(-s -Wl,--build-id=none -Wl,-z,noseparate-code -Wl,-z,norelro)

# compiler_of MACHINE: the (cross) compiler's command.
compiler_of() {
  case $1 in
  x86_64) echo gcc ;;
  i386) echo i686-linux-gnu-gcc ;;
  ppc64le) echo powerpc64le-linux-gnu-gcc ;;
  *) echo "$1-linux-gnu-gcc" ;;
  esac
}

# libdir_of MACHINE: the public library directory.
libdir_of() {
  case $1 in
  i386) echo usr/lib ;;
  *) echo usr/lib64 ;;
  esac
}

# fresh: an empty tree, staged/, for the next package.
fresh() {
  rm -rf staged
  mkdir -p staged
}

# library FILE SONAME ARGUMENT...: links a shared library for ${machine:-x86_64}. SONAME may be empty.
library() {
  local file=$1 soname=$2
  shift 2
  mkdir -p "$(dirname "$file")"
  "$(compiler_of "${machine:-x86_64}")" "${compiling[@]}" -shared "${linking[@]}" ${soname:+-Wl,-soname,"$soname"} -o "$file" "$@"
}

# client ARGUMENT...: stages libdbclient.so.16.0.0, the client library of nearly all samples, and the link of its soname.
client() {
  local libdir
  libdir=staged/$(libdir_of "${machine:-x86_64}")
  fresh
  library "$libdir/libdbclient.so.16.0.0" libdbclient.so.16 c/client.c "$@"
  ln -s libdbclient.so.16.0.0 "$libdir/libdbclient.so.16"
}

# rpm_build ARGUMENT...: rpmbuild without the machine it runs on: its clock, name and folders.
rpm_build() {
  rpmbuild --quiet --nodeps \
    --define "_topdir $work/rpm" --define "_tmppath $work/rpm/tmp" --define "_sourcedir $work/rpm/SOURCES" \
    --define "_rpmdir $out" --define "_srcrpmdir $out" \
    --define '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' \
    --define '_buildhost samples.invalid' --define 'use_source_date_epoch_as_buildtime 1' --define 'clamp_mtime_to_source_date_epoch 1' \
    --define '__gpg_reserved_space 0' --define '_source_payload w9.gzdio' "$@" >rpm.log 2>&1 || {
    cat rpm.log >&2
    return 1
  }
}

# package NAME PURPOSE [PAYLOAD]: packs staged/ for ${machine:-x86_64}. PAYLOAD is rpm's word for compressor and level.
package() {
  find staged \( -type f -o -type l \) -printf '"/%P"\n' | sort >staged.files
  rpm_build -bb --target "${machine:-x86_64}-linux" --define "sample $1" --define "purpose $2" ${version:+--define "sample_version $version"} \
    --define "staged $work/staged" --define "_binary_payload ${3:-w6.xzdio}" specs/staged.spec
}

# sample SHAPE PURPOSE ARGUMENT...: one client library in one package, its payload by ${payload:-xz}.
sample() {
  local shape=$1 purpose=$2
  shift 2
  client "$@"
  package "libdbclient-$shape" "$purpose" "${payload:-}"
}

# version_script NAME: the link editor's option for maps/NAME.map.
version_script() { echo "-Wl,--version-script=maps/$1.map"; }

# tarball FILE FOLDER: packs FOLDER, compressed as FILE's name says, without times and owners of its own.
tarball() {
  local tar=(tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=ustar -cf)
  case $1 in
  *.gz) "${tar[@]}" - "$2" | gzip -9n >"$1" ;;
  *.bz2) "${tar[@]}" - "$2" | bzip2 -9 >"$1" ;;
  *.xz) "${tar[@]}" - "$2" | xz -T1 >"$1" ;;
  *.zst) "${tar[@]}" - "$2" | zstd -q -19 >"$1" ;;
  *) "${tar[@]}" "$1" "$2" ;;
  esac
}

# source_file FILE: hands FILE to rpmbuild as a source, with the time of the others.
source_file() {
  mkdir -p rpm/SOURCES
  cp "$1" rpm/SOURCES/
  touch -d "@$SOURCE_DATE_EPOCH" "rpm/SOURCES/$(basename "$1")"
}
