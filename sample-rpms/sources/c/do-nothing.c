/* The four names of 2012 as a client library had them: placeholders for code that this build does not need. */
#include "dbclient.h"

EXPORT void CRYPTO_lock(int mode, int type, const char *file, int line) {
  (void)mode, (void)type, (void)file, (void)line;
}

EXPORT int CRYPTO_add_lock(int *counter, int amount, int type, const char *file, int line) {
  (void)counter, (void)amount, (void)type, (void)file, (void)line;
  return 0;
}

EXPORT int CRYPTO_mem_ctrl(int mode) {
  (void)mode;
  return 0;
}

EXPORT void EVP_CIPHER_CTX_init(void *context) {
  (void)context;
}
