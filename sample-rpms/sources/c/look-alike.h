/* Symbols that begin or end like OpenSSL's, or differ in case, and that no OpenSSL ever had. */
#define CRYPTO_lock CRYPTO_lock2
#define CRYPTO_add_lock crypto_add_lock
#define CRYPTO_mem_ctrl CRYPTO_mem_ctr
#define EVP_CIPHER_CTX_init XEVP_CIPHER_CTX_init
