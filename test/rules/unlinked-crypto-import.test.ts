import { describe, expect, test } from '@jest/globals'
import { findingsOf, library, packageOf, program, type StatedObject } from '../../lib/testing.js'
import unlinked from '../../rules/unlinked-crypto-import.js'

const found = (object: StatedObject, ...others: readonly StatedObject[]) =>
  findingsOf(unlinked, packageOf({ objects: [library(object), ...others.map(library)] }))

describe('unlinked-crypto-import', () => {
  test('warns about a library that needs OpenSSL symbols without linking a provider', () =>
    expect(found({ imports: ['SSL_new', 'CRYPTO_lock', 'malloc'], needed: ['libc.so.6'] })).toMatchObject([
      {
        severity: 'warning',
        file: '/usr/lib64/libx.so.1',
        symbols: ['CRYPTO_lock', 'SSL_new'],
        data: { count: 2, libraries: ['libcrypto', 'libssl'] },
      },
    ]))

  test('warns about a program too', () =>
    expect(findingsOf(unlinked, packageOf({ objects: [program({ imports: ['SSL_new'] })] }))).toHaveLength(1))

  test.each(['libcrypto.so.10', 'libssl.so.3', 'libcrypto.so.1.1'])('is silent if %s is linked', soname =>
    expect(found({ imports: ['CRYPTO_lock'], needed: ['libc.so.6', soname] })).toEqual([]),
  )

  test('is silent if it links a library of its package that exports the symbol', () => {
    const own = { path: '/opt/x/libown.so', soname: 'libown.so', exports: ['CRYPTO_lock'] }
    expect(found({ imports: ['CRYPTO_lock'], needed: ['libown.so'] }, own)).toEqual([])
    expect(found({ imports: ['CRYPTO_lock'] }, own)).toHaveLength(1)
    expect(found({ imports: ['CRYPTO_lock', 'SSL_new'], needed: ['libown.so'] }, own)).toMatchObject([{ symbols: ['SSL_new'] }])
  })

  test('is silent for weak references', () => expect(found({ imports: ['CRYPTO_lock?'] })).toEqual([]))

  test('is silent for one or two generic symbols', () => {
    expect(found({ imports: ['MD5_Init', 'MD5_Update'] })).toEqual([])
    expect(found({ imports: ['MD5_Init', 'MD5_Update', 'MD5_Final'] })).toHaveLength(1)
  })

  test('is silent for the genuine library, and inside archives', () => {
    expect(found({ soname: 'libssl.so.10', exports: ['SSL_new@@libssl.so.10'], imports: ['CRYPTO_lock'] })).toEqual([])
    expect(found({ imports: ['CRYPTO_lock'], isNested: true })).toEqual([])
  })
})
