import { describe, expect, test } from '@jest/globals'
import openssl from '../../lib/catalogue/data/openssl.json' with { type: 'json' }
import { findingsOf, library, packageOf, program } from '../../lib/testing.js'
import rule from '../../rules/do-nothing-crypto-export.js'

const found = (object: ReturnType<typeof library>, name = 'x') => findingsOf(rule, packageOf({ name, objects: [object] }))
const publicNames = openssl.libraries.flatMap(({ symbols }) => symbols.map(row => row.slice(0, row.indexOf(' '))))
/** Functions with code. */
const MORE = ['BN_new', 'BN_free', 'BN_add', 'BN_sub', 'SSL_free', 'SSL_read', 'SSL_write', 'DSA_new', 'DSA_free', 'RSA_free']
const stub = { name: 'CRYPTO_lock', stub: 'only returns' } as const

describe('do-nothing-crypto-export', () => {
  test('rejects a stub and reports what it does', () =>
    expect(found(library({ exports: [stub, 'BIO_new'] }))[0]).toMatchObject({
      severity: 'error',
      symbols: ['CRYPTO_lock'],
      data: { does: { CRYPTO_lock: 'only returns' } },
    }))

  test('is silent for code that does something', () => expect(found(library({ exports: ['CRYPTO_lock'] }))).toEqual([]))

  test('is silent for a stub of the genuine library', () =>
    expect(found(library({ exports: [{ name: 'ERR_remove_state', stub: 'only returns', isKnownNoOp: true }] }))).toEqual([]))

  describe('a stub that the library or a fork has too', () => {
    const known = (name: string) => ({ name, stub: 'returns a constant', isKnownNoOp: true }) as const
    const code = ['BIO_new', 'BIO_free', 'EVP_sha1', 'SSL_new', 'RSA_new', 'DH_new', 'X509_new', 'PEM_read_bio']

    test('is accepted in a complete copy', () =>
      expect(found(library({ exports: [known('RAND_poll'), known('ENGINE_load_builtin_engines'), ...code] }))).toEqual([]))

    test('is reported among so many that nothing works', () =>
      expect(found(library({ exports: [known('RAND_poll'), known('ENGINE_cleanup'), known('SSL_library_init'), ...code] }))).toMatchObject([
        { severity: 'error', symbols: ['ENGINE_cleanup', 'RAND_poll', 'SSL_library_init'] },
      ]))

    test('does not hide a stub that all others implement', () =>
      expect(found(library({ exports: [known('RAND_poll'), stub, ...code] }))).toMatchObject([{ symbols: ['CRYPTO_lock'] }]))

    test('may also come from a build option, in a complete copy', () => {
      const complete = publicNames.filter(name => name !== stub.name).slice(0, 1000)
      expect(found(library({ exports: [stub, ...complete] }))).toEqual([])
      expect(found(library({ exports: [stub, ...complete.slice(1)] }))).toEqual([])
      expect(found(library({ exports: [stub, ...complete.slice(2)] }))).toHaveLength(1)
      const tooMany = complete.slice(0, 11).map(name => ({ ...stub, name }))
      expect(found(library({ exports: [...tooMany, ...complete.slice(11)] }))).toMatchObject([{ data: { count: 11 } }])
    })

    test('is known from the catalogue: of BoringSSL, AWS-LC and LibreSSL, and of OpenSSL itself', () => {
      const names = ['RAND_poll', 'CRYPTO_num_locks', 'ERR_load_crypto_strings', 'SSL_library_init', 'OPENSSL_isservice']
      const stubs = names.map(name => ({ name, stub: 'returns a constant' }) as const)
      expect(found(library({ exports: [...stubs, ...code, ...MORE] }))).toEqual([])
    })
  })

  test('is silent inside the genuine library', () =>
    expect(found(library({ soname: 'libcrypto.so.10', exports: [stub] }), 'openssl-libs')).toEqual([]))

  test('checks programs too', () => expect(found(program({ exports: [stub] }))).toHaveLength(1))

  test('checks a stub under any version that a reference can reach', () => {
    expect(found(library({ exports: [{ ...stub, version: 'V_1', reach: 'unversioned' }] }))).toHaveLength(1)
    expect(found(library({ exports: [{ ...stub, version: 'OPENSSL_3.0.0', isOwnNode: true, reach: 'own-version' }] }))).toHaveLength(1)
    expect(found(library({ exports: [{ ...stub, version: 'V_2', reach: 'own-version' }] }))).toEqual([])
  })

  test('reports one generic symbol as an info', () =>
    expect(found(library({ exports: [{ name: 'str_dup', stub: 'returns zero' }] }))[0]?.severity).toBe('info'))
})
