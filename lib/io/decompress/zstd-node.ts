/** One zstd frame through node:zlib, which has a decoder from Node 22.15 on. */
import zlib from 'node:zlib'
import type { Transform } from 'node:stream'
import type { CompressedInput } from './compressed-input.js'
import { messageOf } from '../os-error.js'
import type { UnpackCosts } from './unpack-costs.js'
import { BLOCK_COST, MOVES_PER_FRAME, blocksOf, type FrameHeader } from './zstd-frame.js'

const ZSTD_D_WINDOW_LOG_MAX = 100 // ZSTD_d_windowLogMax of zstd.h
const WINDOW_LOG_MAX = 31 // and its highest value: the caller has compared the window with its limit

/** More than one block unpacks to, so that one call yields all of it. */
const OPTIONS = { chunkSize: 256 * 1024, highWaterMark: 512 * 1024, params: { [ZSTD_D_WINDOW_LOG_MAX]: WINDOW_LOG_MAX } }

/** A decoder stream, with the number of bytes that its decoder has consumed. */
type ZstdStream = Transform & { readonly bytesWritten: number }

/** The part of node:zlib that Node 20 does not have. */
interface ZstdZlib {
  readonly createZstdDecompress?: (options: typeof OPTIONS) => ZstdStream
}

const { createZstdDecompress } = zlib as typeof zlib & ZstdZlib

export function isZstdSupported(): boolean {
  return createZstdDecompress !== undefined
}

/** Unpacks one frame; its checksum, if it has one, is verified. */
export async function* unpackFrame(input: CompressedInput, header: FrameHeader, costs: UnpackCosts): AsyncGenerator<Uint8Array> {
  if (createZstdDecompress === undefined) return input.refuse('this version of Node.js has no zstd decoder')
  costs.moveWindow(input.structure, MOVES_PER_FRAME * header.windowBytes)
  const decoder = new BlockDecoder(createZstdDecompress(OPTIONS), input)
  try {
    await decoder.decode((await input.peek(header.length)).subarray(0, header.length))
    input.skip(header.length)
    for await (const { bytes, cutOff } of blocksOf(input, header)) {
      costs.beginPart(input.structure, BLOCK_COST)
      costs.moveWindow(input.structure, header.windowBytes) // as fzstd does: the result is that of every Node
      if (cutOff === null) yield* await decoder.decode(bytes)
      else if (cutOff.length > 0) yield cutOff
    }
  } finally {
    decoder.close()
  }
}

/**
 * The stream as a function, called with one piece after the other. It is not iterated, because a stream that fails drops what it has
 * unpacked and not yet passed on.
 */
class BlockDecoder {
  readonly #stream: ZstdStream
  readonly #input: CompressedInput
  #unpacked: Uint8Array[] = []
  #given = 0
  #error: unknown = null
  #wake = (): void => {}

  constructor(stream: ZstdStream, input: CompressedInput) {
    this.#stream = stream
    this.#input = input
    const wake = (): void => this.#wake()
    stream.on('error', error => (this.#error = error))
    stream
      .on('readable', () => this.#read())
      .on('end', wake)
      .on('close', wake)
  }

  /** What the piece unpacks to. Throws `MalformedError`. */
  async decode(piece: Uint8Array): Promise<Uint8Array[]> {
    await new Promise<void>(resolve => {
      this.#wake = resolve
      this.#stream.write(piece, () => resolve())
    })
    this.#read()
    if (this.#error !== null) this.#input.fail(messageOf(this.#error), this.#error)
    this.#given += piece.length
    if (this.#stream.bytesWritten !== this.#given) this.#input.fail('zstd data ends before its frame')
    const unpacked = this.#unpacked
    this.#unpacked = []
    return unpacked
  }

  close(): void {
    this.#stream.destroy()
  }

  #read(): void {
    for (let chunk = this.#next(); chunk !== null; chunk = this.#next()) this.#unpacked.push(chunk)
  }

  #next(): Uint8Array | null {
    return this.#stream.destroyed ? null : (this.#stream.read() as Uint8Array | null)
  }
}
