import { describe, expect, test } from '@jest/globals'
import { MalformedError } from '../../lib/errors/check-error.js'
import { decodeElfImage } from '../../lib/elf/image.js'
import { visitRelocations } from '../../lib/elf/relocations.js'
import { linkObjectOf } from '../../lib/link/link-object.js'
import { buildElf, type BuiltObject } from '../support/elf-builder.js'

/** `symbol:role` of each relocation that names a symbol, or `null` for an unknown machine. */
function visited(object: BuiltObject): string[] | null {
  const image = decodeElfImage(buildElf(object))
  const seen: string[] = []
  const { dynamic } = image
  if (dynamic === null) throw new Error('no dynamic part')
  const isKnown = visitRelocations(dynamic.section, image.addresses, image.header, (symbol, role) => {
    seen.push(`${dynamic.names.at(dynamic.symbols.nameOffset(symbol))}:${role}`)
  })
  return isKnown ? seen : null
}

/** `type mode` of each relocation that ld.so refuses. */
function refusals(object: BuiltObject): string[] {
  const image = decodeElfImage(buildElf(object))
  const seen: string[] = []
  const { section } = image.dynamic!
  visitRelocations(
    section,
    image.addresses,
    image.header,
    () => {},
    (type, mode) => {
      if (!mode.startsWith('musl')) seen.push(`${type} ${mode}`)
    },
  )
  return seen
}

const SYMBOLS = ['call', 'plain', 'copy', 'tls', 'none'].map(name => ({ name }))

describe('visitRelocations', () => {
  test.each([
    ['x86-64', { machine: 62 }, { call: 7, plain: 6, copy: 5, tls: 16, none: 8 }],
    ['i386', { machine: 3, elfClass: 32, usesRel: true }, { call: 7, plain: 6, copy: 5, tls: 35, none: 8 }],
    ['aarch64', { machine: 183 }, { call: 1026, plain: 1025, copy: 1024, tls: 1031, none: 1027 }],
    ['arm', { machine: 40, elfClass: 32, usesRel: true }, { call: 22, plain: 21, copy: 20, tls: 17, none: 23 }],
    ['ppc64le', { machine: 21 }, { call: 21, plain: 38, copy: 19, tls: 73, none: 22 }],
    ['s390x', { machine: 22, endianness: 'big', hash: 'gnu' }, { call: 11, plain: 10, copy: 9, tls: 56, none: 12 }],
    ['riscv64', { machine: 243 }, { call: 5, plain: 2, copy: 4, tls: 7, none: 3 }],
  ] as const)('knows the types of %s', (_title, object, types) => {
    const relocations = (['plain', 'copy', 'tls', 'none'] as const).map(symbol => ({ symbol, type: types[symbol] }))
    expect(visited({ ...object, symbols: SYMBOLS, relocations, calls: ['call'], callType: types.call })).toEqual([
      'plain:plain',
      'copy:copy',
      'tls:tls',
      'call:call',
    ])
  })

  test.each([
    ['x86-64', { machine: 62 }, 7, [36, 37]],
    ['i386', { machine: 3, elfClass: 32, usesRel: true }, 7, [41, 42]],
    ['aarch64', { machine: 183 }, 1026, [1031, 1032]],
    ['arm', { machine: 40, elfClass: 32, usesRel: true }, 22, [13]],
    ['s390x', { machine: 22, endianness: 'big', hash: 'gnu' }, 11, [61]],
    ['riscv64', { machine: 243 }, 5, [58]],
  ] as const)('knows which types %s accepts in DT_JMPREL when it binds lazily', (_title, object, call, others) => {
    const refused = (type: number): string[] => refusals({ ...object, symbols: SYMBOLS, calls: ['call'], callType: type })
    for (const type of [call, ...others]) expect(refused(type)).toEqual([])
    expect(refused(0)).toEqual(['0 lazily'])
    expect(refused(200)).toEqual(['200 immediately', '200 lazily'])
  })

  test('ppc64 does not look at the types in DT_JMPREL when it binds lazily', () => {
    expect(refusals({ machine: 21, symbols: SYMBOLS, calls: ['call'], callType: 0 })).toEqual([])
  })

  test('an unknown type outside DT_JMPREL is always refused, and still refers to its symbol', () => {
    const object = { symbols: SYMBOLS, relocations: [{ symbol: 'plain', type: 24 }] }
    expect(refusals(object)).toEqual(['24 always'])
    expect(visited(object)).toEqual(['plain:plain'])
  })

  test('returns false for an unknown machine', () => expect(visited({ machine: 8, hash: 'sysv', symbols: SYMBOLS })).toBeNull())

  test('skips entries without a symbol, and those that DT_RELACOUNT declares RELATIVE', () => {
    const relocations = [{ symbol: 'plain', type: 6 }, { type: 6 }, { symbol: 'copy', type: 5 }]
    expect(visited({ symbols: SYMBOLS, relocations, dynamic: { 0x6ffffff9: 1 } })).toEqual(['copy:copy'])
  })

  test('does not read DT_REL where ld.so does not', () => {
    expect(visited({ symbols: SYMBOLS, usesRel: true, relocations: [{ symbol: 'plain', type: 6 }], calls: ['call'] })).toEqual([])
  })

  test('refuses a table that reaches beyond its segment', () => {
    expect(() => visited({ symbols: SYMBOLS, relocations: [{ symbol: 'plain', type: 6 }], dynamic: { 8: 1 << 20 } })).toThrow(
      MalformedError,
    )
  })
})

describe('linkObjectOf', () => {
  test('refuses a relocation of a missing symbol', () => {
    const file = buildElf({ symbols: SYMBOLS, relocations: [{ symbol: 'plain', type: 6 }] })
    const at = file.indexOf(Buffer.from([6, 0, 0, 0, 2, 0, 0, 0]))
    file[at + 4] = 99
    expect(() => linkObjectOf(decodeElfImage(file))).toThrow('symbol index 99 is out of range, the table has 6 symbols')
  })

  test('makes plain data, which can be cloned', () => {
    const object = linkObjectOf(decodeElfImage(buildElf({ soname: 'a', needed: ['b'], symbols: SYMBOLS, calls: ['call'] })))
    expect(structuredClone(object)).toEqual(object)
    expect(object.dynamic?.references.count).toBe(1)
  })

  test('refuses overlapping hash chains, which would count a symbol twice', () => {
    const file = buildElf({ hash: 'sysv', symbols: SYMBOLS })
    const at = file.indexOf(Buffer.from([1, 0, 0, 0, 6, 0, 0, 0]))
    file.writeUInt32LE(3, at + 8 + 4 + 5 * 4) // the last chain entry leads back
    expect(() => linkObjectOf(decodeElfImage(file))).toThrow('hash chains overlap')
  })
})
