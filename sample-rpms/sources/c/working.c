/* The same four names with code that does something, so that the name alone is at fault. */
#include "dbclient.h"

struct cipher_context {
  const void *cipher;
  void *engine;
  int encrypting;
  int buffered;
};

static volatile int holder[41];
static int memory_mode;

EXPORT void CRYPTO_lock(int mode, int type, const char *file, int line) {
  (void)file;
  holder[(unsigned)type % 41] = (mode & 1) != 0 ? line : 0;
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

EXPORT void EVP_CIPHER_CTX_init(struct cipher_context *context) {
  context->cipher = 0;
  context->engine = 0;
  context->encrypting = 1;
  context->buffered = 0;
}
