import { expect, test } from '@jest/globals'
import { CONTENTS, PACKED } from './samples.js'
import { unpack, unpackError } from './streams.js'

const BLOCK_MAGIC = '314159265359'

test('one stream of bzip2 is read, as rpm does, and the next one counted', async () => {
  const { content, trailing } = await unpack('bzip2', Buffer.concat([PACKED.bzip2.text, PACKED.bzip2.byte]), 100)
  expect(content.equals(CONTENTS.text)).toBe(true)
  expect(trailing).toBe(PACKED.bzip2.byte.length)
})

test('a level that there is not is refused', async () => {
  for (const level of ['0', ':', 'a']) {
    const packed = Buffer.from(PACKED.bzip2.text)
    packed.write(level, 3, 'latin1')
    expect(await unpackError('bzip2', packed)).toMatchObject({ message: 'payload (bzip2): no bzip2 stream at 0x4' })
  }
})

test('a run that never ends is refused, and one that fits is not taken for it', async () => {
  expect(await unpackError('bzip2', streamOfRun(40))).toMatchObject({ message: expect.stringContaining('endless run') })
  expect(await unpackError('bzip2', streamOfRun(20))).toMatchObject({ message: expect.stringContaining('more bytes than the block holds') })
  expect(await unpackError('bzip2', streamOfRun(19))).toMatchObject({ message: expect.stringContaining('incorrect block check') })
})

test('a randomised block is refused', async () => {
  const packed = Buffer.from(PACKED.bzip2.text)
  packed.writeUInt8(packed.readUInt8(14) | 0x80, 14)
  expect(await unpackError('bzip2', packed)).toMatchObject({ message: expect.stringContaining('randomised') })
})

test('the checks of blocks and of the stream are compared', async () => {
  const wrongBlock = Buffer.from(PACKED.bzip2.text)
  wrongBlock.writeUInt8(wrongBlock.readUInt8(10) ^ 1, 10)
  expect(await unpackError('bzip2', wrongBlock)).toMatchObject({ message: expect.stringContaining('incorrect block check') })
  const wrongStream = Buffer.from(PACKED.bzip2.text)
  wrongStream.writeUInt8(wrongStream.readUInt8(wrongStream.length - 2) ^ 1, wrongStream.length - 2)
  expect(await unpackError('bzip2', wrongStream)).toMatchObject({ message: expect.stringContaining('incorrect stream check') })
})

/** A stream of one block of one byte value: a zero run written with `digits` digits of 1, then the end of the block. Its check is wrong. */
function streamOfRun(digits: number): Buffer {
  const bits = [
    ...hex(BLOCK_MAGIC),
    ...binary(0, 32), // check
    ...binary(0, 1), // not randomised
    ...binary(0, 24), // origin
    ...binary(0x8000 >> 6, 16), // bytes from 0x60 on
    ...binary(0x8000 >> 1, 16), // of these, 'a'
    ...binary(2, 3), // tables
    ...binary(1, 15), // selectors
    ...binary(0, 1),
    ...binary(2 << 3, 8), // three codes of two bits
    ...binary(2 << 3, 8), // and again
    ...Array<number>(digits * 2).fill(0), // RUNA
    ...binary(2, 2), // end of block
    ...binary(0, 200),
  ]
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return Buffer.concat([Buffer.from('BZh9'), Buffer.from(bytes.map(byte => parseInt(byte, 2)))])
}

function binary(value: number, width: number): number[] {
  return Array.from(value.toString(2).padStart(width, '0'), Number)
}

function hex(digits: string): number[] {
  return Array.from(digits, digit => binary(parseInt(digit, 16), 4)).flat()
}
