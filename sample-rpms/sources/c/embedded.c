/* A copy of OpenSSL that keeps to itself: nothing of it is exported, a string in its code is all that shows. */
static const char embedded_version[] = "SHA1 part of OpenSSL 1.0.2k  26 Jan 2017";

const char *dbclient_tls_library(void) {
  return embedded_version;
}
