import { describe, expect, test } from '@jest/globals'
import type { Interposition } from '../../lib/interposition/interposition.js'
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

describe('unlinked-crypto-import in a program that exports the symbols', () => {
  const ADDON = { path: '/usr/lib/ursa.node', package: 'ursa-1-1.x86_64' }
  const hostedBy = (path: string, symbols: readonly string[], more: Partial<Interposition> = {}): Interposition => {
    const host = { path, package: 'nodejs-18-1.x86_64' }
    const start = { root: ADDON, isPlugin: true, host, order: [] }
    return { kind: 'unlinked', concerns: 'referrer', start, referrer: ADDON, provider: host, intended: host, symbols, ...more }
  }
  const foundWith = (...interpositions: readonly Interposition[]) => {
    const object = library({ path: ADDON.path, soname: null, imports: ['BN_new', 'BN_free', 'RAND_bytes'] })
    return findingsOf(unlinked, packageOf({ name: 'ursa', objects: [object] }), {
      interpositions: new Map([[object.path, interpositions]]),
    })
  }

  test('names the program, and says that it has to be fixed first', () =>
    expect(foundWith(hostedBy('/usr/bin/node', ['BN_new', 'RAND_bytes']))).toMatchObject([
      {
        severity: 'warning',
        symbols: ['BN_free', 'BN_new', 'RAND_bytes'],
        message:
          'has no DT_NEEDED entry for a library that provides the 3 symbols it needs from libcrypto: if /usr/bin/node (nodejs-18-1.x86_64) ' +
          'loads it, 2 of them bind to that program',
        remedy: expect.stringMatching(/^Have \/usr\/bin\/node \(nodejs-18-1\.x86_64\) hide its symbols [^]* mixes two copies of OpenSSL/),
        data: { host: '/usr/bin/node (nodejs-18-1.x86_64)', hosted: 2, hostedSymbols: ['BN_new', 'RAND_bytes'] },
      },
    ]))

  test('names the program that exports most of them', () =>
    expect(foundWith(hostedBy('/usr/bin/a', ['BN_new']), hostedBy('/usr/bin/b', ['BN_free', 'BN_new']))[0]?.data['hosted']).toBe(2))

  test('is about references of the file itself', () => {
    const hijack = hostedBy('/usr/bin/node', ['BN_new'], { kind: 'hijacked' })
    for (const other of [hijack, hostedBy('/usr/bin/node', ['BN_new'], { concerns: 'root' })])
      expect(foundWith(other)[0]?.message).not.toContain('/usr/bin/node')
  })

  test('is possible where no program is known: the fix says so', () =>
    expect(foundWith()[0]?.remedy).toContain('the program has to be fixed first'))
})
