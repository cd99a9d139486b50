# libdbclient in every shape in which its OpenSSL names take references that are meant for libcrypto.

# Without versions: every reference is taken.
for machine in x86_64 i386 aarch64 ppc64le s390x; do
  sample do-nothing 'The names of 2012 as placeholders, without versions' c/do-nothing.c
done
machine=x86_64
sample working 'Code that works, without versions' c/working.c
sample half-working 'Two names that work and two that do nothing' c/half-working.c
sample weak-binding 'Weak symbols, which ld.so takes like others' -DEXPORT='__attribute__((weak))' c/working.c
sample protected 'Protected symbols: only calls of the library itself are settled' -DEXPORT='__attribute__((visibility("protected")))' c/working.c
sample objects 'Data under the names of functions' c/objects.c
sample symbolic 'Linked with -Bsymbolic, which hides nothing' -Wl,-Bsymbolic c/working.c
sample sysv-hash 'Only the old hash table' -Wl,--hash-style=sysv c/working.c
sample gnu-hash 'Only the GNU hash table' -Wl,--hash-style=gnu c/working.c
sample both-hashes 'Both hash tables' -Wl,--hash-style=both c/working.c

sample internals 'Internal symbols of OpenSSL, whose API is hidden' -DEXPORT='__attribute__((visibility("hidden")))' c/working.c c/internals.c

# With versions that do not help.
sample trap 'A version script without local: *, so that the names stay base' "$(version_script trap)" c/working.c
sample partial 'One name with a version, three without' "$(version_script partial)" c/working.c
sample forged-1.0.1 "OpenSSL's node OPENSSL_1.0.1, on placeholders" "$(version_script forged-1.0.1)" c/do-nothing.c
sample forged-3.0.0 "OpenSSL's node OPENSSL_3.0.0" "$(version_script forged-3.0.0)" c/working.c
sample forged-non-default "OpenSSL's node OPENSSL_3.0.0, as non-default versions" \
  "$(version_script forged-non-default)" -DNODE='"OPENSSL_3.0.0"' c/non-default.c
sample foreign-first 'A node of its own, the first: index 2' "$(version_script foreign-first)" c/working.c
sample foreign-later 'A node of its own, default versions of index 3' "$(version_script foreign-later)" c/working.c
sample foreign-non-default-first 'Non-default versions of the first node: index 2' \
  "$(version_script non-default-first)" -DNODE='"DBCLIENT_15"' c/non-default.c

# Kinds of symbol that only GNU has. ld marks such a file (EI_OSABI) only while it writes .symtab: strip afterwards, not by -s.
client -Wl,--strip-debug c/indirect.c
strip staged/usr/lib64/libdbclient.so.16.0.0
package libdbclient-indirect 'Indirect functions (STT_GNU_IFUNC)'

client -Wl,--strip-debug c/unique.S
strip staged/usr/lib64/libdbclient.so.16.0.0
package libdbclient-unique 'Unique data (STB_GNU_UNIQUE)'

# Without what a careless reader would look for.
client c/working.c
dd if=/dev/zero of=staged/usr/lib64/libdbclient.so.16.0.0 bs=1 seek=40 count=8 conv=notrunc status=none # e_shoff
dd if=/dev/zero of=staged/usr/lib64/libdbclient.so.16.0.0 bs=1 seek=58 count=6 conv=notrunc status=none # e_shentsize, e_shnum, e_shstrndx
package libdbclient-no-sections 'No section headers: the loader needs none'

fresh
library staged/usr/lib64/dbclient/plugin/auth.so '' c/client.c c/working.c
package libdbclient-plugin 'A plugin without soname'

client c/working.c
ln staged/usr/lib64/libdbclient.so.16.0.0 staged/usr/lib64/libdbclient_r.so.16.0.0
ln -s libdbclient_r.so.16.0.0 staged/usr/lib64/libdbclient_r.so.16
package libdbclient-hardlinked 'One library under two names'
