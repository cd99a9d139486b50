/* A table type of a mailer, loaded by it with dlopen: what it gets depends on what the mailer has loaded before. */
struct mysql;

struct mysql *mysql_init(struct mysql *client);
void CRYPTO_lock(int mode, int type, const char *file, int line);
void EVP_CIPHER_CTX_init(void *context);

void dict_mysql_open(struct mysql *client, void *context) {
  mysql_init(client);
  CRYPTO_lock(9, 1, "dict.c", 10);
  EVP_CIPHER_CTX_init(context);
}
