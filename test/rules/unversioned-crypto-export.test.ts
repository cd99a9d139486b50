import { describe, expect, test } from '@jest/globals'
import { findingsOf, library, packageOf, program } from '../../lib/testing.js'
import rule from '../../rules/unversioned-crypto-export.js'

const found = (object: ReturnType<typeof library>, name = 'x', options = {}) =>
  findingsOf(rule, packageOf({ name, objects: [object] }), { options })

describe('unversioned-crypto-export', () => {
  test('rejects the library of 2012, with its symbols sorted', () => {
    const [finding] = found(
      library({ exports: ['mysql_init', 'EVP_CIPHER_CTX_init', 'CRYPTO_lock', 'CRYPTO_mem_ctrl', 'CRYPTO_add_lock'] }),
    )
    expect(finding).toMatchObject({ rule: 'unversioned-crypto-export', severity: 'error', file: '/usr/lib64/libx.so.1' })
    expect(finding?.symbols).toEqual(['CRYPTO_add_lock', 'CRYPTO_lock', 'CRYPTO_mem_ctrl', 'EVP_CIPHER_CTX_init'])
    expect(finding?.remedy).toContain('{ global: mysql_init; local: *; };')
  })

  test('rejects one distinctive symbol', () => expect(found(library({ exports: ['CRYPTO_lock'] }))).toHaveLength(1))

  test('is silent for a symbol that only has a prefix in common', () =>
    expect(found(library({ exports: ['CRYPTO_lock2', 'ya_CRYPTO_lock'] }))).toEqual([]))

  test('is silent for a versioned symbol, which other rules check', () =>
    expect(found(library({ exports: ['CRYPTO_lock@@V_1', 'BIO_new@@OPENSSL_3.0.0', 'SSL_new@V_2'] }))).toEqual([]))

  test('says of data that it is data, with a fix for variables', () => {
    const data = (name: string) => ({ name, type: 'OBJECT', isData: true }) as const
    expect(found(library({ exports: ['PyInit__openssl', data('SSLv3_method'), data('FIPS_mode')] }))).toMatchObject([
      {
        severity: 'error',
        message: 'exports data named like 2 OpenSSL functions: a program that also loads libcrypto, libssl may call it',
        symbols: ['FIPS_mode', 'SSLv3_method'],
        remedy: expect.stringMatching(/^Declare these variables static/),
      },
    ])
    expect(found(library({ exports: [data('FIPS_mode'), 'BIO_new'] }))).toMatchObject([
      { message: expect.stringContaining('2 unversioned OpenSSL symbols, 1 of them as data'), remedy: expect.stringContaining('local: *') },
    ])
    expect(found(library({ exports: [{ ...data('RSAPublicKey_it'), isData: false }] }))[0]?.message).not.toContain('data')
  })

  test('counts the internal symbols beside', () => {
    expect(found(library({ exports: ['BIO_new', 'OPENSSL_ia32_cpuid', 'ossl_ctype_check', 'ossl_rand_ctx_new@X_1'] }))).toMatchObject([
      { symbols: ['BIO_new'], data: { count: 1, internals: 2 } },
    ])
    expect(found(library({ exports: ['BIO_new'] }))[0]?.data).not.toHaveProperty('internals')
  })

  test('checks each symbol, not the library as a whole', () =>
    expect(found(library({ exports: ['CRYPTO_lock@@V_1', 'BIO_new'] }))[0]?.symbols).toEqual(['BIO_new']))

  test('reports one or two generic symbols as an info', () => {
    expect(found(library({ exports: ['MD5_Init', 'MD5_Final'] }))[0]).toMatchObject({
      severity: 'info',
      symbols: ['MD5_Final', 'MD5_Init'],
    })
  })

  test('accepts three generic symbols, or one beside a distinctive one, as proof', () => {
    expect(found(library({ exports: ['MD5_Init', 'MD5_Update', 'MD5_Final'] }))[0]?.severity).toBe('error')
    expect(found(library({ exports: ['MD5_Init', 'BIO_new'] }))[0]).toMatchObject({ severity: 'error', symbols: ['BIO_new', 'MD5_Init'] })
  })

  test('leaves programs to their own rule', () => expect(found(program({ exports: ['CRYPTO_lock'] }))).toEqual([]))

  test('ignores the genuine library in its own package, and nothing else', () => {
    const genuine = library({ path: '/usr/lib64/libcrypto.so.6', soname: 'libcrypto.so.6', exports: ['CRYPTO_lock'] })
    expect(found(genuine, 'openssl098e')).toEqual([])
    expect(found(genuine, 'percona')).toHaveLength(1)
  })

  test('checks other libraries in OpenSSL’s own package', () =>
    expect(found(library({ exports: ['CRYPTO_lock'] }), 'openssl-libs')).toHaveLength(1))

  test('accepts packages from the settings', () => {
    const object = library({ soname: 'libcrypto.so.3', exports: ['CRYPTO_lock'] })
    const facts = packageOf({ name: 'acme-tls', objects: [object] })
    expect(findingsOf(rule, facts, { genuine: { packages: ['acme-*'], sonames: [] } })).toEqual([])
    expect(findingsOf(rule, facts, { genuine: { packages: ['acme'], sonames: [] } })).toHaveLength(1)
  })

  test('ignores symbols that the option allows', () => {
    const object = library({ exports: ['CRYPTO_lock', 'SSL_new', 'SSL_free'] })
    expect(found(object, 'x', { allow: ['SSL_*'] })[0]?.symbols).toEqual(['CRYPTO_lock'])
    expect(found(object, 'x', { allow: ['SSL_*', 'CRYPTO_lock'] })).toEqual([])
  })

  test('accepts wildcards anywhere', () => {
    const object = library({ exports: ['CRYPTO_add_lock', 'CRYPTO_lock'] })
    expect(found(object, 'x', { allow: ['CRYPTO_*_lock'] })[0]?.symbols).toEqual(['CRYPTO_lock'])
    expect(found(object, 'x', { allow: ['*_lock'] })).toEqual([])
  })
})
