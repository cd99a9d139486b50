/**
 * gzip, member by member. Node's own gunzip treats bytes after the last member as a broken member; rpm, through zlib's gzread,
 * ignores them; and what it had unpacked before a fault is lost (inflate.ts).
 *
 * Source: RFC 1952 §2.3; zlib's gzread for what ends the file.
 */
import { crc32, inflateRawSync } from 'node:zlib'
import type { CompressedInput } from './compressed-input.js'
import { skipGzipHeader } from './gzip-header.js'
import { Inflate, inflate } from './inflate.js'
import { inflateStream } from './inflate-stream.js'
import type { Limits } from '../../limits/limits.js'
import type { UnpackCosts } from './unpack-costs.js'

/** Compressed bytes that are unpacked at once. Of a nested archive the beginning is often enough. */
const SMALL_PAYLOAD = 1024 * 1024
const SMALL_ARCHIVE = 64 * 1024
/** Unpacked bytes for each of them, at most. */
const SMALL_RATIO = 8
const TRAILER = 8 // u32 crc of the unpacked bytes, u32 their count modulo 2^32

/** Unpacks all members; ends before the first bytes that do not begin a member. */
export async function* gunzip(input: CompressedInput, _limits: Limits, costs: UnpackCosts, isNested: boolean): AsyncGenerator<Uint8Array> {
  const decoder = new Inflate()
  for (let isMore = true; isMore; isMore = await beginsMember(input, costs)) {
    await skipGzipHeader(input)
    yield* member(input, decoder, isNested)
  }
}

/** Unpacks the deflated data and verifies it. */
async function* member(input: CompressedInput, decoder: Inflate, isNested: boolean): AsyncGenerator<Uint8Array> {
  let sum = 0
  let length = 0
  for await (const chunk of await inflated(input, decoder, isNested)) {
    sum = crc32(chunk, sum)
    length += chunk.length
    yield chunk
  }
  const trailer = Buffer.from(await input.take(TRAILER))
  if (trailer.readUInt32LE(0) !== sum) input.fail('incorrect data check')
  if (trailer.readUInt32LE(4) !== length % 2 ** 32) input.fail('incorrect length check')
}

type Chunks = AsyncIterable<Uint8Array> | readonly Uint8Array[]

async function inflated(input: CompressedInput, decoder: Inflate, isNested: boolean): Promise<Chunks> {
  const small = isNested ? SMALL_ARCHIVE : SMALL_PAYLOAD
  const bytes = await input.peek(small + 1)
  if (bytes.length > small) return isNested ? inflate(input, decoder) : inflateStream(input)
  return inflatedAtOnce(input, bytes, small) ?? inflate(input, decoder)
}

/**
 * A small member at once by zlib, which is faster than our decoder before that is compiled; `null` for one with a fault: our decoder, which begins
 * again, finds out what is before that.
 */
function inflatedAtOnce(input: CompressedInput, bytes: Uint8Array, small: number): readonly Uint8Array[] | null {
  try {
    const { buffer, engine } = inflateRawSync(bytes, { info: true, maxOutputLength: small * SMALL_RATIO }) as unknown as Inflated
    input.skip(engine.bytesWritten)
    return buffer.length === 0 ? [] : [buffer]
  } catch {
    return null
  }
}

/** What `info` adds, which the types of Node do not have. */
interface Inflated {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}

async function beginsMember(input: CompressedInput, costs: UnpackCosts): Promise<boolean> {
  const head = await input.peek(2)
  if (head[0] !== 0x1f || head[1] !== 0x8b) return false
  costs.beginPart(input.structure)
  return true
}
