import { describe, expect, test } from '@jest/globals'
import { Reader } from '../../lib/bytes/reader.js'
import { AddressSpace } from '../../lib/elf/address-space.js'
import { PT_LOAD, type ProgramHeader } from '../../lib/elf/program-headers.js'

const FILE = new Reader(
  Uint8Array.from({ length: 0x4000 }, (_, at) => at >> 12),
  'file',
  'little',
)
const load = (address: number, offset: number, fileSize: number, memorySize = fileSize): ProgramHeader => ({
  type: PT_LOAD,
  flags: 5,
  address,
  offset,
  fileSize,
  memorySize,
  alignment: 0x1000,
})
const byteAt = (address: number, ...segments: readonly ProgramHeader[]): number | null =>
  new AddressSpace(FILE, segments).from('x', address)?.u8(0) ?? null

describe('AddressSpace', () => {
  test('maps addresses to offsets', () => expect(byteAt(0x11010, load(0x10000, 0, 0x2000))).toBe(1))
  test('maps whole pages, also before and after a segment', () => {
    expect(byteAt(0x11000, load(0x11800, 0x1800, 0x100))).toBe(1)
    expect(byteAt(0x11fff, load(0x11800, 0x1800, 0x100))).toBe(1)
    expect(byteAt(0x12000, load(0x11800, 0x1800, 0x100))).toBeNull()
  })
  test('lays a later segment over an earlier one', () => {
    expect(byteAt(0x11010, load(0x10000, 0, 0x3000), load(0x11000, 0x3000, 0x1000))).toBe(3)
    expect(byteAt(0x12010, load(0x10000, 0, 0x3000), load(0x11000, 0x3000, 0x1000))).toBe(2)
  })
  test('has no file content where memory starts as zeros', () => {
    const bss = load(0x10000, 0, 0x1800, 0x3000)
    expect(byteAt(0x11700, bss)).toBe(1)
    expect(byteAt(0x11900, bss)).toBeNull()
    expect(new AddressSpace(FILE, [bss]).holds(0x12fff)).toBe(true)
  })
  test('returns only bytes that were read', () => {
    const addresses = new AddressSpace(FILE, [load(0x10000, 0, 0x3000)])
    expect(addresses.placeOf(0x11010)).toEqual({ start: 0x1010, end: 0x3000 })
    addresses.limitTo([{ start: 0x1000, end: 0x2000 }])
    expect(addresses.from('x', 0x11010)?.length).toBe(0xff0)
    expect(() => addresses.from('dynsym', 0x12000)).toThrow('dynsym was not read')
    expect(addresses.from('x', 0x20000)).toBeNull()
  })
  test('ends with the file', () => expect(byteAt(0x14000, load(0x10000, 0, 0x5000))).toBeNull())
  test('fails with the requested structure if nothing is mapped', () =>
    expect(() => new AddressSpace(FILE, []).at('versym', 0x10)).toThrow('versym: no PT_LOAD segment contains address 0x10'))
})
