import { describe, expect, test } from '@jest/globals'
import type { Compression } from '../../../lib/archive/magic.js'
import { CheckError, LimitError, MalformedError, UnreadableError } from '../../../lib/errors/check-error.js'
import { decompress } from '../../../lib/io/decompress/decompress.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import type { Sample } from './samples.js'
import { CONTENTS, PACKED } from './samples.js'
import { ChunkedSource, unpack, unpackError } from './streams.js'

const FORMATS = ['gzip', 'bzip2', 'lzma', 'xz', 'zstd'] as const
const SAMPLES: readonly Sample[] = ['empty', 'byte', 'text', 'zeros']
const JUNK = Buffer.from('junk that rpm does not read')

describe.each(FORMATS)('%s', format => {
  test.each(SAMPLES)('unpacks the sample "%s", whole and in pieces of 1 and 7 bytes', async sample => {
    for (const size of [1 << 20, 1, 7]) {
      const { content, trailing, consumed, isReleased } = await unpack(format, PACKED[format][sample], size)
      expect(content.equals(CONTENTS[sample])).toBe(true)
      expect({ trailing, consumed, isReleased }).toEqual({ trailing: 0, consumed: PACKED[format][sample].length, isReleased: true })
    }
  })

  test('is truncated at every byte but the last', async () => {
    const packed = PACKED[format].text
    for (let length = 1; length < packed.length; length++) {
      const error = await unpackError(format, packed.subarray(0, length))
      expect(error).toBeInstanceOf(MalformedError)
      expect((error as MalformedError).structure).toBe(`payload (${format})`)
      expect((error as MalformedError).offset).toBeLessThanOrEqual(length)
    }
  })

  test('reports that an empty source is empty', async () => {
    expect(await unpackError(format, Buffer.alloc(0))).toMatchObject({ reason: 'malformed', message: `payload (${format}): empty at 0x0` })
  })

  test('refuses bytes of another format', async () => {
    expect(await unpackError(format, Buffer.from('07070100000001'))).toBeInstanceOf(MalformedError)
  })

  test('counts the bytes after its end without reading them', async () => {
    const { content, trailing } = await unpack(format, Buffer.concat([PACKED[format].text, JUNK]), 100)
    expect(content.equals(CONTENTS.text)).toBe(true)
    expect(trailing).toBe(JUNK.length)
  })

  test('ends with content or a check error, whichever byte is flipped', async () => {
    const packed = PACKED[format].text
    for (let at = 0; at < packed.length; at++) {
      const flipped = Buffer.from(packed)
      flipped[at] = (flipped[at] ?? 0) ^ 0xff
      const error = await unpack(format, flipped).catch((thrown: unknown) => thrown)
      if (error instanceof Error) expect(error).toBeInstanceOf(CheckError)
    }
  })

  test('closes the source when the reader stops early, and still unpacks the next stream', async () => {
    const source = new ChunkedSource(PACKED[format].zeros, 16)
    const { chunks } = decompress(format, source, DEFAULT_LIMITS)
    for await (const chunk of chunks) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    expect(source.isReleased).toBe(true)
    expect((await unpack(format, PACKED[format].text)).content.equals(CONTENTS.text)).toBe(true)
  })

  test('unpacks two streams alternately', async () => {
    const iterators = [PACKED[format].zeros, PACKED[format].zeros, PACKED[format].text].map(packed =>
      decompress(format, new ChunkedSource(packed, 50), DEFAULT_LIMITS).chunks[Symbol.asyncIterator](),
    )
    const lengths = iterators.map(() => 0)
    for (const left = new Set(iterators.keys()); left.size > 0;) {
      for (const i of left) {
        const next = await iterators[i]?.next()
        if (next === undefined || next.done === true) left.delete(i)
        else lengths[i] = (lengths[i] ?? 0) + next.value.length
      }
    }
    expect(lengths).toEqual([CONTENTS.zeros.length, CONTENTS.zeros.length, CONTENTS.text.length])
  })

  test('passes on errors of the source unchanged, wherever they occur', async () => {
    const fault = new UnreadableError('the disk is gone')
    for (const length of [0, 1, 20, PACKED[format].text.length - 1]) {
      const chunks = decompress(format, failingAfter(PACKED[format].text.subarray(0, length), fault), DEFAULT_LIMITS).chunks
      await expect(all(chunks)).rejects.toBe(fault)
    }
  })

  test('unpacks as many bytes as the limit allows, and not one more', async () => {
    const limits = { ...DEFAULT_LIMITS, unpackedBytes: CONTENTS.zeros.length }
    expect((await unpack(format, PACKED[format].zeros, 64, limits)).content.length).toBe(CONTENTS.zeros.length)
    const error = await unpackError(format, PACKED[format].zeros, 64, { ...limits, unpackedBytes: limits.unpackedBytes - 1 })
    expect(error).toBeInstanceOf(LimitError)
  })
})

/** Formats that verify what they unpack: a flip either shows or changes nothing. */
test.each(['gzip', 'bzip2', 'xz'] as const)(
  '%s never unpacks a flipped byte to other content',
  async (format: Compression & keyof typeof PACKED) => {
    const packed = PACKED[format].text
    let caught = 0
    for (let bit = 0; bit < packed.length * 8; bit += 5) {
      const flipped = Buffer.from(packed)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const result = await unpack(format, flipped).catch((error: unknown) => error)
      if (result instanceof Error) caught++
      else expect((result as { content: Buffer }).content.equals(CONTENTS.text)).toBe(true)
    }
    expect(caught).toBeGreaterThan(packed.length)
  },
)

test('an uncompressed archive passes through, and an empty one is refused', async () => {
  const { content, consumed } = await unpack('none', CONTENTS.text, 7)
  expect(content.equals(CONTENTS.text)).toBe(true)
  expect(consumed).toBe(3000)
  expect(await unpackError('none', Buffer.alloc(0))).toBeInstanceOf(MalformedError)
})

test('the caller names what is unpacked', async () => {
  const { chunks } = decompress('xz', new ChunkedSource(Buffer.from('no xz at all'), 5), DEFAULT_LIMITS, { structure: 'vendor.tar.xz' })
  await expect(all(chunks)).rejects.toThrow('vendor.tar.xz (xz): unrecognised format at 0x')
})

async function* failingAfter(bytes: Uint8Array, fault: Error): AsyncGenerator<Uint8Array> {
  yield bytes
  throw fault
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0
  for await (const chunk of chunks) length += chunk.length
  return length
}
