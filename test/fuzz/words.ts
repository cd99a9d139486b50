/** What readers trip over: numbers at the edges of their types, names that mean something to us, text that means something to others. */
import type { Random } from './random.js'

const EDGES = [
  0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 0xfffff, 0x100000, 0xffffff,
  0x1000000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff,
]

const WIDE = [
  0x1_0000_0000n,
  0x1f_ffff_ffff_ffffn,
  0x20_0000_0000_0000n,
  0x7fff_ffff_ffff_ffffn,
  0x8000_0000_0000_0000n,
  0xffff_ffff_ffff_ffffn,
]

/** A number of `size` bytes that replaces `old`: an edge, near the old one, near the file's length, or any. */
export function numberFor(random: Random, old: bigint, size: number, fileLength: number): bigint {
  const near = BigInt(random.below(17) - 8)
  const choices = [
    () => BigInt(random.pick(EDGES)),
    () => old + near,
    () => old ^ (1n << BigInt(random.below(8 * size))),
    () => old * 2n,
    () => BigInt(fileLength) + near,
    () => BigInt(random.u32()),
    () => BigInt(random.below(fileLength)),
    () => random.pick(WIDE),
  ]
  return BigInt.asUintN(8 * size, random.pick(choices)())
}

export const edge = (random: Random): number => random.pick(EDGES)

export const SYMBOLS = [
  'CRYPTO_lock',
  'SSL_CTX_new',
  'MD5_Init',
  'SHA1_Init',
  'RAND_bytes',
  'EVP_EncryptInit_ex',
  'SSL_library_init',
  'CRYPTO_set_mem_functions',
  'OPENSSL_ia32_cpuid',
  'main',
  'x',
  '',
  '_init',
  'ERR_put_error',
  'BIO_new',
  'AES_encrypt',
  'DES_crypt',
  'OPENSSL_cleanse',
]

export const VERSIONS = [
  'OPENSSL_1.0.1',
  'OPENSSL_3.0.0',
  'OPENSSL_1_1_0',
  'libcrypto.so.10',
  'LIBX_1',
  '',
  'GLIBC_2.17',
  'GLIBC_ABI_DT_RELR',
  'PERCONA_5.5',
  '::error::x',
  'a'.repeat(300),
]

export const SONAMES = [
  'libcrypto.so.10',
  'libssl.so.1.0.0',
  'libcrypto.so.3',
  'libx.so.1',
  'libc.so.6',
  '',
  '/usr/lib64/libx.so',
  '../libx.so',
  'libmysqlclient.so.18',
  'ld-linux-x86-64.so.2',
  '$ORIGIN/libx.so',
  'libx.so\n::error::x',
]

/** Texts that mean something to a terminal, a runner, a pattern or a file system. */
export const TEXTS = [
  'a',
  '',
  '.',
  '..',
  '/',
  'usr/lib64',
  '::error::pwned',
  '##[group]x',
  '##vso[task.complete]',
  '\x1b[31m',
  '\u202etxt.so',
  'ä',
  '\xff\xfe',

  'a\nb',
  'a\r::stop-commands::x',
  '*',
  '[',
  '${HOME}',
  '%s%n',
  '<b>',
  '&amp;',
  '"',
  "'",
  '\\',
  '`',
  '|',
  '@all',
  '#1',
  'x'.repeat(300),

  '../'.repeat(20),
  '/'.repeat(40),
  '.so'.repeat(60),
  'lib/'.repeat(60),
  '\0',
  '-',
  '--',
  '__proto__',
  'constructor',
  'toString',
  'TRAILER!!!',
]
