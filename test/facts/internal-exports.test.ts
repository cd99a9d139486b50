import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { STV } from '../../lib/elf/symbol-table.js'
import type { InternalExport } from '../../lib/facts/model.js'
import { objectFactsOf } from '../../lib/facts/object-facts.js'
import { buildElf, type BuiltObject } from '../support/elf-builder.js'

const SYMBOLIC = 16
const RELA = 7
const R_X86_64_GLOB_DAT = 6
const catalogue = new Catalogue()
const internalsOf = (object: BuiltObject): readonly InternalExport[] =>
  objectFactsOf(buildElf(object), { path: '/usr/lib64/libx.so.1', alsoAt: [], isNested: false, sha256: null }, catalogue).internals

const CPUID = { name: 'OPENSSL_ia32_cpuid' }

describe('internal exports', () => {
  test('are the symbols of the library that are not its API, with their versions', () => {
    const symbols = [{ name: 'x_open' }, CPUID, { name: 'CRYPTO_lock' }, { name: 'ossl_rand_ctx_new', versym: 2 }]
    expect(internalsOf({ symbols, nodes: { 2: 'X_1' } })).toMatchObject([
      { name: 'OPENSSL_ia32_cpuid', family: 'openssl', library: 'libcrypto', wasExported: 'yes', version: null, reach: 'all' },
      { name: 'ossl_rand_ctx_new', family: 'openssl', library: 'libcrypto', wasExported: 'no', version: 'X_1', reach: 'unversioned' },
    ])
  })

  test('leave out symbols that lookup cannot find, and references', () => {
    expect(internalsOf({ symbols: [{ ...CPUID, visibility: STV.HIDDEN }] })).toEqual([])
    expect(internalsOf({ symbols: [{ ...CPUID, isDefined: false }] })).toEqual([])
  })
})

describe('whether own references can be interposed', () => {
  const isInterposable = (object: Omit<BuiltObject, 'symbols'>, visibility: number = STV.DEFAULT): boolean | undefined =>
    internalsOf({ ...object, symbols: [{ ...CPUID, visibility }] })[0]?.isInterposable
  const relocations = [{ symbol: CPUID.name, type: R_X86_64_GLOB_DAT }]

  test('is so for a call and for an address', () => {
    expect(isInterposable({ calls: [CPUID.name] })).toBe(true)
    expect(isInterposable({ relocations })).toBe(true)
  })

  test('is not so without a reference, with -Bsymbolic, and for a protected symbol', () => {
    expect(isInterposable({})).toBe(false)
    expect(isInterposable({ relocations, dynamic: { [SYMBOLIC]: 0 } })).toBe(false)
    expect(isInterposable({ relocations }, STV.PROTECTED)).toBe(false)
  })

  test('is assumed where relocations cannot be read', () => {
    expect(isInterposable({ relocations, dynamic: { [RELA]: 0x7f000000 } })).toBe(true)
    expect(isInterposable({ machine: 0x1234 })).toBe(true)
  })
})
