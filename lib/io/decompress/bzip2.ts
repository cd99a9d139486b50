/**
 * bzip2, one stream, as rpm reads it.
 *
 * Our own decoder: the available libraries (seek-bzip 2, unbzip2-stream 1.4) write byte by byte into arrays, read past the end of the stream, and one run
 * of a crafted length makes them hang. Blocks are decoded whole, from as many bytes as they turn out to need.
 */
import { BitReader } from './bzip2-bits.js'
import type { Block } from './bzip2-block.js'
import { BlockError, decodeBlock } from './bzip2-block.js'
import { unfoldRuns } from './bzip2-runs.js'
import type { CompressedInput } from './compressed-input.js'

const BLOCK_MAGIC = 0x314159265359
const END_MAGIC = 0x177245385090
const BLOCK_UNIT = 100_000 // bytes of a block for each step of the level
const OUT_BYTES = 256 * 1024

export async function* bunzip2(input: CompressedInput): AsyncGenerator<Uint8Array> {
  const blocks = new BlockStream(input, await readLevel(input))
  const out = new Uint8Array(OUT_BYTES)
  for (let block = await blocks.next(); block !== null; block = await blocks.next()) {
    const crc = yield* unfoldRuns(block, out)
    if (crc !== block.crc) input.fail('incorrect block check')
  }
}

/** `BZh` and a digit from 1 to 9. */
async function readLevel(input: CompressedInput): Promise<number> {
  const head = Buffer.from(await input.take(4)).toString('latin1')
  if (!/^BZh[1-9]$/.test(head)) input.fail('not a bzip2 stream')
  return Number(head.slice(3))
}

/** The blocks of a stream. They begin at any bit; only the end of the stream is aligned to a byte. */
class BlockStream {
  readonly #input: CompressedInput
  readonly #permutation: Uint32Array
  readonly #usual: number
  /** Bits of the next byte that belong to the previous block. */
  #bit = 0
  #crc = 0

  constructor(input: CompressedInput, level: number) {
    this.#input = input
    this.#permutation = new Uint32Array(level * BLOCK_UNIT)
    this.#usual = level * BLOCK_UNIT + BLOCK_UNIT
  }

  /** The next block, or `null` at the end of the stream, where the checksum of all blocks is verified. Valid until the next call. */
  async next(): Promise<Block | null> {
    for (let least = this.#usual; ; least *= 2) {
      const bytes = await this.#input.peek(least)
      const bits = new BitReader(bytes, this.#bit)
      const block = this.#decode(bits)
      if (!bits.isOverrun) return this.#accept(block, bits)
      if (bytes.length < least) this.#input.fail('truncated')
    }
  }

  /** An error after an overrun is ignored: the block is decoded again with more bytes. */
  #decode(bits: BitReader): Block | null {
    try {
      return this.#decodeNext(bits)
    } catch (error) {
      if (!(error instanceof BlockError)) throw error
      return bits.isOverrun ? null : this.#input.fail(error.message, error)
    }
  }

  #decodeNext(bits: BitReader): Block | null {
    const magic = bits.u48()
    if (magic === BLOCK_MAGIC) return decodeBlock(bits, this.#permutation)
    if (magic !== END_MAGIC) throw new BlockError('neither a block nor an end-of-stream marker')
    if (bits.u32() !== this.#crc) throw new BlockError('incorrect stream check')
    return null
  }

  #accept(block: Block | null, bits: BitReader): Block | null {
    const isEnd = block === null
    this.#bit = isEnd ? 0 : bits.position & 7
    this.#input.skip(isEnd ? Math.ceil(bits.position / 8) : bits.position >> 3)
    if (!isEnd) this.#crc = (((this.#crc << 1) | (this.#crc >>> 31)) ^ block.crc) >>> 0
    return block
  }
}
