import { describe, expect, test } from '@jest/globals'
import type { Finding } from '../../lib/lint/finding.js'
import type { Interposition } from '../../lib/interposition/interposition.js'
import { findingsOf, library, packageOf } from '../../lib/testing.js'
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

  test('reports one affected program, and the number of others', () => {
    expect(messageOf({}, { start: OTHER })).toContain(' (and so would 1 more); load order')
    expect(found({}, { start: OTHER, symbols: ['BIO_new'] })[0]).toMatchObject({
      symbols: ['BIO_new', 'CRYPTO_lock'],
      data: { bindings: [{ program: '/usr/libexec/smtp' }, { program: '/usr/bin/mysql' }] },
    })
  })

  test('reports the provider for the referrer, and where to fix it', () =>
    expect(found({ concerns: 'referrer' })[0]).toMatchObject({
      message: expect.stringContaining(' to /usr/lib64/libx.so.1 (x-1-1.x86_64) instead of /usr/lib64/libcrypto.so.10'),
      remedy: expect.stringMatching(/^Check \/usr\/lib64\/libx\.so\.1 of x-1-1\.x86_64 with rpmlint-ts and hide the symbols there\./),
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
