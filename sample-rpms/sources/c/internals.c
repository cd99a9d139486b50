/* Assembler of a copy whose API is hidden: -fvisibility=hidden does not reach it, and its callers reach it through the loader. */
void sha1_block_data_order(void *context, const void *input, unsigned long blocks) {
  *(unsigned long *)context += blocks + (input != 0);
}

unsigned long OPENSSL_ia32_cpuid(unsigned int *features) {
  return features[0];
}

int dbclient_checksum(const char *text) {
  unsigned int features[4] = {0};
  unsigned long context = OPENSSL_ia32_cpuid(features);
  sha1_block_data_order(&context, text, 1);
  return (int)context;
}
