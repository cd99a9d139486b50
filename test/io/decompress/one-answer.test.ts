import { describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import zlib, { gunzipSync, gzipSync } from 'node:zlib'
import type { Compression } from '../../../lib/archive/magic.js'
import { decompress } from '../../../lib/io/decompress/decompress.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { hasTool } from '../../support/tools.js'
import fc, { runs } from '../../support/properties.js'
import { CONTENTS, PACKED } from './samples.js'

/** Text that compresses, and bytes that do not, in turns: blocks of every kind. */
const CONTENT = Buffer.concat(
  Array.from({ length: 12 }, (_, index) => Buffer.concat([Buffer.alloc(20_000, `text ${index} `), noise(index, 3000), CONTENTS.text])),
)

/** Compressed data of some size, from the tools that are there; samples are small. */
const INPUTS: readonly (readonly [string, Compression, Buffer])[] = [
  ['gzip', 'gzip', gzipSync(CONTENT)],
  ['gzip of stored blocks', 'gzip', gzipSync(CONTENT, { level: 0 })],
  ['gzip of fixed codes', 'gzip', gzipSync(CONTENT, { strategy: zlib.constants.Z_FIXED })],
  ['gzip of two members', 'gzip', Buffer.concat([gzipSync(CONTENT), gzipSync(CONTENTS.text)])],
  ...(['bzip2', 'xz', 'lzma', 'zstd'] as const).map(format => [`a sample of ${format}`, format, PACKED[format].text] as const),
  ...(['bzip2', 'xz', 'lzma', 'zstd'] as const)
    .filter(format => hasTool(format))
    .map(format => [format, format, execFileSync(format, ['-c'], { input: CONTENT })] as const),
]

interface Answer {
  readonly length: number
  readonly digest: string
  readonly error: string
}

async function answerTo(compression: Compression, pieces: Iterable<Uint8Array>, allStreams: boolean): Promise<Answer> {
  const hash = createHash('md5')
  let length = 0
  let error = 'none'
  try {
    for await (const chunk of decompress(compression, lent(pieces), DEFAULT_LIMITS, { allStreams }).chunks) {
      hash.update(chunk)
      length += chunk.length
    }
  } catch (thrown) {
    error = (thrown as Error).message
  }
  return { length, digest: hash.digest('hex'), error }
}

/** Each piece is overwritten as soon as the next is requested. */
async function* lent(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    const chunk = Uint8Array.from(piece)
    yield chunk
    chunk.fill(0xaa)
  }
}

function* piecesOf(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** A byte changed, some bytes lost, or the end cut off. */
const faults = fc.record({
  kind: fc.constantFrom('change', 'lose', 'cut', 'none'),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  value: fc.integer({ min: 1, max: 255 }),
})

function damaged(packed: Buffer, { kind, place, value }: { kind: string; place: number; value: number }): Buffer {
  const at = Math.min(packed.length - 1, Math.floor(place * packed.length))
  if (kind === 'none') return packed
  if (kind === 'cut') return packed.subarray(0, Math.max(1, at))
  if (kind === 'lose') return Buffer.concat([packed.subarray(0, at), packed.subarray(at + value)])
  const changed = Buffer.from(packed)
  changed[at] = (changed[at] ?? 0) ^ value
  return changed
}

describe.each(INPUTS)('%s', (_, compression, packed) => {
  test('gives the same bytes and the same error, however the source divides it', async () => {
    await fc.assert(
      fc.asyncProperty(
        faults,
        fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (fault, sizes, all) => {
          const bytes = damaged(packed, fault)
          const whole = await answerTo(compression, [bytes], all)
          expect(await answerTo(compression, piecesOf(bytes, sizes), all)).toEqual(whole)
          expect(await answerTo(compression, piecesOf(bytes, [1 + (fault.value % 16)]), all)).toEqual(whole)
        },
      ),
      { numRuns: runs(40) },
    )
  })
})

describe('deflated data with a fault', () => {
  test('are unpacked up to the fault: as far as zlib unpacks the bytes before it', async () => {
    const packed = gzipSync(CONTENT)
    for (let at = 20; at < packed.length - 8; at += 997) {
      const broken = Buffer.from(packed)
      broken.fill(0xff, at, at + 300)
      const { length, error } = await answerTo('gzip', [broken], false)
      if (error.includes('incorrect')) continue // it decodes, to other bytes
      const offset = Number(/ at (0x[0-9a-f]+)$/.exec(error)?.[1])
      expect(offset).toBeGreaterThanOrEqual(at - 300) // a table is refused where its block begins
      const before = gunzipSync(broken.subarray(0, offset), { finishFlush: zlib.constants.Z_SYNC_FLUSH })
      expect(length).toBeGreaterThanOrEqual(before.length)
      expect(length - before.length).toBeLessThanOrEqual(258) // the symbol that ends in the byte at the fault
    }
  })

  test('are refused exactly where zlib refuses them', async () => {
    const small = gzipSync(CONTENT.subarray(0, 3000))
    for (let at = 10; at < small.length; at++) {
      for (const bit of [0, 3, 7]) {
        const broken = Buffer.from(small)
        broken[at] = (broken[at] ?? 0) ^ (1 << bit)
        const { error } = await answerTo('gzip', [broken], false)
        expect({ at, bit, isRefused: error !== 'none' }).toEqual({ at, bit, isRefused: isRefusedByZlib(broken) })
      }
    }
  })
})

describe('a large gzip payload', () => {
  const content = Buffer.from(noise(7, 1_400_000).toString('hex'))
  const packed = gzipSync(content)
  const sizes = [[packed.length], [1000], [70_000, 3], [65_536]]
  const answers = async (bytes: Buffer): Promise<Answer[]> => Promise.all(sizes.map(size => answerTo('gzip', piecesOf(bytes, size), false)))

  test('is unpacked whole, also where its data end with a piece of those that zlib gets', async () => {
    for (const length of [content.length, lengthForWholePieces(content)]) {
      const part = content.subarray(0, length)
      const expected = { length, digest: createHash('md5').update(part).digest('hex'), error: 'none' }
      for (const answer of await answers(gzipSync(part, { level: 0 }))) expect(answer).toEqual(expected)
    }
  })

  test('ends with the same error, however the source divides it', async () => {
    for (const place of [0.1, 0.5, 0.9]) {
      const at = Math.floor(packed.length * place)
      const cut = await answers(packed.subarray(0, at))
      expect(cut.map(({ error }) => error)).toEqual(sizes.map(() => expect.stringMatching(/^payload \(gzip\): truncated at 0x/)))
      const changed = Buffer.from(packed)
      noise(9, 5000).copy(changed, at)
      const [first, ...others] = await answers(changed)
      expect(first?.error).toMatch(/^payload \(gzip\): invalid .* at 0x/)
      for (const other of others) expect(other).toEqual(first)
    }
  })

  test('has its checksum and length compared', async () => {
    for (const [behind, message] of [
      [8, 'incorrect data check'],
      [4, 'incorrect length check'],
    ] as const) {
      const changed = Buffer.from(packed)
      changed[packed.length - behind]! ^= 1
      expect((await answers(changed)).map(({ error }) => error)).toEqual(sizes.map(() => expect.stringContaining(message)))
    }
  })
})

/** Bytes of which the deflated data, in stored blocks, are a multiple of 64 KiB: a little less than that, for the headers of the blocks. */
function lengthForWholePieces(content: Buffer): number {
  const whole = 20 * 65_536
  const deflated = (length: number): number => zlib.deflateRawSync(content.subarray(0, length), { level: 0 }).length
  for (let length = whole - (deflated(whole) - whole); length < whole; length++) if (deflated(length) === whole) return length
  throw new Error('no such length')
}

function isRefusedByZlib(bytes: Buffer): boolean {
  try {
    gunzipSync(bytes)
    return false
  } catch {
    return true
  }
}

/** The same bytes each time. */
function noise(seed: number, length: number): Buffer {
  const parts = Array.from({ length: Math.ceil(length / 16) }, (_, index) => createHash('md5').update(`${seed}/${index}`).digest())
  return Buffer.concat(parts).subarray(0, length)
}
