/**
 * gzip, member by member. Node's own gunzip treats bytes after the last member as a broken member; rpm, through zlib's gzread,
 * ignores them. So headers and trailers are read here, and only the deflated data goes through Node.
 *
 * Source: RFC 1952 §2.3; zlib's gzread for what ends the file.
 */
import { crc32, createInflateRaw } from 'node:zlib'
import type { CompressedInput } from './compressed-input.js'

import { skipGzipHeader } from './gzip-header.js'
import { STREAM_OPTIONS, throughZlib, untilEnd } from './node-zlib.js'
import { PartAllowance } from './part-allowance.js'

const TRAILER = 8 // u32 crc of the unpacked bytes, u32 their count modulo 2^32

/** Unpacks all members; ends before the first bytes that do not begin a member. */
export async function* gunzip(input: CompressedInput): AsyncGenerator<Uint8Array> {
  const allowance = new PartAllowance(input)
  do {
    allowance.begin()
    await skipGzipHeader(input)
    allowance.earn(yield* member(input))
  } while (await beginsMember(input))
}

/** Unpacks the deflated data and verifies it; returns the number of bytes. */
async function* member(input: CompressedInput): AsyncGenerator<Uint8Array, number> {
  let sum = 0
  let length = 0
  for await (const chunk of throughZlib(createInflateRaw(STREAM_OPTIONS), input, untilEnd(input))) {
    sum = crc32(chunk, sum)
    length += chunk.length
    yield chunk
  }
  const trailer = Buffer.from(await input.take(TRAILER))
  if (trailer.readUInt32LE(0) !== sum) input.fail('incorrect data check')
  if (trailer.readUInt32LE(4) !== length % 2 ** 32) input.fail('incorrect length check')
  return length
}

async function beginsMember(input: CompressedInput): Promise<boolean> {
  const head = await input.peek(2)
  return head[0] === 0x1f && head[1] === 0x8b
}
