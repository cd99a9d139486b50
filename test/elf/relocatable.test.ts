/** Symbols of LTO objects, entry by entry; test/oracle/lto.test.ts has those that compilers make. */
import { describe, expect, test } from '@jest/globals'
import { Reader } from '../../lib/bytes/reader.js'
import { decodeLtoSymbols, isLtoSymbolSection } from '../../lib/elf/lto-symbols.js'
import { isRelocatable, relocatableSymbolsOf } from '../../lib/elf/relocatable.js'
import { relocatable } from '../support/relocatable-builder.js'

const entry = (name: string, kind: number, visibility = 0, group = ''): Buffer =>
  Buffer.concat([Buffer.from(`${name}\0${group}\0`, 'latin1'), Buffer.from([kind, visibility]), Buffer.alloc(12)])

const read = (...entries: readonly Buffer[]): string[] => decodeLtoSymbols(new Reader(Buffer.concat(entries), '.gnu.lto_.symtab', 'little'))

describe('the symbols of an LTO object', () => {
  test('are exported if they are defined, weak or common, and visible', () => {
    const kinds = [0, 1, 2, 3, 4].map(kind => entry(`kind${kind}`, kind))
    const visibilities = [0, 1, 2, 3].map(visibility => entry(`visibility${visibility}`, 0, visibility, 'group'))
    expect(read(...kinds, ...visibilities)).toEqual(['kind0', 'kind1', 'kind4', 'visibility0', 'visibility1'])
    expect(read()).toEqual([])
  })

  test('are refused where an entry is cut', () => {
    const whole = Buffer.concat([entry('a', 0), entry('CRYPTO_lock', 0, 0, 'group')])
    for (let length = entry('a', 0).length + 1; length < whole.length; length++)
      expect(() => read(whole.subarray(0, length))).toThrow('.gnu.lto_.symtab: ')
  })

  test.each([
    ['.gnu.lto_.symtab', true],
    ['.gnu.lto_.symtab.0123abcd', true],
    ['.gnu.lto_.ext_symtab.0123abcd', false],
    ['.gnu.lto_.symtabs', false],
  ])('are in sections of one name: %s %s', (name, expected) => expect(isLtoSymbolSection(name)).toBe(expected))
})

test('a relocatable file has its type in its own byte order', () => {
  const file = relocatable(['f'])
  expect(isRelocatable(file)).toBe(true)
  file[5] = 2
  expect(isRelocatable(file)).toBe(false)
  expect(isRelocatable(file.subarray(0, 3))).toBe(false)
})

test('overlapping lists of symbols are not read, and reported', () => {
  const SIZE = 64 * 1024
  const COUNT = 2000
  const list = Buffer.concat([Buffer.alloc(SIZE - 16, 'a'), Buffer.from('\0\0'), Buffer.alloc(14)])
  const names = Buffer.from('\0.gnu.lto_.symtab\0')
  const header = relocatable([]).subarray(0, 64)
  const section = (name: number, type: number, offset: number, size: number): Buffer => {
    const bytes = Buffer.alloc(64)
    bytes.writeUInt32LE(name, 0)
    bytes.writeUInt32LE(type, 4)
    bytes.writeBigUInt64LE(BigInt(offset), 24)
    bytes.writeBigUInt64LE(BigInt(size), 32)
    return bytes
  }
  const file = (count: number): Buffer => {
    const sections = [
      section(0, 0, 0, 0),
      section(0, 3, 64 + SIZE, names.length),
      ...Array.from({ length: count }, () => section(1, 1, 64, SIZE)),
    ]
    const bytes = Buffer.concat([header, list, names, ...sections])
    bytes.writeBigUInt64LE(BigInt(64 + SIZE + names.length), 40)
    bytes.writeUInt16LE(sections.length, 60)
    bytes.writeUInt16LE(1, 62)
    return bytes
  }
  expect(relocatableSymbolsOf(file(1))).toMatchObject({ exportable: ['a'.repeat(SIZE - 16)], isOpaque: false })
  expect(relocatableSymbolsOf(file(COUNT))).toEqual({ exportable: [], isSlim: false, isOpaque: true })
})
