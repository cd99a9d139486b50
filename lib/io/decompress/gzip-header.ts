/**
 * The header of a gzip member: ten bytes and, by its flags, an extra field, a name, a comment and a checksum of the header itself.
 * None of it is needed; all of it is checked, as by zlib.
 *
 * Source: RFC 1952 §2.3.
 */
import { crc32 } from 'node:zlib'
import type { CompressedInput } from './compressed-input.js'

const FIXED = 10 // 1f 8b, method, flags, u32 time, extra flags, system
const DEFLATE = 8
const FHCRC = 0x02
const FEXTRA = 0x04
const FNAME = 0x08
const FCOMMENT = 0x10
const RESERVED = 0xe0

/** Leaves the input at the deflated data. Throws `MalformedError` if no gzip member begins here. */
export async function skipGzipHeader(input: CompressedInput): Promise<void> {
  const fixed = Buffer.from(await input.peek(FIXED))
  if (fixed.length >= 2 && fixed.readUInt16BE(0) !== 0x1f8b) input.fail('not a gzip member')
  if (fixed.length < FIXED) input.truncated(FIXED, fixed.length)
  const flags = fixed.readUInt8(3)
  if (fixed.readUInt8(2) !== DEFLATE) input.fail('unknown compression method')
  if ((flags & RESERVED) !== 0) input.fail('unknown header flags set')
  input.skip(FIXED)
  let sum = crc32(fixed.subarray(0, FIXED), 0)
  if ((flags & FEXTRA) !== 0) sum = await skipExtra(input, sum)
  if ((flags & FNAME) !== 0) sum = await skipString(input, sum)
  if ((flags & FCOMMENT) !== 0) sum = await skipString(input, sum)
  if ((flags & FHCRC) !== 0) await checkHeader(input, sum)
}

async function skipExtra(input: CompressedInput, sum: number): Promise<number> {
  const size = Buffer.from(await input.take(2))
  const extra = await input.take(size.readUInt16LE(0)) // 64 KiB at most
  return crc32(extra, crc32(size, sum))
}

/** A name or comment ends with a NUL and has no maximum length; it is not kept. */
async function skipString(input: CompressedInput, sum: number): Promise<number> {
  for (let running = sum; ;) {
    const bytes = await input.peek()
    if (bytes.length === 0) input.fail('truncated')
    const end = bytes.indexOf(0)
    const part = end < 0 ? bytes : bytes.subarray(0, end + 1)
    running = crc32(part, running)
    input.skip(part.length)
    if (end >= 0) return running
  }
}

async function checkHeader(input: CompressedInput, sum: number): Promise<void> {
  const stored = Buffer.from(await input.take(2))
  if (stored.readUInt16LE(0) !== (sum & 0xffff)) input.fail('header crc mismatch')
}
