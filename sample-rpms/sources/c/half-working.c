/* Two names that work and two that do nothing: only the latter are to be called so. */
#include "dbclient.h"

static int memory_mode;

EXPORT void CRYPTO_lock(int mode, int type, const char *file, int line) {
  (void)mode, (void)type, (void)file, (void)line;
}

EXPORT int CRYPTO_add_lock(int *counter, int amount, int type, const char *file, int line) {
  (void)type, (void)file, (void)line;
  *counter += amount;
  return *counter;
}

EXPORT int CRYPTO_mem_ctrl(int mode) {
  int before = memory_mode;
  memory_mode = mode;
  return before;
}

EXPORT void EVP_CIPHER_CTX_init(void *context) {
  (void)context;
}
