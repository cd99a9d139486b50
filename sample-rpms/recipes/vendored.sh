# Source packages with the library inside an archive.

# vendored NAME ARCHIVE: a source package that carries ARCHIVE.
vendored() {
  source_file "$2"
  rpm_build -bs --define "sample $1" --define "archive $2" specs/vendored.spec
}

# prebuilt FOLDER ARGUMENT...: a source tree with a library that someone else has built.
prebuilt() {
  local folder=$1
  shift
  library "$folder/vendor/lib/libdbclient.so.16" libdbclient.so.16 c/client.c "$@"
  cp c/client.c c/dbclient.h "$folder/"
  find "$folder" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
}

for form in tar tar.gz tar.bz2 tar.xz tar.zst zip; do
  name=vendored-${form//./-}
  prebuilt "$name-1.0" c/do-nothing.c
  case $form in
  zip) find "$name-1.0" | sort | zip -q -X -@ "$name-1.0.zip" ;;
  *) tarball "$name-1.0.$form" "$name-1.0" ;;
  esac
  vendored "$name" "$name-1.0.$form"
done

prebuilt vendored-fixed-1.0 "$(version_script fixed)" c/do-nothing.c
tarball vendored-fixed-1.0.tar.gz vendored-fixed-1.0
vendored vendored-fixed vendored-fixed-1.0.tar.gz

# An archive in an archive in an archive.
mkdir -p inner middle vendored-nested-1.0
library inner/libdbclient.so.16 libdbclient.so.16 c/client.c c/do-nothing.c
tarball middle/inner.tar.xz inner
tarball vendored-nested-1.0/middle.tar middle
tarball vendored-nested-1.0.tar.gz vendored-nested-1.0
vendored vendored-nested vendored-nested-1.0.tar.gz

# A package of another kind: an ar archive with its files in a tarball.
library usr/lib/libdbclient.so.16 libdbclient.so.16 c/client.c c/do-nothing.c
tarball data.tar.gz usr
mkdir -p control
printf '%s\n' 'Package: libdbclient16' 'Version: 1.0' 'Architecture: amd64' 'Maintainer: nobody <nobody@samples.invalid>' 'Description: sample' >control/control
(cd control && tarball ../control.tar.gz control)
echo 2.0 >debian-binary
ar rcD libdbclient16_1.0_amd64.deb debian-binary control.tar.gz data.tar.gz
vendored vendored-deb libdbclient16_1.0_amd64.deb
