/**
 * zstd frames through fzstd, for Nodes without a decoder of their own.
 *
 * Frames are passed one block at a time: the unpacked size of one block is bounded, that of a chunk of many is not.
 */
import type { Decompress } from 'fzstd'
import type { CompressedInput } from './compressed-input.js'
import { messageOf } from '../os-error.js'
import type { UnpackCosts } from './unpack-costs.js'
import { BLOCK_COST, MOVES_PER_FRAME, blocksOf, type FrameHeader } from './zstd-frame.js'

/** The frames of one stream. */
export class FzstdFrames {
  readonly #Decoder: typeof Decompress

  private constructor(Decoder: typeof Decompress) {
    this.#Decoder = Decoder
  }

  static async open(): Promise<FzstdFrames> {
    return new FzstdFrames((await import('fzstd')).Decompress)
  }

  /** Unpacks one frame; its checksum, if it has one, is not verified. */
  async *unpackFrame(input: CompressedInput, header: FrameHeader, costs: UnpackCosts): AsyncGenerator<Uint8Array> {
    const unpacked: Uint8Array[] = []
    const decoder = new this.#Decoder(chunk => unpacked.push(chunk))
    costs.moveWindow(input.structure, MOVES_PER_FRAME * header.windowBytes)
    push(decoder, input, await input.take(header.length), false)
    for await (const { bytes, isLast, cutOff } of blocksOf(input, header)) {
      costs.beginPart(input.structure, BLOCK_COST)
      costs.moveWindow(input.structure, header.windowBytes)
      if (cutOff === null) push(decoder, input, bytes, isLast)
      else unpacked.push(cutOff)
      for (const chunk of unpacked.splice(0)) if (chunk.length > 0) yield chunk
    }
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
