import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import internals from '../../lib/catalogue/data/openssl-internals.json' with { type: 'json' }
import openssl from '../../lib/catalogue/data/openssl.json' with { type: 'json' }
import { Family, type FamilyData } from '../../lib/catalogue/family.js'

const DATA: FamilyData = {
  schema: 1,
  family: 'acme',
  title: 'Acme',
  isVersioned: true,
  versionNodes: '^ACME_\\d+$',
  packages: ['^acme(-libs)?$'],
  libraries: [
    { name: 'libacme', sonames: ['libacme.so', 'libacme.so.?*'], symbols: ['acme_new 0 2 f b', 'acme_hash 1 1 fw', 'acme_table 1 2 o'] },
    {
      name: 'libwile',
      sonames: ['libwile.so.1'],
      symbols: ['wile_run 0 1 f'],
      internals: ['wile_core 1 2 f', 'wile_block 0 1 axc', 'wile_mix 0 0 alwc', 'wile_run_b 0 0 o b'],
    },
  ],
  noOps: ['acme_new'],
  traces: [],
  texts: {
    linkFlags: '-lwile -lacme',
    exampleSymbol: 'acme_new',
    versionedReference: 'acme_new@ACME_1',
    symbolPatterns: ['acme_*'],
    stubEffect: 'no anvil',
    incident: '',
    versioning: 'Acme has versioned its symbols since 0.9.',
    versioningFix: 'Build Acme 0.9 or later.',
    references: {},
  },
}

const family = new Family(DATA)
const acme = new Catalogue([DATA])

describe('a guarded symbol', () => {
  test('has a family and a library', () => {
    expect(acme.find('acme_new')).toEqual({ name: 'acme_new', family: acme.families[0], library: 'libacme', isGeneric: false })
    expect(acme.find('wile_run')).toMatchObject({ library: 'libwile' })
  })

  test('may be generic', () => expect(acme.find('acme_hash')?.isGeneric).toBe(true))
  test('is not generic for being deprecated or data', () => expect(acme.find('acme_table')?.isGeneric).toBe(false))

  test.each(['acme', 'acme_ne', 'acme_new ', 'acme_new 0', 'ACME_NEW', '', 'toString', '__proto__'])('%j is not one', name => {
    expect({ guards: acme.guards(name), find: acme.find(name) }).toEqual({ guards: false, find: null })
  })

  test('of two families belongs to the first', () => {
    const both = new Catalogue([
      DATA,
      { ...DATA, family: 'other', libraries: [{ name: 'libother', sonames: [], symbols: ['acme_new 0 2 f', 'o 0 0 f'] }] },
    ])
    expect(both.find('acme_new')?.library).toBe('libacme')
    expect(both.find('o')?.library).toBe('libother')
  })
})

describe('an internal symbol', () => {
  const OF_C = { library: 'libwile', wasExported: 'no', isGeneric: false, isAssembler: false, isShared: false, isForkApi: false }

  test.each([
    ['wile_core', { ...OF_C, series: { first: 1, last: 2 } }],
    ['wile_block', { ...OF_C, wasExported: 'yes', isAssembler: true, isShared: true, series: { first: 0, last: 1 } }],
    ['wile_mix', { ...OF_C, wasExported: 'likely', isGeneric: true, isAssembler: true, isShared: true, series: { first: 0, last: 0 } }],
    ['wile_run_b', { ...OF_C, isForkApi: true, series: { first: 0, last: 0 } }],
  ])('%s has its details', (name, details) => expect(acme.internal(name)).toEqual({ name, family: acme.families[0], ...details }))

  test('is not guarded, and a guarded symbol is not internal', () => {
    expect([acme.guards('wile_core'), acme.find('wile_core')]).toEqual([false, null])
    expect([acme.internal('wile_run'), acme.internal('acme_new'), acme.internal('wile')]).toEqual([null, null, null])
  })
})

describe('a soname', () => {
  test.each([
    ['libacme.so', 'libacme'],
    ['libacme.so.3', 'libacme'],
    ['libacme.so.1.0.2', 'libacme'],
    ['libwile.so.1', 'libwile'],
    ['libwile.so.1.2', null],
    ['libacme.sox', null],
    ['libacme.so.', null],
    ['mylibacme.so.3', null],
    ['', null],
  ])('%j belongs to %s', (soname, library) => expect(family.libraryOfSoname(soname)).toBe(library))
})

test('nodes, packages and known stubs come from the data', () => {
  expect([family.isOwnNode('ACME_1'), family.isOwnNode('ACME_x'), family.isOwnNode('MY_ACME_1')]).toEqual([true, false, false])
  expect([family.isOwnPackage('acme-libs'), family.isOwnPackage('acme-tools')]).toEqual([true, false])
  expect([family.isKnownNoOp('acme_new'), family.isKnownNoOp('wile_run')]).toEqual([true, false])
})

test('a family without versions has no nodes of its own', () =>
  expect(new Family({ ...DATA, isVersioned: false, versionNodes: null }).isOwnNode('ACME_1')).toBe(false))

describe('the shipped catalogue', () => {
  const catalogue = new Catalogue()

  test('has its families by id', () => {
    expect(catalogue.family('openssl')?.data.title).toBe('OpenSSL')
    expect(catalogue.family('acme')).toBeNull()
  })

  test.each(['CRYPTO_lock', 'SSL_new', 'EVP_CIPHER_CTX_init', 'd2i_X509', 'MD5_Init'])('guards %s', name =>
    expect(catalogue.find(name)?.family).toBe(catalogue.family('openssl')),
  )

  test.each(['SCT_free', 'SCT_print', 'UI_new', 'MD5_Init'])('%s is generic', name => expect(catalogue.find(name)?.isGeneric).toBe(true))
  test.each(['SCT_new_from_base64', 'UI_add_user_data', 'CONF_modules_load'])('%s is distinctive', name =>
    expect(catalogue.find(name)?.isGeneric).toBe(false),
  )

  test.each(['main', 'mysql_init', 'ssl_new', 'CRYPTO', '_init', 'malloc', 'wile_run'])('does not guard %s', name =>
    expect({ guards: catalogue.guards(name), find: catalogue.find(name) }).toEqual({ guards: false, find: null }),
  )

  test('is well-formed: fields, order of releases, unique symbols', () => {
    const seen = new Set<string>()
    const { length: releases } = openssl.releases
    for (const { symbols } of openssl.libraries) {
      for (const line of symbols) {
        const [name = '', first = '', last = '', , implementations = ''] = line.split(' ')
        if (!/^[A-Za-z_]\w* [0-9a-z] [0-9a-z] [fo]d?w?( [a-z]+)?$/.test(line)) throw new Error(`not in the form: ${line}`)
        if (Number.parseInt(first, 36) > Number.parseInt(last, 36)) throw new Error(`${name}: first release behind the last`)
        if (Number.parseInt(last, 36) >= releases) throw new Error(`${name}: unknown release`)
        if ([...implementations].some(letter => !Object.hasOwn(openssl.implementations, letter)))
          throw new Error(`${name}: unknown implementation`)
        if (seen.has(name)) throw new Error(`${name}: twice`)
        seen.add(name)
      }
    }
    expect(seen.size).toBeGreaterThan(7000)
  })

  test.each([
    ['sha1_block_data_order', { library: 'libcrypto', wasExported: 'yes', isGeneric: true, isAssembler: true, isShared: true }],
    ['OPENSSL_ia32_cpuid', { library: 'libcrypto', wasExported: 'yes', isGeneric: false, isAssembler: true, isShared: false }],
    ['ossl_prov_is_running', { library: 'libcrypto', wasExported: 'no', isGeneric: false, isAssembler: false, isShared: false }],
    ['X25519', { wasExported: 'no', isGeneric: true, isForkApi: true }],
    ['ssl3_send_alert', { library: 'libssl', wasExported: 'yes', isGeneric: false }],
  ])('knows the internal symbol %s', (name, details) => expect(catalogue.internal(name)).toMatchObject(details))

  test('has well-formed internal symbols, none of which is guarded', () => {
    const seen = new Set<string>()
    const { length: releases } = openssl.releases
    for (const line of [...internals.libcrypto, ...internals.libssl]) {
      const [name = '', first = '', last = '', , implementations = ''] = line.split(' ')
      if (!/^[A-Za-z_]\w* [0-9a-z] [0-9a-z] [foa][xl]?w?c?( [a-z]+)?$/.test(line)) throw new Error(`not in the form: ${line}`)
      if (Number.parseInt(first, 36) > Number.parseInt(last, 36)) throw new Error(`${name}: first release behind the last`)
      if (Number.parseInt(last, 36) >= releases) throw new Error(`${name}: unknown release`)
      if ([...implementations].some(letter => !Object.hasOwn(openssl.implementations, letter)))
        throw new Error(`${name}: unknown implementation`)
      if (seen.has(name) || catalogue.guards(name)) throw new Error(`${name}: twice`)
      seen.add(name)
    }
    expect(seen.size).toBeGreaterThan(5000)
  })

  test('has stubs of the genuine library among its own symbols, and anchors long enough for the search', () => {
    expect(openssl.noOps.filter(name => !catalogue.guards(name))).toEqual([])
    for (const { anchors, pattern } of openssl.traces) {
      expect(() => new RegExp(pattern)).not.toThrow()
      for (const anchor of anchors) expect(anchor.length).toBeGreaterThanOrEqual(7)
    }
  })
})
