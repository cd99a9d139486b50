/* Generic names, which many libraries use in good faith: one is a coincidence, three of a family are not. */
#include "dbclient.h"

struct md5 {
  unsigned state[4];
  unsigned long length;
};

EXPORT int MD5_Init(struct md5 *context) {
  context->state[0] = 0x67452301;
  context->state[1] = 0xefcdab89;
  context->state[2] = 0x98badcfe;
  context->state[3] = 0x10325476;
  context->length = 0;
  return 1;
}

EXPORT int MD5_Update(struct md5 *context, const void *data, unsigned long length) {
  (void)data;
  context->length += length;
  return 1;
}

EXPORT int MD5_Final(unsigned char *digest, struct md5 *context) {
  for (int i = 0; i < 16; i++) digest[i] = (unsigned char)(context->state[i / 4] >> (8 * (i % 4)));
  return 1;
}
