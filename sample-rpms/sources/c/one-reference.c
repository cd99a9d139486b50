/* Refers to one name only. A program linked with this library exports its own definition of that name, unasked. */
void CRYPTO_lock(int mode, int type, const char *file, int line);

void dbclient_guard(void) {
  CRYPTO_lock(9, 1, "one-reference.c", 5);
}
