import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { STT } from '../../lib/elf/symbol-table.js'
import { objectFactsOf } from '../../lib/facts/object-facts.js'
import type { GuardedExport, ObjectFacts } from '../../lib/facts/model.js'
import { buildElf, type BuiltObject } from '../support/elf-builder.js'

const BASE = 0x10000
const CONSTANT = '\xb8\x01\x01\x01\x01\xc3' // mov $0x1010101, %eax; ret
const catalogue = new Catalogue()
const factsOf = (bytes: Buffer, path = '/usr/lib64/libx.so.1'): ObjectFacts =>
  objectFactsOf(bytes, { path, alsoAt: [], isNested: false, sha256: null }, catalogue)

/** CRYPTO_lock with this code, which is stored in place of the soname. */
function lockWith(code: string, object: BuiltObject = {}, type: number = STT.FUNC): GuardedExport | undefined {
  const build = (value: number): Buffer => buildElf({ ...object, soname: code, symbols: [{ name: 'CRYPTO_lock', type, value }] })
  return factsOf(build(BASE + build(1).indexOf(Buffer.from(code, 'latin1')))).guarded[0]
}

describe('the code of a guarded export', () => {
  test('is recognised as a stub', () => expect(lockWith(CONSTANT)?.stub).toBe('returns a constant'))

  test.each(['NOTYPE', 'OBJECT', 'COMMON', 'GNU_IFUNC'] as const)('is not decoded if the symbol is not a plain function: %s', type =>
    expect(lockWith(CONSTANT, {}, STT[type])).toMatchObject({ name: 'CRYPTO_lock', stub: null }),
  )

  test('is not a stub if its constant may be an address: in a fixed executable, and with text relocations', () => {
    expect(lockWith(CONSTANT, { type: 2 })).toMatchObject({ name: 'CRYPTO_lock', stub: null })
    expect(lockWith(CONSTANT, { dynamic: { 22: 0 } })).toMatchObject({ name: 'CRYPTO_lock', stub: null })
  })

  test('is a stub in a fixed executable if it returns no constant', () => expect(lockWith('\xc3', { type: 2 })?.stub).toBe('only returns'))
})

describe('data', () => {
  const isData = (name: string, type: keyof typeof STT): boolean | undefined =>
    factsOf(buildElf({ symbols: [{ name, type: STT[type] }] })).guarded[0]?.isData

  test.each(['OBJECT', 'COMMON', 'TLS'] as const)('under the name of a function is noticed: %s', type =>
    expect(isData('SSLv3_method', type)).toBe(true),
  )
  test.each(['FUNC', 'NOTYPE', 'GNU_IFUNC'] as const)('is not %s', type => expect(isData('SSLv3_method', type)).toBe(false))
  test('is what the library has, too, for a template, which was data before it was a function', () =>
    expect(isData('RSAPublicKey_it', 'OBJECT')).toBe(false))
})

describe('guarded exports', () => {
  test('leave out symbols that lookup cannot find, and other symbols', () => {
    const symbols = [{ name: 'CRYPTO_lock', visibility: 2 }, { name: 'x_open' }, { name: 'BIO_new' }]
    expect(factsOf(buildElf({ symbols })).guarded.map(({ name }) => name)).toEqual(['BIO_new'])
  })

  test('include an undefined symbol with a value in a library, but not in a program or on MIPS', () => {
    const object: BuiltObject = { hash: 'sysv', symbols: [{ name: 'CRYPTO_lock', isDefined: false, value: BASE }] }
    expect(factsOf(buildElf(object)).guarded).toMatchObject([{ name: 'CRYPTO_lock', reach: 'all' }])
    expect(factsOf(buildElf({ ...object, type: 2 })).guarded).toEqual([])
    expect(factsOf(buildElf({ ...object, machine: 8 })).guarded).toEqual([])
  })
})

test('an object with an interpreter is a program, unless it is named like a library', () => {
  const file = buildElf({ interpreter: true })
  expect(factsOf(file, '/usr/bin/x').isProgram).toBe(true)
  expect(factsOf(file, '/usr/lib64/x.so').isProgram).toBe(false)
  expect(factsOf(buildElf({ type: 2 }), '/usr/lib64/x.so').isProgram).toBe(true)
})

describe('a program’s copy of a library’s data', () => {
  const R_X86_64_COPY = 5
  const symbols = ['X509_it', 'X509_REQ_it'].map(name => ({ name, type: STT.OBJECT }))
  const relocations = [{ symbol: 'X509_it', type: R_X86_64_COPY }]
  const names = (object: BuiltObject, path: string): string[] =>
    factsOf(buildElf({ symbols, ...object }), path).guarded.map(({ name }) => name)

  test('is not its export, other data is', () => {
    expect(names({ relocations, interpreter: true }, '/usr/bin/x')).toEqual(['X509_REQ_it'])
    expect(names({ interpreter: true }, '/usr/bin/x')).toEqual(['X509_it', 'X509_REQ_it'])
  })

  test('does not exist in a library: there the relocation means nothing', () =>
    expect(names({ relocations, soname: 'libx.so.1' }, '/usr/lib64/libx.so.1')).toEqual(['X509_it', 'X509_REQ_it']))
})
