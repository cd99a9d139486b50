# The victims of 2012: programs that need libmysqlclient and libcrypto both.

# Placeholder libraries to link with. That of libmysqlclient has none of OpenSSL's symbols, so every reference to them requires libcrypto's version.
library link/libmysqlclient.so libmysqlclient.so.16 c/mysql.c
library link/libcrypto.so libcrypto.so.10 "$(version_script libcrypto-10)" c/working.c c/md5.c

# mailer FILE LIBRARY...: links the mailer; ld.so will load the libraries in the order given.
mailer() {
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  gcc "${compiling[@]}" "${linking[@]}" -pie -o "$file" c/smtp.c -Wl,--no-as-needed "$@"
}

fresh
mailer staged/usr/libexec/mailer/smtp link/libmysqlclient.so link/libcrypto.so
package mailer 'A program that needs libmysqlclient before libcrypto'

fresh
mailer staged/usr/libexec/mailer/smtp link/libcrypto.so link/libmysqlclient.so
package mailer-crypto-first 'A program that needs libcrypto before libmysqlclient'

fresh
library staged/usr/lib64/mailer/dict_mysql.so '' c/dict.c -Wl,--no-as-needed link/libmysqlclient.so link/libcrypto.so
package mailer-mysql 'A plugin that needs libmysqlclient before libcrypto'
