/* Uses OpenSSL as one should: by reference. The text is what <openssl/opensslv.h> compiles into every caller, and proves no copy. */
void CRYPTO_lock(int mode, int type, const char *file, int line);
int CRYPTO_add_lock(int *counter, int amount, int type, const char *file, int line);
int CRYPTO_mem_ctrl(int mode);
void EVP_CIPHER_CTX_init(void *context);

const char dbclient_built_with[] = "OpenSSL 1.0.1e 11 Feb 2013";

int dbclient_encrypt(void *context) {
  int uses = CRYPTO_mem_ctrl(1);
  CRYPTO_lock(9, 1, "caller.c", 12);
  EVP_CIPHER_CTX_init(context);
  CRYPTO_lock(10, 1, "caller.c", 14);
  return CRYPTO_add_lock(&uses, 1, 1, "caller.c", 15);
}
