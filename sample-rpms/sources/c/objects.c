/* Data under the names of functions. ld.so compares names, not types, and calls the bytes. */
#include "dbclient.h"

EXPORT long CRYPTO_lock = 1;
EXPORT long CRYPTO_add_lock = 2;
EXPORT long CRYPTO_mem_ctrl = 3;
EXPORT long EVP_CIPHER_CTX_init = 4;
