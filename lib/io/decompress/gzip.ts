/**
 * gzip, member by member. Node's own gunzip treats bytes after the last member as a broken member; rpm, through zlib's gzread,
 * ignores them; and what it had unpacked before a fault is lost (inflate.ts).
 *
 * Source: RFC 1952 §2.3; zlib's gzread for what ends the file.
 */
import { crc32 } from 'node:zlib'
import type { CompressedInput } from './compressed-input.js'
import { skipGzipHeader } from './gzip-header.js'
import { Inflate, inflate } from './inflate.js'
import type { Limits } from '../../limits/limits.js'
import type { UnpackCosts } from './unpack-costs.js'

const TRAILER = 8 // u32 crc of the unpacked bytes, u32 their count modulo 2^32

/** Unpacks all members; ends before the first bytes that do not begin a member. */
export async function* gunzip(input: CompressedInput, _limits: Limits, costs: UnpackCosts): AsyncGenerator<Uint8Array> {
  const decoder = new Inflate()
  for (let isMore = true; isMore; isMore = await beginsMember(input, costs)) {
    await skipGzipHeader(input)
    yield* member(input, decoder)
  }
}

/** Unpacks the deflated data and verifies it. */
async function* member(input: CompressedInput, decoder: Inflate): AsyncGenerator<Uint8Array> {
  let sum = 0
  let length = 0
  for await (const chunk of inflate(input, decoder)) {
    sum = crc32(chunk, sum)
    length += chunk.length
    yield chunk
  }
  const trailer = Buffer.from(await input.take(TRAILER))
  if (trailer.readUInt32LE(0) !== sum) input.fail('incorrect data check')
  if (trailer.readUInt32LE(4) !== length % 2 ** 32) input.fail('incorrect length check')
}

async function beginsMember(input: CompressedInput, costs: UnpackCosts): Promise<boolean> {
  const head = await input.peek(2)
  if (head[0] !== 0x1f || head[1] !== 0x8b) return false
  costs.beginPart(input.structure)
  return true
}
