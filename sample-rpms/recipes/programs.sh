# What is not a library, and exports the names all the same.

# program FILE ARGUMENT...: links an executable.
program() {
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  gcc "${compiling[@]}" "${linking[@]}" -o "$file" c/program.c c/client.c "$@"
}

fresh
program staged/usr/bin/dbclient -pie -rdynamic c/working.c
package dbclient-export-dynamic 'A program (ET_DYN) linked with -rdynamic'

fresh
library libaudit.so libaudit.so.1 c/one-reference.c
program staged/usr/bin/dbclient -no-pie c/working.c -Wl,--no-as-needed libaudit.so
package dbclient-export-by-reference 'A program (ET_EXEC) that exports what a library on its link line refers to'

fresh
mkdir -p staged/usr/lib64
for unit in client working; do gcc "${compiling[@]}" -c -o "$unit.o" "c/$unit.c"; done
ar rcsD staged/usr/lib64/libdbclient.a client.o working.o
package libdbclient-static 'A static archive'
