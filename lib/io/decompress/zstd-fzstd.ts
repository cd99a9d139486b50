/**
 * zstd frames through fzstd, for Nodes without a decoder of their own.
 *
 * Frames are passed one block at a time: the unpacked size of one block is bounded, that of a chunk of many is not.
 */
import type { Decompress } from 'fzstd'
import type { CompressedInput } from './compressed-input.js'
import type { FrameHeader } from './zstd-frame.js'
import { messageOf } from '../os-error.js'
import { BlockWalker } from './zstd-frame.js'

/**
 * fzstd clears its window for every frame and moves all of it for every block, however small: 8 KB of the smallest blocks with a
 * window of 128 MiB take 15 s. As much as a large package needs is allowed (zstd -19 moves 64 bytes for each unpacked one).
 */
const MOVED_FREELY = 256 * 1024 ** 3
const MOVED_PER_BYTE = 128
const MOVES_PER_FRAME = 32 // cost of new memory, measured in moves of the window

/** The frames of one stream, which share the allowance. */
export class FzstdFrames {
  readonly #Decoder: typeof Decompress
  #allowance = MOVED_FREELY

  private constructor(Decoder: typeof Decompress) {
    this.#Decoder = Decoder
  }

  static async open(): Promise<FzstdFrames> {
    return new FzstdFrames((await import('fzstd')).Decompress)
  }

  /** Unpacks one frame; its checksum, if it has one, is not verified. */
  async *unpackFrame(input: CompressedInput, header: FrameHeader): AsyncGenerator<Uint8Array> {
    const unpacked: Uint8Array[] = []
    const decoder = new this.#Decoder(chunk => unpacked.push(chunk))
    push(decoder, input, await input.take(header.length), false)
    this.#spend(input, MOVES_PER_FRAME * header.windowBytes)
    for (const blocks = new BlockWalker(input, header); !blocks.isEnded;) {
      const bytes = await input.peek()
      if (bytes.length === 0) input.fail('truncated')
      const piece = bytes.subarray(0, blocks.pass(bytes, 0))
      push(decoder, input, piece, blocks.isEnded)
      input.skip(piece.length)
      for (const chunk of unpacked.splice(0)) {
        this.#spend(input, header.windowBytes - MOVED_PER_BYTE * chunk.length)
        if (chunk.length > 0) yield chunk
      }
    }
  }

  #spend(input: CompressedInput, moved: number): void {
    this.#allowance -= moved
    if (this.#allowance < 0) input.exceed('many small blocks with a large window: too slow without the zstd of Node 22.15')
  }
}

/** Errors of fzstd mean malformed data. It keeps input that it cannot use yet, so it gets a copy. */
function push(decoder: Decompress, input: CompressedInput, piece: Uint8Array, isFinal: boolean): void {
  try {
    decoder.push(new Uint8Array(piece), isFinal)
  } catch (error) {
    input.fail(messageOf(error), error)
  }
}
