import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { Family, type FamilyData } from '../../lib/catalogue/family.js'

const DATA: FamilyData = {
  schema: 1,
  family: 'acme',
  title: 'Acme',
  provenance: 'made up',
  isVersioned: true,
  releases: ['0.9', '1.0', '1.1'],
  implementations: { b: 'BoringAcme' },
  versionNodes: '^ACME_\\d+$',
  packages: ['^acme(-libs)?$'],
  libraries: [
    { name: 'libacme', sonames: ['libacme.so', 'libacme.so.?*'], symbols: ['acme_new 0 2 f b', 'acme_hash 1 1 fw', 'acme_table 1 2 o'] },
    { name: 'libwile', sonames: ['libwile.so.1'], symbols: ['wile_run 0 1 f'] },
  ],
  noOps: ['acme_new'],
  traces: [],
}

const family = new Family(DATA)

describe('a guarded name', () => {
  test('is known with its library, releases and other implementations', () => {
    expect(family.find('acme_new')).toEqual({
      name: 'acme_new',
      library: 'libacme',
      isWeak: false,
      firstRelease: '0.9',
      lastRelease: '1.1',
      implementations: ['BoringAcme'],
    })
  })

  test('may be weak, and without other implementations', () =>
    expect(family.find('acme_hash')).toMatchObject({ isWeak: true, implementations: [] }))
  test('is not weak for being deprecated or data', () => expect(family.find('acme_table')?.isWeak).toBe(false))

  test.each(['acme', 'acme_ne', 'acme_new ', 'acme_new 0', 'ACME_NEW', '', 'toString', '__proto__'])('%j is none', name => {
    expect({ guards: family.guards(name), find: family.find(name) }).toEqual({ guards: false, find: null })
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
  ])('%j is of %s', (soname, library) => expect(family.libraryOfSoname(soname)).toBe(library))
})

test('nodes, owners and functions that rightly do nothing are the data’s', () => {
  expect([family.isOwnNode('ACME_1'), family.isOwnNode('ACME_x'), family.isOwnNode('MY_ACME_1')]).toEqual([true, false, false])
  expect([family.isOwnPackage('acme-libs'), family.isOwnPackage('acme-tools')]).toEqual([true, false])
  expect([family.isKnownNoOp('acme_new'), family.isKnownNoOp('wile_run')]).toEqual([true, false])
})

describe('the catalogue', () => {
  const catalogue = new Catalogue()
  const openssl = catalogue.family('openssl')

  test('finds the family of a name, and none for others', () => {
    expect(new Catalogue([DATA]).familyOf('wile_run')?.data.family).toBe('acme')
    expect(catalogue.familyOf('wile_run')).toBeNull()
    expect(catalogue.family('acme')).toBeNull()
  })

  test.each(['CRYPTO_lock', 'SSL_new', 'EVP_CIPHER_CTX_init', 'd2i_X509', 'MD5_Init'])('guards %s', name =>
    expect(catalogue.familyOf(name)).toBe(openssl),
  )

  test.each(['main', 'mysql_init', 'ssl_new', 'CRYPTO', '_init', 'malloc'])('does not guard %s', name =>
    expect(catalogue.familyOf(name)).toBeNull(),
  )

  test('holds to its own form: fields, releases in order, no name twice', () => {
    const seen = new Set<string>()
    for (const { symbols } of openssl?.data.libraries ?? []) {
      for (const line of symbols) {
        const [name = '', first = '', last = ''] = line.split(' ')
        if (!/^[A-Za-z_]\w* [0-9a-z] [0-9a-z] [fo]d?w?( [a-z]+)?$/.test(line)) throw new Error(`not in the form: ${line}`)
        if (Number.parseInt(first, 36) > Number.parseInt(last, 36)) throw new Error(`${name}: first release behind the last`)
        if (seen.has(name)) throw new Error(`${name}: twice`)
        seen.add(name)
      }
    }
    expect(seen.size).toBeGreaterThan(7000)
    const releases = new Set(openssl?.data.releases)
    const isKnown = (name: string): boolean =>
      releases.has(openssl?.find(name)?.firstRelease ?? '') && releases.has(openssl?.find(name)?.lastRelease ?? '')
    expect([...seen].filter(name => !isKnown(name))).toEqual([])
  })

  test('has functions that rightly do nothing among its own names, and anchors that stand in what they anchor', () => {
    expect(openssl?.data.noOps.filter(name => !openssl.guards(name))).toEqual([])
    for (const { anchors, pattern } of openssl?.data.traces ?? []) {
      expect(() => new RegExp(pattern)).not.toThrow()
      for (const anchor of anchors) expect(anchor.length).toBeGreaterThanOrEqual(7)
    }
  })
})
