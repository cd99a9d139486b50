import { describe, expect, test } from '@jest/globals'
import { matchesWildcard } from '../../lib/bytes/wildcard.js'
import fc from '../support/properties.js'
import { versionScriptFor } from '../../lib/lint/version-script.js'
import { library } from '../../lib/testing.js'

const scriptFor = (exports: readonly string[], versionNodes: readonly string[] = []) => versionScriptFor(library({ exports, versionNodes }))
const many = (prefix: string, count = 13): string[] => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

describe('few symbols', () => {
  test('are listed, sorted, without OpenSSL’s', () => {
    expect(scriptFor(['mysql_init', 'CRYPTO_lock', 'mysql_close', 'SSL_new'])).toBe('{ global: mysql_close; mysql_init; local: *; };')
  })

  test('are listed once', () => expect(scriptFor(['f@@V_1', 'f@V_0', 'SSL_new'])).toBe('{ global: f; local: *; };'))

  test('are up to twelve', () => {
    expect(scriptFor(many('my_', 12))).toContain('my_0; my_1; my_10;')
    expect(scriptFor(many('my_', 13))).toBe('{ global: my_*; local: *; };')
  })
})

describe('many symbols', () => {
  test('are summarised by prefixes', () => {
    expect(scriptFor([...many('mysql_'), ...many('mariadb_'), '_my_init', 'CRYPTO_lock'])).toBe(
      '{ global: _my_*; mariadb_*; mysql_*; local: *; };',
    )
  })

  test('of C++ have one prefix', () => expect(scriptFor([...many('_ZN2my1f'), 'SSL_new'])).toBe('{ global: _Z*; local: *; };'))

  test('without a prefix are listed', () => expect(scriptFor([...many('my_'), 'run'])).toBe('{ global: my_*; run; local: *; };'))

  test('that share a prefix with an unwanted one are listed', () => {
    expect(scriptFor([...many('my_'), 'SSL_mine', 'SSL_new'])).toBe('{ global: SSL_mine; my_*; local: *; };')
  })

  test('never export an unwanted symbol or hide one of the library’s own', () => {
    const own = fc.stringMatching(/^[A-Za-z_]{1,4}_?[a-z0-9]{0,4}$/)
    const unwanted = fc.constantFrom('CRYPTO_lock', 'SSL_new', 'MD5_Init', 'd2i_X509', 'i2d_X509', 'EVP_CIPHER_CTX_init', 'BIO_new')
    const alike = unwanted.map(name => `${name.slice(0, name.indexOf('_') + 1)}mine`)
    fc.assert(
      fc.property(fc.array(fc.oneof(own, alike), { minLength: 1, maxLength: 40 }), fc.array(unwanted), (names, guarded) => {
        const object = library({ exports: [...names, ...guarded] })
        const patterns = /global: (.*); local: \*;/.exec(versionScriptFor(object) ?? '')?.[1]?.split('; ') ?? []
        const isExported = (name: string): boolean => patterns.some(pattern => matchesWildcard(pattern, name))
        const hidden = object.guarded.map(({ name }) => name)
        expect(hidden.filter(isExported)).toEqual([])
        expect(object.exports.filter(({ name }) => !hidden.includes(name) && !isExported(name))).toEqual([])
      }),
    )
  })
})

describe('a symbol that is special in a version script', () => {
  test.each([
    ['a pattern', '*', '"*"'],
    ['an end', 'a;b', '"a;b"'],
    ['a word of the language', 'local', '"local"'],
    ['a line end', 'a\nerror: none', '"a\\x0aerror: none"'],
    ['another alphabet', Buffer.from('größe').toString('latin1'), '"größe"'],
  ])('is quoted: %s', (_, name, written) => {
    expect(scriptFor([name, 'SSL_new'])).toBe(`{ global: ${written}; local: *; };`)
    expect(scriptFor([name, ...many('my_'), 'SSL_new'])).toContain(written)
  })

  test('is not summarised by a prefix', () => expect(scriptFor(many('*_'))).toContain('"*_0"; "*_1"'))
  test('may be a node', () => expect(scriptFor(['f', 'SSL_new'], ['V 1'])).toBe('"V 1" { global: f; local: *; };'))
})

describe('a version node', () => {
  test('of the library is kept', () => expect(scriptFor(['f@@V_1', 'SSL_new'], ['V_1'])).toBe('V_1 { global: f; local: *; };'))
  test('is not invented', () => expect(scriptFor(['f', 'SSL_new'])).toBe('{ global: f; local: *; };'))
})

describe('no symbols to keep', () => {
  test('give no script', () => expect(scriptFor(['SSL_new', 'CRYPTO_lock'])).toBeNull())
  test('also if the link editor added its own symbols', () => {
    expect(scriptFor(['SSL_new', '_init', '_fini', '_edata', '_end', '__bss_start'])).toBeNull()
    expect(scriptFor(['SSL_new', '_init', '_initialise'])).toBe('{ global: _initialise; local: *; };')
  })
})
