/** One zstd frame through node:zlib, which has a decoder from Node 22.15 on. */
import zlib from 'node:zlib'
import type { CompressedInput } from './compressed-input.js'
import type { ZlibStream } from './node-zlib.js'
import { peekPiece, STREAM_OPTIONS, throughZlib } from './node-zlib.js'
import type { FrameHeader } from './zstd-frame.js'
import { BlockWalker } from './zstd-frame.js'

const ZSTD_D_WINDOW_LOG_MAX = 100 // ZSTD_d_windowLogMax of zstd.h
const WINDOW_LOG_MAX = 31 // and its highest value: the caller has compared the window with its limit

/** The part of node:zlib that Node 20 does not have. */
interface ZstdZlib {
  readonly createZstdDecompress?: (options: typeof STREAM_OPTIONS & { params: Record<number, number> }) => ZlibStream
}

const { createZstdDecompress } = zlib as typeof zlib & ZstdZlib

export function isZstdSupported(): boolean {
  return createZstdDecompress !== undefined
}

/** Unpacks one frame; its checksum, if it has one, is verified. */
export async function* unpackFrame(input: CompressedInput, header: FrameHeader): AsyncGenerator<Uint8Array> {
  if (createZstdDecompress === undefined) return input.refuse('this version of Node.js has no zstd decoder')
  const frame = new FramePieces(input, header)
  const stream = createZstdDecompress({ ...STREAM_OPTIONS, params: { [ZSTD_D_WINDOW_LOG_MAX]: WINDOW_LOG_MAX } })
  yield* throughZlib(stream, input, () => frame.next())
  if (stream.bytesWritten !== frame.given) input.fail('zstd data ends before its frame')
}

/** Exactly the bytes of one frame: its header, then whole and partial blocks, as they arrive. */
class FramePieces {
  readonly #input: CompressedInput
  readonly #header: FrameHeader
  readonly #blocks: BlockWalker
  /** Bytes returned so far. */
  given = 0

  constructor(input: CompressedInput, header: FrameHeader) {
    this.#input = input
    this.#header = header
    this.#blocks = new BlockWalker(input, header)
  }

  async next(): Promise<Uint8Array | null> {
    if (this.#blocks.isEnded) return null
    const piece = this.given === 0 ? await this.#headerPiece() : await this.#blocksPiece()
    this.given += piece.length
    return piece
  }

  async #headerPiece(): Promise<Uint8Array> {
    return (await this.#input.peek(this.#header.length)).subarray(0, this.#header.length)
  }

  async #blocksPiece(): Promise<Uint8Array> {
    const bytes = await peekPiece(this.#input)
    if (bytes.length === 0) this.#input.fail('truncated')
    let end = 0
    while (end < bytes.length && !this.#blocks.isEnded) end = this.#blocks.pass(bytes, end)
    return bytes.subarray(0, end)
  }
}
