/* What OpenSSL's header leaves in a library that was compiled with it: a text, and no code. */
static const char compiled_with[] = "OpenSSL 1.0.2k 26 Jan 2017";

const char *dbclient_compiled_with(void) {
  return compiled_with;
}
