/* The four names as non-default versions (name@NODE, the hidden bit set). -DNODE='"..."' names the node. */
static int state;

#define VERSIONED(name) __attribute__((symver(#name "@" NODE))) int compat_##name(int step) { return state += step; }

VERSIONED(CRYPTO_lock)
VERSIONED(CRYPTO_add_lock)
VERSIONED(CRYPTO_mem_ctrl)
VERSIONED(EVP_CIPHER_CTX_init)
