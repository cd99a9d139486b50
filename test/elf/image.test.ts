import { describe, expect, test } from '@jest/globals'
import { MalformedError } from '../../lib/errors/check-error.js'
import { decodeElfImage } from '../../lib/elf/image.js'
import { buildElf, type BuiltObject } from '../support/elf-builder.js'

const VERSIONED: BuiltObject = {
  soname: 'libx.so.1',
  needed: ['libcrypto.so.3', 'libc.so.6'],
  nodes: { 1: 'libx.so.1', 2: 'X_1' },
  requirements: { 3: { file: 'libc.so.6', name: 'GLIBC_2.2.5' } },
  symbols: [
    { name: 'malloc', versym: 3, isDefined: false },
    { name: 'x_open', versym: 2 },
    { name: 'x_base', versym: 1 },
    { name: 'x_old', versym: 0x8002 },
  ],
}

describe('decodeElfImage', () => {
  for (const elfClass of [32, 64] as const) {
    for (const endianness of ['little', 'big'] as const) {
      for (const hash of ['gnu', 'sysv', 'both'] as const) {
        test(`reads names and versions of a ${elfClass}-bit ${endianness}-endian object with ${hash} hash`, () => {
          const { dynamic, header, isProgram } = decodeElfImage(buildElf({ ...VERSIONED, elfClass, endianness, hash }))
          expect(header).toMatchObject({ elfClass, endianness, type: 'DYN' })
          expect(isProgram).toBe(false)
          expect(dynamic?.soname).toBe('libx.so.1')
          expect(dynamic?.needed).toEqual(['libcrypto.so.3', 'libc.so.6'])
          const rows = Array.from({ length: 4 }, (_, index) => index + 1).map(symbol => [
            dynamic?.names.at(dynamic.symbols.nameOffset(symbol)),
            dynamic?.versions.versionOf(symbol)?.name ?? null,
            dynamic?.versions.versionOf(symbol)?.file ?? null,
            dynamic?.versions.isHidden(symbol),
          ])
          expect(rows).toEqual([
            ['malloc', 'GLIBC_2.2.5', 'libc.so.6', false],
            ['x_open', 'X_1', null, false],
            ['x_base', null, null, false],
            ['x_old', 'X_1', null, true],
          ])
        })
      }
    }
  }

  test('reads the wide hash entries of 64-bit s390 and Alpha', () => {
    for (const machine of [22, 0x9026]) {
      const image = decodeElfImage(buildElf({ machine, endianness: 'big', hash: 'sysv', symbols: [{ name: 'x' }, { name: 'y' }] }))
      expect(image.dynamic?.symbols.count).toBe(3)
      expect(image.dynamic?.hash?.leadsTo('y', 2)).toBe(true)
    }
  })

  test('prefers the GNU table to the other, as ld.so does', () => {
    const both = buildElf({ hash: 'both', symbols: [{ name: 'x' }] })
    const gnuAt = both.indexOf(Buffer.from([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 6, 0, 0, 0]))
    both.fill(0, gnuAt + 16, gnuAt + 24) // an empty bloom filter admits nothing
    expect(decodeElfImage(both).dynamic?.hash?.leadsTo('x', 1)).toBe(false)
  })

  test('finds nothing by a hash table without symbols', () => {
    const file = buildElf({ symbols: [{ name: 'x' }] })
    const dynamicAt = Number(file.readBigUInt64LE(64 + 56 + 8)) // p_offset
    const entry = Array.from({ length: 30 }, (_, index) => dynamicAt + 16 * index).find(at => file.readBigUInt64LE(at) === 6n)
    file.writeBigUInt64LE(0x6ffff000n, entry) // DT_SYMTAB is no longer there
    expect(decodeElfImage(file).dynamic).toMatchObject({ hash: null, symbols: { count: 0 } })
  })

  test('counts imports if the hash table is empty', () => {
    const image = decodeElfImage(
      buildElf({
        symbols: [
          { name: 'malloc', isDefined: false },
          { name: 'free', isDefined: false },
        ],
      }),
    )
    expect(image.dynamic?.symbols.count).toBe(3)
  })

  test('distinguishes programs from libraries', () => {
    expect(decodeElfImage(buildElf({ type: 2 })).isProgram).toBe(true)
    expect(decodeElfImage(buildElf({ interpreter: true })).isProgram).toBe(true)
    expect(decodeElfImage(buildElf({ interpreter: true, soname: 'libc.so.6' })).isProgram).toBe(false)
    expect(decodeElfImage(buildElf({ dynamic: { 0x6ffffffb: 0x08000000 } })).isProgram).toBe(true)
    expect(decodeElfImage(buildElf()).isProgram).toBe(false)
  })

  test('accepts relocatable and core files, without dynamic part', () => {
    for (const type of [1, 4, 0xfe00]) expect(decodeElfImage(buildElf({ type })).dynamic).toBeNull()
  })

  test('finds the dynamic section by its address, whatever its offset and file size', () => {
    const file = buildElf(VERSIONED)
    const dynamicHeader = 64 + 56
    file.writeBigUInt64LE(0n, dynamicHeader + 8) // p_offset
    file.writeBigUInt64LE(0n, dynamicHeader + 32) // p_filesz, which older loaders do not look at
    expect(decodeElfImage(file).dynamic?.soname).toBe('libx.so.1')
  })

  test('treats a file without its dynamic part as debuginfo only if nothing is mapped', () => {
    const file = buildElf(VERSIONED)
    const [loadHeader, dynamicHeader] = [64, 64 + 56]
    file.writeBigUInt64LE(0n, dynamicHeader + 32)
    file.writeBigUInt64LE(0n, loadHeader + 32)
    expect(decodeElfImage(file)).toMatchObject({ dynamic: null, isDebugOnly: true })
  })

  test('treats a file as debuginfo if a NOBITS section has the address of its dynamic part, unless that exists', () => {
    const [SHT_DYNAMIC, SHT_NOBITS] = [6, 8]
    const withSection = (type: number, distance: number, isCleared = true): Buffer => {
      const file = Buffer.concat([buildElf(VERSIONED), Buffer.alloc(64)])
      const [offset, address] = [8, 16].map(at => Number(file.readBigUInt64LE(64 + 56 + at))) // p_offset and p_vaddr of PT_DYNAMIC
      const sectionAt = file.length - 64
      if (isCleared) file.fill(0, offset, sectionAt)
      file.writeUInt32LE(type, sectionAt + 4)
      file.writeBigUInt64LE(BigInt(address! + distance), sectionAt + 16)
      file.writeBigUInt64LE(BigInt(sectionAt), 40) // e_shoff
      file.writeUInt16LE(1, 60) // e_shnum
      return file
    }
    expect(decodeElfImage(withSection(SHT_NOBITS, 0))).toMatchObject({ dynamic: null, isDebugOnly: true })
    expect(decodeElfImage(withSection(SHT_NOBITS, 0, false))).toMatchObject({ dynamic: { soname: 'libx.so.1' }, isDebugOnly: false })
    for (const file of [withSection(SHT_DYNAMIC, 0), withSection(SHT_NOBITS, 8), withSection(SHT_NOBITS, 0).subarray(0, -1)])
      expect(decodeElfImage(file)).toMatchObject({ dynamic: { soname: null }, isDebugOnly: false })
  })

  test('refuses tables that are not in the file, with structure and offset', () => {
    const outside = 0x7000_0000
    for (const [tag, structure] of [
      [5, 'dynstr'],
      [6, 'dynsym'],
      [0x6ffffef5, 'DT_GNU_HASH'],
      [0x6ffffff0, 'versym'],
      [0x6ffffffc, 'verdef'],
    ] as const) {
      const decode = (): unknown => decodeElfImage(buildElf({ ...VERSIONED, dynamic: { [tag]: outside } }))
      expect(decode).toThrow(MalformedError)
      expect(decode).toThrow(structure)
    }
  })

  test('refuses entry sizes that ld.so does not support', () => {
    expect(() => decodeElfImage(buildElf({ ...VERSIONED, dynamic: { 11: 23 } }))).toThrow('DT_SYMENT is 23, must be 24')
  })

  test('refuses unknown classes, encodings and versions', () => {
    for (const [at, value] of [
      [4, 3],
      [5, 0],
      [6, 2],
      [20, 9],
    ] as const) {
      const file = buildElf()
      file[at] = value
      expect(() => decodeElfImage(file)).toThrow(MalformedError)
    }
  })

  test('fails cleanly for a file that ends at any byte', () => {
    const whole = buildElf(VERSIONED)
    for (let length = 0; length < whole.length - 16; length++) {
      expect(() => decodeElfImage(whole.subarray(0, length))).toThrow(MalformedError)
    }
  })

  test('fails cleanly, or not at all, for a file with any byte changed', () => {
    const whole = buildElf({ ...VERSIONED, hash: 'both' })
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const changed = Buffer.from(whole)
        changed[at] = value
        try {
          decodeElfImage(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError)
        }
      }
    }
  })
})
