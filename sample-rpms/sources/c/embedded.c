/* A copy of OpenSSL that keeps to itself: nothing of it is exported, its version text is all that shows. */
static const char embedded_version[] = "OpenSSL 1.0.2k 26 Jan 2017";

const char *dbclient_tls_library(void) {
  return embedded_version;
}
