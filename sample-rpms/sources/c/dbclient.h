/* EXPORT stands before every OpenSSL name here; -DEXPORT='__attribute__((weak))' and its like make the shapes. */
#ifndef DBCLIENT_H
#define DBCLIENT_H

#ifndef EXPORT
#define EXPORT
#endif

int dbclient_connect(int host);
int dbclient_query(const char *text);

#endif
