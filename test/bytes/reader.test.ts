import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { MalformedError } from '../../lib/errors/check-error.js'
import { Reader, type Endianness } from '../../lib/bytes/reader.js'

const BYTES = Buffer.from('0102030405060708fffefdfc', 'hex')
const readerOf = (endianness: Endianness, base = 0): Reader => new Reader(BYTES, 'header', endianness, base)

/** The error that a step throws, as data. */
function fault(step: () => unknown): { message: string; structure: string | null; offset: number | null } | null {
  try {
    step()
  } catch (error) {
    if (error instanceof MalformedError) return { message: error.message, structure: error.structure, offset: error.offset }
    throw error
  }
  return null
}

describe('numbers', () => {
  test('are read in the byte order of the file', () => {
    const [little, big] = [readerOf('little'), readerOf('big')]
    expect([little.u8(1), little.u16(1), little.u32(1), little.i32(8)]).toEqual([0x02, 0x0302, 0x05040302, -0x03020101 + 0])
    expect([big.u8(1), big.u16(1), big.u32(1), big.i32(8)]).toEqual([0x02, 0x0203, 0x02030405, -66052])
  })

  test('of 64 bits are exact up to 53 bits', () => {
    const highest = Buffer.from('ffffffffffff1f00', 'hex')
    expect(new Reader(highest, 'a', 'little').u64(0)).toBe(Number.MAX_SAFE_INTEGER)
    expect(new Reader(Buffer.from(highest).reverse(), 'a', 'big').u64(0)).toBe(Number.MAX_SAFE_INTEGER)
  })

  test('of more than 53 bits are refused', () => {
    const value = new Reader(Buffer.from('0000000000002000', 'hex'), 'size', 'little', 16)
    expect(fault(() => value.u64(0))).toEqual({
      message: 'size: a 64-bit value of more than 53 bits at 0x10',
      structure: 'size',
      offset: 16,
    })
  })

  test('agree with those of DataView at every offset, and throw beyond the end', () => {
    const widths = { u8: 1, u16: 2, u32: 4, i32: 4 } as const
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.integer({ min: -3, max: 14 }), fc.boolean(), (bytes, at, isLittle) => {
        const reader = new Reader(bytes, 'a', isLittle ? 'little' : 'big')
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        const right = {
          u8: () => view.getUint8(at),
          u16: () => view.getUint16(at, isLittle),
          u32: () => view.getUint32(at, isLittle),
          i32: () => view.getInt32(at, isLittle),
        }
        for (const kind of ['u8', 'u16', 'u32', 'i32'] as const) {
          if (at >= 0 && at + widths[kind] <= bytes.length) expect(reader[kind](at)).toBe(right[kind]())
          else expect(fault(() => reader[kind](at))?.structure).toBe('a')
        }
      }),
    )
  })
})

describe('windows', () => {
  test('have their own name and offset', () => {
    const inner = readerOf('little', 0x100).window('entry', 4, 4)
    expect({ length: inner.length, base: inner.base, first: inner.u8(0) }).toEqual({ length: 4, base: 0x104, first: 5 })
    expect(fault(() => inner.u32(1))).toEqual({ message: 'entry: need 4 bytes, have 3 at 0x105', structure: 'entry', offset: 0x105 })
  })

  test('cannot reach beyond their parent', () => {
    const reader = readerOf('big', 0x10)
    expect(fault(() => reader.window('entry', 8, 5))).toEqual({
      message: 'entry: need 5 bytes, have 4 at 0x18',
      structure: 'entry',
      offset: 0x18,
    })
    expect(fault(() => reader.window('entry', 13, 0))?.message).toBe('entry: need 0 bytes, have 0 at 0x1d')
  })

  test.each([
    [-1, 4],
    [0, -1],
    [Number.NaN, 1],
    [0, Number.NaN],
    [2 ** 53, 2 ** 53],
    [Number.POSITIVE_INFINITY, 0],
  ])('at %d of %d bytes there are none', (at, length) => {
    expect(readerOf('little').holds(at, length)).toBe(false)
    expect(fault(() => readerOf('little').window('w', at, length))).not.toBeNull()
  })

  test('in windows read the same as the outermost, at the same absolute offset', () => {
    const steps = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 4 })
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), steps, fc.nat(1000), (bytes, cuts, base) => {
        let reader = new Reader(bytes, 'whole', 'big', base)
        for (const [at, length] of cuts) {
          if (reader.holds(at, length)) reader = reader.window('part', at, length)
          else expect(fault(() => reader.window('part', at, length))?.offset).toBe(reader.base + at)
        }
        const start = reader.base - base
        expect(Buffer.from(reader.bytes(0, reader.length))).toEqual(Buffer.from(bytes.subarray(start, start + reader.length)))
      }),
    )
  })
})

describe('bytes', () => {
  test('are borrowed, not copied', () => {
    const mine = Buffer.from('abc')
    const theirs = new Reader(mine, 'a', 'little').bytes(1, 2)
    mine[1] = 0x78
    expect(Buffer.from(theirs).toString()).toBe('xc')
  })

  test('beyond the end are refused', () =>
    expect(fault(() => readerOf('little').bytes(9, 4))?.message).toBe('header: need 4 bytes, have 3 at 0x9'))

  test('are found from an offset on', () => {
    expect([readerOf('little').indexOf(0xff, 0), readerOf('little').indexOf(0x01, 1), readerOf('little').indexOf(0xff, 99)]).toEqual([
      8, -1, -1,
    ])
  })
})
