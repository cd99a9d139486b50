import { expect, test } from '@jest/globals'
import { CONTENTS, PACKED } from './samples.js'
import { unpack, unpackError } from './streams.js'

const BLOCK_MAGIC = '314159265359'

test('one stream of bzip2 is read, as by rpm, and the next one counted', async () => {
  const { content, trailing } = await unpack('bzip2', Buffer.concat([PACKED.bzip2.text, PACKED.bzip2.byte]), 100)
  expect(content.equals(CONTENTS.text)).toBe(true)
  expect(trailing).toBe(PACKED.bzip2.byte.length)
})

test('an invalid level is refused', async () => {
  for (const level of ['0', ':', 'a']) {
    const packed = Buffer.from(PACKED.bzip2.text)
    packed.write(level, 3, 'latin1')
    expect(await unpackError('bzip2', packed)).toMatchObject({ message: 'payload (bzip2): not a bzip2 stream at 0x4' })
  }
})

test.each([1, 2, 9])('a stream of level %i is read in pieces of any size', async level => {
  const packed = Buffer.from(PACKED.bzip2.text) // shorter than a block of any level, so the level is all that differs
  packed.write(`${level}`, 3, 'latin1')
  for (const size of [1, 7, 1 << 20]) expect((await unpack('bzip2', packed, size)).content.equals(CONTENTS.text)).toBe(true)
})

test('an unusually long block is read, in pieces of any size', async () => {
  const packed = streamOfLongCodes(99_000)
  const usual = 200_000 // what is looked at first of a stream of level 1
  expect(packed.length).toBeGreaterThan(usual)
  for (const size of [4 + usual, 1000, 1 << 20])
    expect(await unpackError('bzip2', packed, size)).toMatchObject({ message: expect.stringContaining('incorrect block check') })
})

test.each([
  ['longer than 20 bits, for a moment as well', 20, ['up', 'down'], 'code of 21 bits'],
  ['shorter than one bit, for a moment as well', 1, ['down', 'up'], 'code of 0 bits'],
] as const)('no code may be %s', async (_, first, steps, words) => {
  const table = [...binary(first, 5), ...steps.flatMap(step => (step === 'up' ? [1, 0] : [1, 1])), 0, 0, 0]
  expect(await unpackError('bzip2', blockOf(9, ['a'], table, []))).toMatchObject({ message: expect.stringContaining(words) })
})

test('an endless run is refused, and a long one that fits is accepted', async () => {
  expect(await unpackError('bzip2', streamOfRun(40))).toMatchObject({ message: expect.stringContaining('zero run too long') })
  expect(await unpackError('bzip2', streamOfRun(20))).toMatchObject({ message: expect.stringContaining('more bytes than the block holds') })
  expect(await unpackError('bzip2', streamOfRun(19))).toMatchObject({ message: expect.stringContaining('incorrect block check') })
})

test('a randomised block is refused', async () => {
  const packed = Buffer.from(PACKED.bzip2.text)
  packed.writeUInt8(packed.readUInt8(14) | 0x80, 14)
  expect(await unpackError('bzip2', packed)).toMatchObject({ message: expect.stringContaining('randomised') })
})

test('the checksums of blocks and of the stream are verified', async () => {
  const wrongBlock = Buffer.from(PACKED.bzip2.text)
  wrongBlock.writeUInt8(wrongBlock.readUInt8(10) ^ 1, 10)
  expect(await unpackError('bzip2', wrongBlock)).toMatchObject({ message: expect.stringContaining('incorrect block check') })
  const wrongStream = Buffer.from(PACKED.bzip2.text)
  wrongStream.writeUInt8(wrongStream.readUInt8(wrongStream.length - 2) ^ 1, wrongStream.length - 2)
  expect(await unpackError('bzip2', wrongStream)).toMatchObject({ message: expect.stringContaining('incorrect stream check') })
})

/** A stream of one block of one byte value: a zero run written with `digits` digits of 1, then the end of the block. Its check is wrong. */
function streamOfRun(digits: number): Buffer {
  const table = binary(2 << 3, 8) // three codes of two bits
  const symbols = [...Array<number>(digits * 2).fill(0), ...binary(2, 2)] // RUNA, then the end of the block
  return blockOf(9, ['a'], table, symbols)
}

/** A stream of one block of `count` times 'b', 'a', every code of 20 bits: no encoder writes so long a block. Its check is wrong. */
function streamOfLongCodes(count: number): Buffer {
  const table = [...binary(20, 5), 0, 0, 0, 0]
  const other = binary(2, 20) // the byte that was not the last one
  const symbols = [...Array.from({ length: count }, () => other).flat(), ...binary(3, 20)]
  return blockOf(1, ['a', 'b'], table, symbols)
}

/** A stream of one block whose bytes are `letters`; both of its tables are `table`, and `symbols` are the bits of its codes. Its check is wrong. */
function blockOf(level: number, letters: readonly string[], table: readonly number[], symbols: readonly number[]): Buffer {
  const selectors = Math.max(1, Math.ceil(symbols.length / 50))
  const inUse = letters.reduce((mask, letter) => mask | (0x8000 >> (letter.charCodeAt(0) & 15)), 0)
  const bits = [
    hex(BLOCK_MAGIC),
    binary(0, 32), // check
    binary(0, 1), // not randomised
    binary(0, 24), // origin
    binary(0x8000 >> 6, 16), // bytes from 0x60 on
    binary(inUse, 16), // of these, the letters
    binary(2, 3), // tables
    binary(Math.min(selectors, 0x7fff), 15),
    Array<number>(Math.min(selectors, 0x7fff)).fill(0),
    table,
    table,
    symbols,
    binary(0, 200),
  ].flat()
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return Buffer.concat([Buffer.from(`BZh${level}`), Buffer.from(bytes.map(byte => parseInt(byte, 2)))])
}

function binary(value: number, width: number): number[] {
  return Array.from(value.toString(2).padStart(width, '0'), Number)
}

function hex(digits: string): number[] {
  return Array.from(digits, digit => binary(parseInt(digit, 16), 4)).flat()
}
