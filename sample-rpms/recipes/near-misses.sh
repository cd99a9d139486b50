# What looks like the hazard and is none.

sample fixed 'A version script with local: *' "$(version_script fixed)" c/do-nothing.c
sample hidden 'Hidden visibility' -DEXPORT='__attribute__((visibility("hidden")))' c/do-nothing.c
sample prefixed 'Names with a prefix of their own' -include c/prefixed.h c/do-nothing.c
sample look-alike 'Names that OpenSSL never had' -include c/look-alike.h c/do-nothing.c
sample version-text 'The version text of a header, without a copy' c/version-text.c
sample foreign-non-default-later 'Non-default versions of index 3, which no reference meets unasked' \
  "$(version_script non-default-later)" -DNODE='"DBCLIENT_16"' c/non-default.c

# The names by reference, from a library that has them; and from none.
library libcrypto.so libcrypto.so.10 "$(version_script libcrypto-10)" c/working.c
sample caller 'Calls libcrypto, and names it' c/caller.c libcrypto.so
sample caller-unlinked 'Calls libcrypto, and names no library' c/caller.c

fresh
mkdir -p staged/usr/lib64/dbclient
gcc "${compiling[@]}" -c -o staged/usr/lib64/dbclient/crypto.o c/working.c
package libdbclient-object 'An object file (ET_REL), which the loader cannot load'

fresh
mkdir -p staged/usr/lib/debug/usr/lib64
gcc "${compiling[@]}" -g -gno-record-gcc-switches -shared -Wl,--build-id=none -Wl,-soname,libdbclient.so.16 -o whole.so c/client.c c/working.c
objcopy --only-keep-debug whole.so staged/usr/lib/debug/usr/lib64/libdbclient.so.16.0.0.debug
package libdbclient-debuginfo 'Debugging information, whose .dynsym has no contents'

fresh
mkdir -p staged/usr/share/dbclient
printf '%s\n' CRYPTO_lock CRYPTO_add_lock CRYPTO_mem_ctrl EVP_CIPHER_CTX_init >staged/usr/share/dbclient/names.txt
machine=noarch package libdbclient-data 'Data only, though it names the names'

fresh
mkdir -p staged/usr/lib64
ln -s libdbclient.so.16 staged/usr/lib64/libdbclient.so
package libdbclient-links 'A symbolic link only'

fresh
mkdir -p staged/usr/lib64 staged/usr/bin
echo 'INPUT(libdbclient.so.16) /* CRYPTO_lock */' >staged/usr/lib64/libdbclient.so
printf '#!/bin/sh\nexec nm -D "$1" | grep CRYPTO_lock\n' >staged/usr/bin/dbclient-names
chmod 755 staged/usr/bin/dbclient-names
package libdbclient-scripts "Scripts, the link editor's and the shell's"
