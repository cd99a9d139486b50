/** Names of ELF files, also where the stated size of their table is wrong: ld.so never reads it. */
import { describe, expect, test } from '@jest/globals'
import { Reader } from '../../lib/bytes/reader.js'
import { decodeElfImage } from '../../lib/elf/image.js'
import { StringTable } from '../../lib/elf/string-table.js'
import { linkObjectOf, nameAt } from '../../lib/link/link-object.js'
import { buildElf } from '../support/elf-builder.js'

const NAMES = ['', 'first', 'second', 'third']
const BYTES = Buffer.from(NAMES.map(name => `${name}\0`).join('') + 'no end', 'latin1')
const OFFSETS = [0, 1, 7, 14]
const UNENDED = 20

const tableOf = (bytes: Uint8Array, size?: number): StringTable => new StringTable(new Reader(bytes, 'dynstr', 'little'), size)

describe('a string table', () => {
  test.each([undefined, 0, 3, 8, 14, BYTES.length, 1e9])('has its names whatever size is stated (%s)', size => {
    const table = tableOf(BYTES, size)
    expect(OFFSETS.map(offset => table.at(offset))).toEqual(NAMES)
    expect(table.at(3)).toBe('rst')
    expect(() => table.at(UNENDED)).toThrow(`dynstr: no NUL-terminated name at offset ${UNENDED} at 0x14`)
    expect(() => table.at(99)).toThrow('dynstr: no NUL-terminated name at offset 99 at 0x1a')
  })

  test.each([0, 3, 8, 14])('has hashes beyond its stated size (%d)', size => {
    expect(OFFSETS.map(offset => tableOf(BYTES, size).gnuHashAt(offset))).toEqual(OFFSETS.map(offset => tableOf(BYTES).gnuHashAt(offset)))
  })

  test('includes the names at given offsets in its text, as far as there are any', () => {
    const table = tableOf(BYTES, 3)
    table.include(4, index => [1, 7, 99, 3][index]!)
    expect(table.text.slice(0, 14)).toBe('\0first\0second\0')
  })

  test('is searched for names up to a limit after its stated end', () => {
    const far = Buffer.concat([Buffer.alloc(17 * 1024 * 1024), BYTES])
    expect(() => tableOf(far, 1).at(far.length - BYTES.length + 1)).toThrow('no NUL-terminated name')
    expect(tableOf(far, 2 * 1024 * 1024).at(far.length - BYTES.length + 1)).toBe('first')
  })

  test('is read in linear time, although all names may overlap', () => {
    const long = Buffer.alloc(1024 * 1024, 'x')
    long[long.length - 1] = 0
    const table = tableOf(long)
    const readAll = (): void => {
      for (let offset = 0; offset < long.length; offset++) table.at(offset % 1000)
    }
    expect(readAll).toThrow('names overlap too often')
  })
})

describe('a library that states a size of dynstr', () => {
  const LIBRARY = { soname: 'libx.so.1', needed: ['libc.so.6'], symbols: ['CRYPTO_lock', 'x_open'].map(name => ({ name })) }
  const DT_STRSZ = 10

  for (const hash of ['gnu', 'sysv'] as const) {
    test.each([0, 1, 12, 20, 30, 0x7fff_ffff])(`%d, has the same names as with the right one (${hash})`, size => {
      const right = linkObjectOf(decodeElfImage(buildElf({ ...LIBRARY, hash })))
      const { dynamic } = linkObjectOf(decodeElfImage(buildElf({ ...LIBRARY, hash, dynamic: { [DT_STRSZ]: size } })))
      expect(dynamic).toMatchObject({ soname: 'libx.so.1', dependencies: right.dynamic!.dependencies })
      const names = Array.from(dynamic!.definitions.nameOffsets, offset => nameAt(dynamic!.strings, offset))
      expect(names.sort()).toEqual(['CRYPTO_lock', 'x_open'])
      expect(dynamic!.definitions.hashes).toEqual(right.dynamic!.definitions.hashes)
    })
  }
})
