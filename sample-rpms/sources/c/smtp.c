/* The victim: a mailer that asks a database and encrypts. It has done nothing wrong. Exits with 0 where the functions that it got do their work. */
struct mysql {
  int socket;
  unsigned flags;
};

struct mysql *mysql_init(struct mysql *client);
void CRYPTO_lock(int mode, int type, const char *file, int line);
int CRYPTO_add_lock(int *counter, int amount, int type, const char *file, int line);
int CRYPTO_mem_ctrl(int mode);
void EVP_CIPHER_CTX_init(void *context);

static int encrypts(void) {
  struct { const void *cipher; void *engine; int encrypting; int buffered; } context = {0};
  int uses = 1;
  CRYPTO_lock(9, 1, "smtp.c", 17);
  CRYPTO_add_lock(&uses, 1, 1, "smtp.c", 18);
  CRYPTO_lock(10, 1, "smtp.c", 19);
  EVP_CIPHER_CTX_init(&context);
  CRYPTO_mem_ctrl(3);
  return uses == 2 && context.encrypting == 1 && CRYPTO_mem_ctrl(3) == 3;
}

/* No C library, to be small: the kernel is asked directly. */
static void leave(int status) {
  __asm__ volatile("syscall" : : "a"(60), "D"(status) : "rcx", "r11", "memory");
}

__attribute__((force_align_arg_pointer)) void _start(void) {
  struct mysql client;
  mysql_init(&client);
  leave(client.socket == -1 && encrypts() ? 0 : 1);
}
