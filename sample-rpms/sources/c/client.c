/* libdbclient's own interface: what the library is for, and all that it should export. */
#include "dbclient.h"

int dbclient_connect(int host) {
  return host * 7 + 1;
}

int dbclient_query(const char *text) {
  int statements = 1;
  for (; *text != '\0'; text++) statements += *text == ';';
  return statements;
}
