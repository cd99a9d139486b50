import { describe, expect, test } from '@jest/globals'
import { lint } from '../../lib/lint/lint.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { Catalogue, findingsOf, library, packageOf, program } from '../../lib/testing.js'
import foreign from '../../rules/foreign-crypto-version.js'
import forged from '../../rules/forged-crypto-version.js'
import unversionedOpenssl from '../../rules/unversioned-openssl.js'

const inPackage = (object: ReturnType<typeof library>, name = 'x') => packageOf({ name, objects: [object] })

describe('forged-crypto-version', () => {
  test('rejects OpenSSL’s nodes in a library that is not OpenSSL, default or hidden', () => {
    const object = library({ exports: ['CRYPTO_lock@@OPENSSL_1.0.1', 'BIO_new@OPENSSL_3.0.0', 'x_own@@X_1'] })
    expect(findingsOf(forged, inPackage(object))[0]).toMatchObject({
      severity: 'error',
      symbols: ['BIO_new', 'CRYPTO_lock'],
      data: { nodes: ['OPENSSL_1.0.1', 'OPENSSL_3.0.0'] },
    })
  })

  test('says when a copy in a private directory matters: in a process that loads the genuine library too', () => {
    const message = (path: string): string | undefined =>
      findingsOf(forged, inPackage(library({ path, exports: ['CRYPTO_lock@@OPENSSL_1.0.1'] })))[0]?.message
    expect(message('/opt/acme/lib/libx.so.1')).toContain('a process that finds it here and loads the genuine one too')
    expect(message('/usr/lib64/libx.so.1')).not.toContain('a process that finds it here')
  })

  test('recognises the nodes of distributions', () =>
    expect(findingsOf(forged, inPackage(library({ exports: ['CRYPTO_lock@@libcrypto.so.10'] })))).toHaveLength(1))

  test('is silent for similar nodes', () =>
    expect(findingsOf(forged, inPackage(library({ exports: ['CRYPTO_lock@@MY_OPENSSL_3.0.0', 'BIO_new@@OPENSSL'] })))).toEqual([]))

  test('is silent for an unmodified copy: its own symbols under its own soname', () => {
    const copy = library({ path: '/opt/x/lib/libcrypto.so.3', soname: 'libcrypto.so.3', exports: ['CRYPTO_lock@@OPENSSL_3.0.0'] })
    expect(findingsOf(forged, inPackage(copy))).toEqual([])
  })

  test('checks a library with one symbol under another node', () => {
    const copy = library({ soname: 'libcrypto.so.3', exports: ['CRYPTO_lock@@OPENSSL_3.0.0', 'BIO_new@@V_1'] })
    expect(findingsOf(forged, inPackage(copy))[0]?.symbols).toEqual(['CRYPTO_lock'])
  })

  test('leaves programs to their own rule', () =>
    expect(findingsOf(forged, inPackage(program({ exports: ['CRYPTO_lock@@OPENSSL_3.0.0'] })))).toEqual([]))
})

describe('foreign-crypto-version', () => {
  test('warns about a version of the library’s own that unversioned references bind to', () =>
    expect(findingsOf(foreign, inPackage(library({ exports: ['CRYPTO_lock@@V_1'] })))[0]).toMatchObject({
      severity: 'warning',
      symbols: ['CRYPTO_lock'],
    }))

  test('is silent for a hidden later version, which only references to it bind to', () =>
    expect(findingsOf(foreign, inPackage(library({ exports: ['CRYPTO_lock@V_2'] })))).toEqual([]))

  test('warns about the hidden base version: unversioned references bind to it', () => {
    const object = library({ exports: [{ name: 'CRYPTO_lock', version: null, reach: 'unversioned' }] })
    expect(findingsOf(foreign, inPackage(object))[0]?.data['nodes']).toEqual(['the hidden base version'])
  })

  test('reports one generic symbol as an info: libcrypt’s crypt is its own', () =>
    expect(findingsOf(foreign, inPackage(library({ soname: 'libcrypt.so.1', exports: ['crypt@@XCRYPT_2.0'] })))[0]?.severity).toBe('info'))

  test('leaves programs to their own rule', () =>
    expect(findingsOf(foreign, inPackage(program({ exports: ['CRYPTO_lock@@V_1'] })))).toEqual([]))

  test('ignores the genuine library, but not others with its soname', () => {
    const library3 = library({ path: '/usr/lib64/libcrypto.so.3', soname: 'libcrypto.so.3', exports: ['CRYPTO_lock@@V_1'] })
    expect(findingsOf(foreign, inPackage(library3, 'openssl-libs'))).toEqual([])
    expect(findingsOf(foreign, inPackage(library3, 'x'))).toHaveLength(1)
  })

  test('is an error if configured', () => {
    const settings = { ...DEFAULT_SETTINGS, rules: { [foreign.id]: { severity: 'error', options: {} } } } as const
    expect(lint(inPackage(library({ exports: ['CRYPTO_lock@@V_1'] })), [foreign], settings, new Catalogue())[0]?.severity).toBe('error')
  })

  test('leaves OpenSSL’s own nodes to the other rule', () =>
    expect(findingsOf(foreign, inPackage(library({ exports: ['CRYPTO_lock@@OPENSSL_3.0.0'] })))).toEqual([]))
})

describe('unversioned-openssl', () => {
  const old = library({ path: '/usr/lib64/libcrypto.so.6', soname: 'libcrypto.so.6', exports: ['CRYPTO_lock', 'BIO_new'] })

  test('warns about the genuine library without versions', () =>
    expect(findingsOf(unversionedOpenssl, inPackage(old, 'openssl'))[0]).toMatchObject({
      severity: 'warning',
      symbols: ['BIO_new', 'CRYPTO_lock'],
    }))

  test('counts a symbol under several versions once', () => {
    const half = library({ soname: 'libcrypto.so.10', exports: ['CRYPTO_lock', 'BIO_new@OPENSSL_1.0.1', 'BIO_new@@OPENSSL_1.0.2'] })
    expect(findingsOf(unversionedOpenssl, inPackage(half, 'openssl'))[0]?.message).toBe(
      'exports 1 of its 2 OpenSSL symbols without a version',
    )
  })

  test('is silent in any other package, where other rules apply', () =>
    expect(findingsOf(unversionedOpenssl, inPackage(old, 'x'))).toEqual([]))

  test('is silent for a versioned library', () =>
    expect(
      findingsOf(unversionedOpenssl, inPackage(library({ soname: 'libcrypto.so.3', exports: ['BIO_new@@OPENSSL_3.0.0'] }), 'openssl-libs')),
    ).toEqual([]))
})
