/**
 * The frame of zstd data: its header, and where its blocks end. The blocks' contents are left to the decoders; the frame is parsed here
 * because no available decoder distinguishes truncation, a second frame and trailing bytes.
 *
 * Source: RFC 8878 §3.1.1 (frames, blocks) and §3.1.2 (skippable frames).
 */
import type { CompressedInput } from './compressed-input.js'

export const ZSTD_MAGIC = 0xfd2fb528
const SKIPPABLE_MAGIC = 0x184d2a50 // and the fifteen numbers after it

/** Is it one of the sixteen magics of a skippable frame? */
export function isSkippable(magic: number): boolean {
  return (magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC
}

/** A frame's decoded header. */
export interface FrameHeader {
  /** Bytes of the header itself, including the magic. */
  readonly length: number
  /** Bytes that a decoder must keep to resolve references. */
  readonly windowBytes: number
  /** Unpacked bytes of the frame; `null` if the header does not state them. */
  readonly contentBytes: number | null
  readonly hasChecksum: boolean
}

const FRAME_HEADER_MAX = 18 // u32 magic, u8 descriptor, u8 window, u32 dictionary, u64 content size
const DICTIONARY_ID_BYTES = [0, 1, 2, 4]
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] // the first is 1 in a frame of a single segment

/** Reads the next header, without consuming it. */
export async function peekFrameHeader(input: CompressedInput): Promise<FrameHeader> {
  const bytes = Buffer.from(await input.peek(FRAME_HEADER_MAX))
  const descriptor = bytes[4] ?? 0
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryAt = isSingleSegment ? 5 : 6
  const sizeAt = dictionaryAt + (DICTIONARY_ID_BYTES[descriptor & 3] ?? 0)
  const sizeBytes = CONTENT_SIZE_BYTES[descriptor >> 6] || (isSingleSegment ? 1 : 0)
  const length = sizeAt + sizeBytes
  if (bytes.length < length) input.truncated(length, bytes.length)
  if ((descriptor & 0x08) !== 0) input.fail('reserved bit set in the frame header')
  if (bytes.subarray(dictionaryAt, sizeAt).some(byte => byte !== 0)) input.refuse('needs a dictionary')
  const contentBytes = contentBytesOf(bytes.subarray(sizeAt, length))
  const windowBytes = isSingleSegment ? (contentBytes ?? 0) : windowBytesOf(bytes[5] ?? 0)
  return { length, windowBytes, contentBytes, hasChecksum: (descriptor & 0x04) !== 0 }
}

/** A size of 2⁵³ and above loses its low bits, but exceeds every limit anyway. */
function contentBytesOf(field: Buffer): number | null {
  if (field.length === 8) return Number(field.readBigUInt64LE())
  if (field.length === 2) return field.readUInt16LE() + 256
  return field.length === 0 ? null : field.readUIntLE(0, field.length)
}

/** Five bits of exponent above 1 KiB, three bits of eighths. */
function windowBytesOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

const NOTHING = new Uint8Array(0)
const BLOCK_HEADER = 3 // u24: one bit for the last block, two bits of type, 21 bits of size
const BLOCK_MAX = 128 * 1024
const CHECKSUM = 4
const RAW = 0
const RLE = 1
const RESERVED = 3

/** What a block costs of a part: see UnpackCosts. */
export const BLOCK_COST = 0.5

/**
 * Cost of new memory, measured in moves of the window. fzstd clears its window for every frame and moves all of it for every block, however
 * small: 8 KB of the smallest blocks with a window of 128 MiB would take 15 s.
 */
export const MOVES_PER_FRAME = 32

/** One block, with its header and, if it is the last one, the checksum of its frame. */
export interface Block {
  /** Borrowed until the next look at the input; not consumed yet. */
  readonly bytes: Uint8Array
  readonly isLast: boolean
  /** What is known of its content if the input ends inside it; then it is the last one that there is. */
  readonly cutOff: Uint8Array | null
}

/**
 * The next block. Decoders get whole blocks, one at a time: what a decoder had unpacked before an error in the same call is lost, and of
 * a broken block none unpacks anything. Of a raw block that is cut off, the bytes that are there come before the error, as from zstd -d.
 */
export async function* blocksOf(input: CompressedInput, { hasChecksum }: FrameHeader): AsyncGenerator<Block, void> {
  for (let isLast = false; !isLast;) {
    const head = Buffer.from((await input.peek(BLOCK_HEADER)).subarray(0, BLOCK_HEADER))
    if (head.length < BLOCK_HEADER) input.fail('truncated')
    const header = head.readUIntLE(0, BLOCK_HEADER)
    const type = (header >> 1) & 3
    const size = header >> 3
    if (type === RESERVED || size > BLOCK_MAX) input.fail('invalid block header')
    isLast = (header & 1) !== 0
    const length = BLOCK_HEADER + (type === RLE ? 1 : size) + (isLast && hasChecksum ? CHECKSUM : 0)
    const bytes = (await input.peek(length)).subarray(0, length)
    const isCutOff = bytes.length < length
    yield { bytes, isLast, cutOff: isCutOff ? (type === RAW ? bytes.subarray(BLOCK_HEADER, BLOCK_HEADER + size) : NOTHING) : null }
    if (isCutOff) input.fail('truncated')
    input.skip(length)
  }
}
