import { describe, expect, test } from '@jest/globals'
import { constants, deflateRawSync } from 'node:zlib'
import { CompressedInput } from '../../../lib/io/decompress/compressed-input.js'
import { Inflate, inflate } from '../../../lib/io/decompress/inflate.js'
import fc, { runs } from '../../support/properties.js'
import { ChunkedSource } from './streams.js'

/** What the data unpack to, and how many of the bytes they are. */
async function unpacked(packed: Uint8Array, size: number, decoder = new Inflate()): Promise<{ content: Buffer; consumed: number }> {
  const input = new CompressedInput(new ChunkedSource(packed, size), 'deflate')
  const parts: Buffer[] = []
  for await (const chunk of inflate(input, decoder)) parts.push(Buffer.from(chunk))
  return { content: Buffer.concat(parts), consumed: input.consumed }
}

const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants
const TRAILER = Buffer.from('trailer!')

describe('deflated data', () => {
  const parts = fc.array(fc.record({ unit: fc.uint8Array({ minLength: 1, maxLength: 40 }), times: fc.integer({ min: 1, max: 4000 }) }), {
    maxLength: 12,
  })
  const options = fc.record({
    level: fc.integer({ min: 0, max: 9 }),
    strategy: fc.constantFrom(Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED),
    memLevel: fc.integer({ min: 1, max: 9 }),
  })

  test('are unpacked to what was packed, up to their end, whatever the blocks and chunks', async () => {
    const decoder = new Inflate()
    await fc.assert(
      fc.asyncProperty(parts, options, fc.integer({ min: 1, max: 5000 }), async (content, how, size) => {
        const bytes = Buffer.concat(content.map(({ unit, times }) => Buffer.concat(Array<Uint8Array>(times).fill(unit))))
        const packed = deflateRawSync(bytes, how)
        const result = await unpacked(Buffer.concat([packed, TRAILER]), size, decoder)
        expect(result.content.equals(bytes)).toBe(true)
        expect(result.consumed).toBe(packed.length)
      }),
      { numRuns: runs(150) },
    )
  })

  test('may be longer than the buffers, and refer back as far as 32 KiB', async () => {
    const unit = Buffer.from(Array.from({ length: 32_768 }, (_, index) => (index * index * 31) >>> 7))
    const bytes = Buffer.concat(Array<Buffer>(100).fill(unit))
    const packed = deflateRawSync(bytes, { level: 9 })
    expect((await unpacked(packed, 70_000)).content.equals(bytes)).toBe(true)
    expect((await unpacked(deflateRawSync(bytes, { level: 0 }), 1_500_000)).content.equals(bytes)).toBe(true)
  })
})

describe('data that are refused', () => {
  /** Bits from the lowest of each byte on; codes are given as they are read. */
  const bits = (text: string): Buffer => {
    const digits = text.replace(/\s/g, '')
    const bytes = Buffer.alloc(Math.ceil(digits.length / 8))
    for (let at = 0; at < digits.length; at++) bytes[at >> 3]! |= Number(digits[at]) << (at & 7)
    return Buffer.concat([bytes, Buffer.alloc(700)])
  }

  test.each([
    ['1 11', 'invalid block type at 0x0'],
    ['1 00 00000 0000000000000000 0000000000000000', 'invalid stored block lengths at 0x0'],
    ['1 10 0000001 00000', 'invalid distance too far back at 0x0'],
    ['1 10 00110000 0000001 11110', 'invalid distance code at 0x1'],
    ['1 10 11000110', 'invalid literal/length code at 0x0'],
    ['1 10 00110000 11000110', 'invalid literal/length code at 0x1'],
    ['1 01 01111 00000 0000', 'too many length or distance symbols at 0x0'],
    ['1 01 00000 01111 0000', 'too many length or distance symbols at 0x0'],
    ['1 01 00000 00000 0000 100 100 100 100', 'invalid code lengths set at 0x0'],
    ['1 01 00000 00000 0000 100 000 000 000', 'invalid code lengths set at 0x0'],
    ['1 01 00000 00000 0000 100 100 000 000 0', 'invalid bit length repeat at 0x0'],
    ['1 01 00000 00000 0000 000 100 100 000 1 1111111 1 1110111 0 000', 'invalid bit length repeat at 0x0'],
    ['1 01 00000 00000 0000 000 000 100 100 1 1111111 1 1011011', 'invalid code -- missing end-of-block at 0x0'],
  ])('%s: %s', async (text, message) => {
    await expect(unpacked(bits(text), 1)).rejects.toThrow(`deflate: ${message}`)
    await expect(unpacked(bits(text), 1000)).rejects.toThrow(`deflate: ${message}`)
  })
})
