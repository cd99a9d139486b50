import { describe, expect, test } from '@jest/globals'
import type { Finding } from '../../lib/lint/finding.js'
import type { Interposition } from '../../lib/interposition/interposition.js'
import { findingsOf, library, packageOf, program } from '../../lib/testing.js'
import hijacked from '../../rules/hijacked-crypto-binding.js'

const SMTP = { path: '/usr/libexec/smtp', package: 'postfix-2.6-1.x86_64' }
const CLIENT = { path: '/usr/lib64/libx.so.1', package: 'x-1-1.x86_64' }
const CRYPTO = { path: '/usr/lib64/libcrypto.so.10', package: null }

const BASE: Interposition = {
  kind: 'hijacked',
  concerns: 'provider',
  start: { root: SMTP, isPlugin: false, order: [SMTP.path, CLIENT.path, CRYPTO.path] },
  referrer: SMTP,
  provider: CLIENT,
  intended: CRYPTO,
  symbols: ['CRYPTO_lock'],
}
const OTHER = { root: { path: '/usr/bin/mysql', package: null }, isPlugin: false, order: ['/usr/bin/mysql', CLIENT.path, CRYPTO.path] }
const PLUGIN = { ...BASE.start, root: { path: '/usr/lib64/dict.so', package: null }, isPlugin: true }

function found(...stated: readonly Partial<Interposition>[]): Finding[] {
  const object = library({ exports: ['CRYPTO_lock'] })
  const interpositions = stated.map(fields => ({ ...BASE, ...fields }))
  return findingsOf(hijacked, packageOf({ objects: [object] }), { interpositions: new Map([[object.path, interpositions]]) })
}

const messageOf = (...stated: readonly Partial<Interposition>[]): string => found(...stated)[0]?.message ?? ''

describe('hijacked-crypto-binding', () => {
  test('is silent without interposition', () => expect(found()).toEqual([]))

  test('reports the affected program, symbols and load order', () =>
    expect(found({ symbols: ['CRYPTO_lock', 'CRYPTO_add_lock'] })).toMatchObject([
      {
        severity: 'error',
        file: '/usr/lib64/libx.so.1',
        symbols: ['CRYPTO_add_lock', 'CRYPTO_lock'],
        message:
          '/usr/libexec/smtp (postfix-2.6-1.x86_64) would bind 2 OpenSSL symbols to this library instead of /usr/lib64/libcrypto.so.10; ' +
          'load order: /usr/libexec/smtp, /usr/lib64/libx.so.1, /usr/lib64/libcrypto.so.10',
      },
    ]))

  test('of a program is about the program, with its fix', () => {
    const object = program({ exports: ['CRYPTO_lock'] })
    const [finding] = findingsOf(hijacked, packageOf({ objects: [object] }), { interpositions: new Map([[object.path, [BASE]]]) })
    expect(finding?.message).toContain('would bind 1 OpenSSL symbol to this program instead of')
    expect(finding?.remedy).toContain('-Wl,--version-script=FILE: { local: *; };')
  })

  test('reports the library of the process whose reference it is', () =>
    expect(messageOf({ referrer: { path: '/usr/lib64/libssl.so.10', package: null } })).toMatch(
      /^\/usr\/lib64\/libssl\.so\.10 in \/usr\/libexec\/smtp \(postfix-2\.6-1\.x86_64\) would bind 1 OpenSSL symbol to this library/,
    ))

  test('counts objects in between in the load order', () => {
    const order = [SMTP.path, '/a', '/b', CLIENT.path, '/c', CRYPTO.path]
    expect(messageOf({ start: { ...BASE.start, order } })).toContain(
      'load order: /usr/libexec/smtp, 2 more, /usr/lib64/libx.so.1, 1 more, /usr/lib64/libcrypto.so.10',
    )
  })

  const victim = (number: number, symbols: readonly string[]): Partial<Interposition> => {
    const root = { path: `/usr/bin/${number}`, package: null }
    return { start: { ...BASE.start, root }, referrer: root, symbols }
  }

  test('is about one victim, with its own symbols alone: the one with most', () => {
    const findings = found(victim(1, ['EVP_sha1']), victim(2, ['BIO_new', 'EVP_md5']))
    expect(findings.map(({ symbols, data }) => [data['victim'], data['count'], symbols])).toEqual([
      ['/usr/bin/2', 2, ['BIO_new', 'EVP_md5']],
      ['/usr/bin/1', 1, ['EVP_sha1']],
    ])
    expect(findings.map(({ data }) => (data['bindings'] as readonly object[]).length)).toEqual([1, 1])
  })

  test('lists victims of the same symbols, and counts those beyond the first few', () => {
    const victims = [3, 4, 5, 6, 7].map(number => victim(number, ['CRYPTO_lock']))
    const [finding, ...more] = found(victim(1, ['CRYPTO_lock', 'BIO_new']), ...victims)
    expect(more).toEqual([])
    expect(finding?.message).toContain(' (and so would /usr/bin/3 with 1, /usr/bin/4 with 1, /usr/bin/5 with 1, 2 more); load order')
    expect(finding?.data['bindings']).toHaveLength(6)
  })

  test('counts a symbol that a victim refers to twice once', () =>
    expect(found({}, { start: { ...BASE.start }, intended: CLIENT })[0]?.data['count']).toBe(1))

  test('tells an unversioned genuine library of another release to get versions', () => {
    const object = library({ path: '/usr/lib64/libcrypto.so.6', soname: 'libcrypto.so.6', exports: ['CRYPTO_lock'] })
    const stated = { ...BASE, provider: { path: object.path, package: 'openssl098e-1-1.x86_64' } }
    const facts = packageOf({ name: 'openssl098e', objects: [object] })
    const [finding] = findingsOf(hijacked, facts, { interpositions: new Map([[object.path, [stated]]]) })
    expect(finding?.remedy).toMatch(/^Give the symbols of this library versions of its release\. Build OpenSSL 1\.1\.0/)
  })

  test('reports the provider for the referrer, and where to fix it', () =>
    expect(found({ concerns: 'referrer' })[0]).toMatchObject({
      message: expect.stringContaining(' to /usr/lib64/libx.so.1 (x-1-1.x86_64) instead of /usr/lib64/libcrypto.so.10'),
      remedy: expect.stringMatching(
        /^Nothing can be fixed in this package: check \/usr\/lib64\/libx\.so\.1 of x-1-1\.x86_64 with rpmlint-ts, and have it hide the symbols\.$/,
      ),
    }))

  test('tells the provider how to hide its symbols', () => expect(found({})[0]?.remedy).toContain('local: *'))

  test('only warns about a plugin, and states the condition', () => {
    expect(found({ start: PLUGIN })).toMatchObject([{ severity: 'warning' }])
    expect(messageOf({ start: PLUGIN, referrer: PLUGIN.root })).toMatch(
      /^\/usr\/lib64\/dict\.so, loaded by a program that has not loaded \/usr\/lib64\/libcrypto\.so\.10 before, would bind/,
    )
  })

  test('reports a program before a plugin', () => {
    expect(found({ start: PLUGIN, symbols: ['BIO_new'] }, {})).toMatchObject([{ severity: 'error', symbols: ['CRYPTO_lock'] }])
  })

  test('notes that references of the genuine library to itself are interposed', () =>
    expect(messageOf({}, { referrer: CRYPTO })).toMatch(/; \/usr\/lib64\/libcrypto\.so\.10 would not even bind to its own definitions$/))

  const reversed = { kind: 'reversed', concerns: 'referrer', referrer: CLIENT, provider: CRYPTO, intended: CLIENT } as const

  test('warns about a library whose references to itself are interposed', () =>
    expect(found(reversed)).toMatchObject([
      {
        severity: 'warning',
        message: expect.stringMatching(
          /^\/usr\/lib64\/libx\.so\.1 in \/usr\/libexec\/smtp \(.*\) would bind 1 OpenSSL symbol to \/usr\/lib64\/libcrypto\.so\.10 instead of its own definitions/,
        ),
      },
    ]))

  test('notes it beside a more severe finding', () => {
    const [finding] = found({}, { ...reversed, start: OTHER, symbols: ['BIO_new'] })
    expect(finding).toMatchObject({ severity: 'error', symbols: ['CRYPTO_lock'] })
    expect(finding?.message).toMatch(/; elsewhere, in \/usr\/bin\/mysql, its own calls would bind to \/usr\/lib64\/libcrypto\.so\.10$/)
  })
})

describe('a plugin of a program that exports the symbols', () => {
  const NODE = { path: '/usr/bin/node', package: 'nodejs-18-1.x86_64' }
  const hosted = { referrer: PLUGIN.root, provider: NODE, start: { ...PLUGIN, host: NODE } }

  test('is a warning that names the program', () => {
    expect(found({ ...hosted, concerns: 'referrer' })).toMatchObject([
      {
        severity: 'warning',
        message:
          '/usr/lib64/dict.so, if /usr/bin/node (nodejs-18-1.x86_64) loads it, would bind 1 OpenSSL symbol to that program instead of ' +
          '/usr/lib64/libcrypto.so.10: a program comes first in every lookup',
        remedy:
          'Nothing can be fixed in this package: check the program /usr/bin/node of nodejs-18-1.x86_64 with rpmlint-ts, and have it hide the symbols.',
        data: { bindings: [{ host: '/usr/bin/node', program: '/usr/lib64/dict.so', isPlugin: true }] },
      },
    ])
  })

  test('is reported for the program too', () =>
    expect(messageOf({ ...hosted })).toContain(
      '/usr/lib64/dict.so, if this program loads it, would bind 1 OpenSSL symbol to the program instead',
    ))

  test('that links no library of its own is the concern of another rule', () =>
    expect(found({ ...hosted, kind: 'unlinked', concerns: 'referrer' })).toEqual([]))
})
