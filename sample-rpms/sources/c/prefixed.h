/* The renaming that yaSSL's users do: every name gets a prefix and can meet no other. */
#define CRYPTO_lock ya_CRYPTO_lock
#define CRYPTO_add_lock ya_CRYPTO_add_lock
#define CRYPTO_mem_ctrl ya_CRYPTO_mem_ctrl
#define EVP_CIPHER_CTX_init ya_EVP_CIPHER_CTX_init
