/**
 * bzip2, one stream, as rpm reads it.
 *
 * A decoder of our own: the libraries at hand write byte by byte into arrays, read on into what follows the stream, and one run
 * of a crafted length keeps them busy for ever. Blocks are decoded whole, out of as many bytes as they turn out to need.
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

/** The blocks of a stream. They begin at any bit, and only the last one is followed by whole bytes. */
class BlockStream {
  readonly #input: CompressedInput
  readonly #permutation: Uint32Array
  readonly #usual: number
  /** Bits of the next byte that belong to the block before. */
  #bit = 0
  #crc = 0

  constructor(input: CompressedInput, level: number) {
    this.#input = input
    this.#permutation = new Uint32Array(level * BLOCK_UNIT)
    this.#usual = level * BLOCK_UNIT + BLOCK_UNIT
  }

  /** The next block, or null at the end, whose checksum is that of all blocks. Valid until the next call. */
  async next(): Promise<Block | null> {
    for (let least = this.#usual; ; least *= 2) {
      const bytes = await this.#input.peek(least)
      const bits = new BitReader(bytes, this.#bit)
      const block = this.#decode(bits)
      if (!bits.isOverrun) return this.#accept(block, bits)
      if (bytes.length < least) this.#input.fail('truncated')
    }
  }

  /** What comes of bits that are not there is of no account, error or not. */
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
