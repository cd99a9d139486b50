import { describe, expect, test } from '@jest/globals'
import zlib from 'node:zlib'
import { LimitError, MalformedError } from '../../../lib/errors/check-error.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { CompressedInput } from '../../../lib/io/decompress/compressed-input.js'
import { FzstdFrames } from '../../../lib/io/decompress/zstd-fzstd.js'
import { UnpackCosts } from '../../../lib/io/decompress/unpack-costs.js'
import { peekFrameHeader } from '../../../lib/io/decompress/zstd-frame.js'
import { CONTENTS, PACKED } from './samples.js'
import { ChunkedSource, unpack, unpackError } from './streams.js'

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
const WINDOW_1_KIB = 0x00
const WINDOW_128_MIB = 17 << 3
const WINDOW_144_MIB = (17 << 3) | 1
const LAST = 1
const RAW = 0
const RLE = 1 << 1
const COMPRESSED = 2 << 1
const RESERVED = 3 << 1

describe('zstd frames', () => {
  const frames = Buffer.concat([
    skippable(0, 0),
    PACKED.zstd.text,
    skippable(15, 700),
    PACKED.zstd.empty,
    PACKED.zstd.byte,
    skippable(3, 5),
  ])

  test.each([1, 13, 1 << 16])('are all read, and skippable ones skipped, in pieces of %d bytes', async size => {
    const { content, trailing, consumed } = await unpack('zstd', frames, size)
    expect(content.equals(Buffer.concat([CONTENTS.text, CONTENTS.byte]))).toBe(true)
    expect({ trailing, consumed }).toEqual({ trailing: 0, consumed: frames.length })
  })

  test('end at bytes that begin no frame, however few', async () => {
    for (const junk of [[0x28], [0x28, 0xb5, 0x2f], [0x28, 0xb5, 0x2f, 0xfc], [0x60, 0x2a, 0x4d, 0x18]]) {
      expect((await unpack('zstd', Buffer.concat([frames, Buffer.from(junk)]), 100)).trailing).toBe(junk.length)
    }
  })

  test('are truncated if another one begins and does not end', async () => {
    for (const next of [PACKED.zstd.byte, skippable(1, 3)]) {
      for (let length = 4; length < next.length; length++) {
        expect(await unpackError('zstd', Buffer.concat([frames, next.subarray(0, length)]))).toBeInstanceOf(MalformedError)
      }
    }
  })

  test('of raw and repeated blocks are unpacked', async () => {
    const bytes = frame(WINDOW_1_KIB, block(RAW, 3, 'abc'), block(RLE, 1000, 'z'), block(RAW, 0, ''), block(RAW | LAST, 2, 'de'))
    for (const size of [1, 1000]) {
      expect((await unpack('zstd', bytes, size)).content.toString()).toBe(`abc${'z'.repeat(1000)}de`)
    }
  })
})

describe('small frames for fzstd, which clears a window for each of them', () => {
  /** How many frames of one byte are unpacked whose header states a window of so many bytes, of a hundred. */
  async function framesUnpacked(windowBytes: number): Promise<number> {
    const count = 100
    const small = frame(WINDOW_1_KIB, block(RAW | LAST, 1, 'x')) // no memory for a large window is needed to count with one
    const input = new CompressedInput(new ChunkedSource(Buffer.concat(Array<Buffer>(count).fill(small)), 64), 'payload (zstd)')
    const frames = await FzstdFrames.open()
    const costs = new UnpackCosts(DEFAULT_LIMITS)
    for (let done = 0; done < count; done++) {
      const header = { ...(await peekFrameHeader(input)), windowBytes }
      try {
        for await (const chunk of frames.unpackFrame(input, header, costs)) expect(chunk.length).toBe(1)
      } catch (error) {
        expect(error).toBeInstanceOf(LimitError)
        return done
      }
    }
    return count
  }

  test('are limited where the windows are large', async () => expect(await framesUnpacked(128 * 1024 * 1024)).toBeLessThan(65))
  test('are not where they are small', async () => expect(await framesUnpacked(8 * 1024 * 1024)).toBe(100))
})

describe('a zstd frame is refused', () => {
  test('over the window limit, which a frame at the limit is not', async () => {
    const last = block(RAW | LAST, 1, 'x')
    expect((await unpack('zstd', frame(WINDOW_128_MIB, last))).content.toString()).toBe('x')
    expect(await unpackError('zstd', frame(WINDOW_144_MIB, last))).toMatchObject({ reason: 'limit' })
    expect(await unpackError('zstd', frame(21 << 3, last))).toMatchObject({ reason: 'limit' })
  })

  test('for the size of a single segment, which is its window', async () => {
    const limits = { ...DEFAULT_LIMITS, windowBytes: 2999 }
    expect(await unpackError('zstd', PACKED.zstd.text, 100, limits)).toMatchObject({ reason: 'limit' })
    expect((await unpack('zstd', PACKED.zstd.text, 100, { ...limits, windowBytes: 3000 })).content.length).toBe(3000)
  })

  test('with a dictionary, a reserved bit, a reserved block or one that is too large', async () => {
    const last = block(RAW | LAST, 1, 'x')
    const dictionary = Buffer.concat([MAGIC, Buffer.from([0x01, WINDOW_1_KIB, 7]), last])
    expect(await unpackError('zstd', dictionary)).toMatchObject({ reason: 'unsupported' })
    const noDictionary = Buffer.concat([MAGIC, Buffer.from([0x01, WINDOW_1_KIB, 0]), last])
    expect((await unpack('zstd', noDictionary)).content.toString()).toBe('x')
    expect(await unpackError('zstd', Buffer.concat([MAGIC, Buffer.from([0x08, WINDOW_1_KIB]), last]))).toBeInstanceOf(MalformedError)
    expect(await unpackError('zstd', frame(WINDOW_1_KIB, block(RESERVED | LAST, 1, 'x')))).toBeInstanceOf(MalformedError)
    expect(await unpackError('zstd', frame(WINDOW_1_KIB, block(RAW | LAST, 128 * 1024 + 1, 'x')))).toBeInstanceOf(MalformedError)
    expect(await unpackError('zstd', frame(WINDOW_1_KIB, block(COMPRESSED | LAST, 2, '\xff\xff')))).toBeInstanceOf(MalformedError)
  })

  test('if its content does not have the stated size', async () => {
    const sized = (size: number): Buffer => Buffer.concat([MAGIC, Buffer.from([0x20, size]), block(RAW | LAST, 3, 'abc')])
    expect((await unpack('zstd', sized(3))).content.toString()).toBe('abc')
    expect(await unpackError('zstd', sized(4))).toBeInstanceOf(MalformedError)
  })

  const verifies = 'createZstdDecompress' in zlib
  const checksumTest = verifies ? test : test.skip
  checksumTest(`when its checksum is wrong${verifies ? '' : ' (this Node has no zstd: fzstd does not verify it)'}`, async () => {
    const wrong = Buffer.from(PACKED.zstd.text)
    wrong.writeUInt8(wrong.readUInt8(wrong.length - 1) ^ 1, wrong.length - 1)
    expect(await unpackError('zstd', wrong)).toBeInstanceOf(MalformedError)
  })
})

/** A frame without content size and checksum. */
function frame(window: number, ...blocks: readonly Buffer[]): Buffer {
  return Buffer.concat([MAGIC, Buffer.from([0x00, window]), ...blocks])
}

function block(type: number, size: number, content: string): Buffer {
  const header = Buffer.alloc(3)
  header.writeUIntLE(size * 8 + type, 0, 3)
  return Buffer.concat([header, Buffer.from(content, 'latin1')])
}

function skippable(kind: number, size: number): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt32LE(0x184d2a50 + kind, 0)
  header.writeUInt32LE(size, 4)
  return Buffer.concat([header, Buffer.alloc(size, 0x28)])
}
