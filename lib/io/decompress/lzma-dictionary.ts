/**
 * The size of the dictionary that a stream of xz or lzma begins with: the memory that its decoder holds.
 *
 * Source: the .xz file format 1.2.0, sections 2.1.1, 3.1 and 5.3.1; the .lzma file format, section 1.1.
 */
const STREAM_HEADER = 12
const COMPRESSED_SIZE = 0x40
const UNCOMPRESSED_SIZE = 0x80
const LZMA2 = 0x21
/** Bytes that suffice for a block's header with four filters. */
export const DICTIONARY_HEAD = 128

/** Of the first block; 0 where the head does not say. */
export function xzDictionaryBytes(head: Uint8Array): number {
  const flags = head[STREAM_HEADER + 1] ?? 0
  let at = STREAM_HEADER + 2
  if ((flags & COMPRESSED_SIZE) !== 0) at = afterInteger(head, at)
  if ((flags & UNCOMPRESSED_SIZE) !== 0) at = afterInteger(head, at)
  for (let left = (flags & 3) + 1; left > 0; left--) {
    const properties = at + 2
    if (head[at] === LZMA2) return dictionaryOf(head[properties] ?? 0)
    at = properties + (head[at + 1] ?? 0)
  }
  return 0
}

export function lzmaDictionaryBytes(head: Uint8Array): number {
  return head.length < 5 ? 0 : Buffer.from(head).readUInt32LE(1)
}

/** Seven bits in each byte, and the highest where another one follows; at most nine bytes. */
function afterInteger(head: Uint8Array, start: number): number {
  let at = start
  while (at < start + 8 && ((head[at] ?? 0) & 0x80) !== 0) at++
  return at + 1
}

/** Two bits of mantissa: 4 KiB, 6 KiB, 8 KiB and so on. */
function dictionaryOf(bits: number): number {
  return (2 | (bits & 1)) * 2 ** (11 + (bits >> 1))
}
