/* A program without a C library, to be small. It is never run. */
#include "dbclient.h"

void _start(void) {
  for (;;) dbclient_connect(1);
}
