# Libraries that are OpenSSL, or say so.

fresh
library staged/usr/lib64/libcrypto.so.1.0.1e libcrypto.so.10 "$(version_script libcrypto-10)" c/working.c c/md5.c
ln -s libcrypto.so.1.0.1e staged/usr/lib64/libcrypto.so.10
version=1.0.1e package openssl-libs 'A stand-in for the genuine library, with its versions'

fresh
library staged/usr/lib64/libcrypto.so.0.9.8e libcrypto.so.6 c/working.c c/md5.c
ln -s libcrypto.so.0.9.8e staged/usr/lib64/libcrypto.so.6
version=0.9.8e package openssl098e 'A stand-in for the genuine library of old, without versions'

fresh
library staged/opt/vendor/lib/libcrypto.so.10 libcrypto.so.10 "$(version_script libcrypto-10)" c/working.c c/md5.c
package vendor-bundled 'A true copy in a private directory'

sample embedded 'A copy linked in and hidden, known by a string in its code' -DEXPORT='__attribute__((visibility("hidden")))' c/embedded.c c/working.c

fresh
library staged/usr/lib64/libcrypto.so.1.1 libcrypto.so.1.1 "$(version_script libcrypto-1.1)" c/working.c c/md5.c
package libdbclient-claimed 'The soname and the versions of libcrypto, in a package that is not OpenSSL'

fresh
library staged/usr/lib64/libcrypto.so.1.1 libcrypto.so.1.1 c/working.c c/md5.c
package libdbclient-claimed-unversioned 'The soname of libcrypto without versions, in a package that is not OpenSSL'
