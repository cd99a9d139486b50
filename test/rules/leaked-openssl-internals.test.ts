import { describe, expect, test } from '@jest/globals'
import { findingsOf, library, packageOf, program } from '../../lib/testing.js'
import type { StatedExport } from '../../lib/testing.js'
import rule from '../../rules/leaked-openssl-internals.js'

const found = (object: ReturnType<typeof library>, name = 'x') => findingsOf(rule, packageOf({ name, objects: [object] }))
const severities = (...exports: readonly StatedExport[]) => found(library({ exports })).map(({ severity }) => severity)

const CPUID = 'OPENSSL_ia32_cpuid' // once exported
const NEVER = ['ossl_rand_ctx_new', 'ossl_prov_is_running', 'ossl_ctype_check'] // never exported
const FORK_API = ['X25519', 'ED25519_sign', 'asn1_utctime_to_tm', 'asn1_generalizedtime_to_tm']

describe('symbols that a real library once exported', () => {
  test('are reported from the first on, with generic ones beside them', () =>
    expect(found(library({ exports: [CPUID, 'sha1_block_data_order', 'x_init'] }))).toMatchObject([
      {
        severity: 'warning',
        symbols: [CPUID, 'sha1_block_data_order'],
        message:
          'exports 2 internal OpenSSL symbols (2 also exported by libcrypto up to 1.0.2): calls can bind to the wrong library, in either direction',
        data: { count: 2, once: 2, assembler: 2, libraries: ['libcrypto'], families: ['openssl'] },
      },
    ]))

  test('are reported beside such as never were', () =>
    expect(found(library({ exports: [CPUID, 'ossl_rand_ctx_new', 'ssl3_send_alert'] }))[0]).toMatchObject({
      data: { count: 3, once: 2, libraries: ['libcrypto', 'libssl'] },
    }))

  test('are an info if calls cannot go astray, or if no real export was seen', () => {
    expect(severities({ name: CPUID, isInterposable: false })).toEqual(['info'])
    expect(severities('AES_ctr32_encrypt')).toEqual(['info'])
    expect(severities({ name: CPUID, isInterposable: false }, ...NEVER)).toEqual(['warning'])
  })

  test('are a warning in a program, which comes first in every lookup', () =>
    expect(found(program({ exports: [{ name: CPUID, isInterposable: false }] }))).toMatchObject([
      { severity: 'warning', remedy: expect.stringContaining('{ local: *; };') },
    ]))

  test('are generic by themselves', () =>
    expect(severities('sha1_block_data_order', 'aesni_encrypt', 'bind_engine', 'v_check', 'MD5_version', 'ecdh_check')).toEqual([]))
})

describe('symbols that no real library ever exported', () => {
  test('are reported from three on', () => {
    expect(found(library({ exports: NEVER }))).toMatchObject([
      {
        severity: 'warning',
        symbols: [...NEVER].sort(),
        message:
          'exports 3 internal OpenSSL symbols, which no release of libcrypto and libssl exports: a static copy leaks, and another one in the process can bind to it',
      },
    ])
    expect(severities(...NEVER.slice(1))).toEqual([])
  })

  test('do not count if they are generic, part of the API of a fork, or assembler that others contain too', () => {
    expect(severities(...NEVER.slice(1), 'sha512_224_init', 'sha512_256_init', 'poly1305_init')).toEqual([])
    expect(severities(...NEVER.slice(1), ...FORK_API)).toEqual([])
    expect(severities('x25519_fe51_mul', 'x25519_fe51_sqr', 'x25519_fe51_mul121666', 'x25519_fe64_mul')).toEqual([])
  })
})

describe('leaked-openssl-internals is silent', () => {
  test.each<[string, readonly StatedExport[]]>([
    ['where the API is exported too, which is an error already', [CPUID, ...NEVER, 'CRYPTO_lock']],
    ['for symbols that only a reference with their own version reaches', [`${CPUID}@X_1`, ...NEVER.map(name => `${name}@X_1`)]],
    ['for other symbols', ['x_init', 'ossl_anything', 'OPENSSL_ia32']],
  ])('%s', (_, exports) => expect(found(library({ exports }))).toEqual([]))

  test('in the genuine library and its modules', () => {
    expect(found(library({ soname: 'libcrypto.so.10', exports: [CPUID] }), 'openssl-libs')).toEqual([])
    expect(found(library({ soname: null, path: '/usr/lib64/ossl-modules/legacy.so', exports: NEVER }), 'openssl-libs')).toEqual([])
    expect(found(library({ soname: null, path: '/usr/lib64/x/legacy.so', exports: NEVER }))).toHaveLength(1)
  })

  test('not where the API is exported under a version that no reference asks for', () =>
    expect(found(library({ exports: [CPUID, 'CRYPTO_lock@X_1'] }))).toHaveLength(1))
})
