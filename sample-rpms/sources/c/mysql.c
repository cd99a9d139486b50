/* The little of libmysqlclient that the story of 2012 needs. */
struct mysql {
  int socket;
  unsigned flags;
};

struct mysql *mysql_init(struct mysql *client) {
  client->socket = -1;
  client->flags = 0;
  return client;
}

void mysql_close(struct mysql *client) {
  client->socket = -1;
}
