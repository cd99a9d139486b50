/* STT_GNU_IFUNC: the symbol's code chooses an implementation, which ld.so then binds. */
typedef int operation(int);

static int state;

static int count(int step) {
  return state += step;
}

static operation *choose(void) {
  return count;
}

int CRYPTO_lock(int mode) __attribute__((ifunc("choose")));
int CRYPTO_add_lock(int amount) __attribute__((ifunc("choose")));
int CRYPTO_mem_ctrl(int mode) __attribute__((ifunc("choose")));
int EVP_CIPHER_CTX_init(int context) __attribute__((ifunc("choose")));
