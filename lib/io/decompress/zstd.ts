/**
 * zstd, frame by frame: all frames and skippable frames, as in rpm, up to the first bytes that begin neither.
 *
 * The decoders get exactly one frame: node:zlib silently stops after the first frame, skips a leading skippable
 * frame and everything after it, and on Node 22 accepts a truncated frame as complete.
 */
import type { Limits } from '../../limits/limits.js'
import type { CompressedInput } from './compressed-input.js'
import type { FrameHeader } from './zstd-frame.js'
import { BLOCK_COST, isSkippable, peekFrameHeader, ZSTD_MAGIC } from './zstd-frame.js'
import type { UnpackCosts } from './unpack-costs.js'
import { FzstdFrames } from './zstd-fzstd.js'
import { isZstdSupported, unpackFrame as unpackNodeFrame } from './zstd-node.js'

/** Unpacks the next frame of `input`. */
export type FrameDecoder = (input: CompressedInput, header: FrameHeader, costs: UnpackCosts) => AsyncIterable<Uint8Array>

/** Unpacks all frames. Throws `LimitError` for a window over `limits.windowBytes`. */
export async function* unzstd(input: CompressedInput, limits: Limits, costs: UnpackCosts): AsyncGenerator<Uint8Array> {
  const decoder = await frameDecoder()
  let magic = await peekMagic(input)
  if (!beginsFrame(magic)) input.fail('not a zstd frame')
  for (; beginsFrame(magic); magic = await peekMagic(input)) {
    if (magic === ZSTD_MAGIC) yield* unpackFrame(input, limits, costs, decoder)
    else {
      costs.beginPart(input.structure, BLOCK_COST)
      await skipFrame(input)
    }
  }
}

/** The decoder of this Node: its own since 22.15, fzstd before. fzstd does not verify frame checksums; rpm's frames carry none. */
async function frameDecoder(): Promise<FrameDecoder> {
  if (isZstdSupported()) return unpackNodeFrame
  const frames = await FzstdFrames.open()
  return (input, header, costs) => frames.unpackFrame(input, header, costs)
}

/** The next four bytes, or 0 if there are fewer. */
async function peekMagic(input: CompressedInput): Promise<number> {
  const bytes = Buffer.from(await input.peek(4))
  return bytes.length < 4 ? 0 : bytes.readUInt32LE(0)
}

function beginsFrame(magic: number): boolean {
  return magic === ZSTD_MAGIC || isSkippable(magic)
}

/** Unpacks one frame. */
async function* unpackFrame(input: CompressedInput, limits: Limits, costs: UnpackCosts, decoder: FrameDecoder): AsyncGenerator<Uint8Array> {
  const header = await peekFrameHeader(input)
  if (header.windowBytes > limits.windowBytes) input.exceed(`zstd window of ${header.windowBytes} bytes`)
  let length = 0
  costs.hold(input.structure, header.windowBytes)
  try {
    for await (const chunk of decoder(input, header, costs)) {
      length += chunk.length
      yield chunk
    }
  } finally {
    costs.release(header.windowBytes)
  }
  const promised = header.contentBytes ?? length
  if (length !== promised) input.fail(`frame unpacks to ${length} bytes, its header states ${promised}`)
}

async function skipFrame(input: CompressedInput): Promise<void> {
  const head = Buffer.from(await input.take(8)) // u32 magic, u32 size
  for (let left = head.readUInt32LE(4); left > 0;) {
    const bytes = await input.peek()
    if (bytes.length === 0) input.fail('truncated')
    const step = Math.min(left, bytes.length)
    input.skip(step)
    left -= step
  }
}
