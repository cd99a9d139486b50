/** Compressed streams whose data is stored, made without a compressor: valid xz and zstd on any Node, whose headers can be changed. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import type { Random } from './random.js'

export type Compressor = 'gzip' | 'xz' | 'zstd' | 'none'
export const COMPRESSORS: readonly Compressor[] = ['gzip', 'gzip', 'xz', 'zstd', 'none']

export function compressed(data: Uint8Array, how: Compressor, random: Random): Buffer {
  switch (how) {
    case 'none':
      return Buffer.from(data)
    case 'gzip':
      return gzipped(data, random)
    case 'xz':
      return xz(data)
    case 'zstd':
      return zstd(data, random)
  }
}

function gzipped(data: Uint8Array, random: Random): Buffer {
  if (!random.oneIn(8)) return gzipSync(data, { level: random.pick([0, 1, 9]) })
  const flags = random.below(32)
  const head = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3])
  const extra = (flags & 4) === 0 ? Buffer.alloc(0) : Buffer.from([2, 0, 65, 65])
  const names = Buffer.from(((flags & 8) === 0 ? '' : 'name\0') + ((flags & 16) === 0 ? '' : 'text\0'))
  const start = Buffer.concat([head, extra, names])
  const check = (flags & 2) === 0 ? Buffer.alloc(0) : u16(crc32(start) & 0xffff)
  return Buffer.concat([start, check, deflateRawSync(data), u32(crc32(data)), u32(data.length)])
}

const u16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8])

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}

function pieces(data: Uint8Array, most: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(data.length / most) }, (_, index) => data.subarray(index * most, (index + 1) * most))
}

/** RFC 8878: one segment with its size, raw blocks; rarely an empty block, or one that repeats a byte. */
function zstd(data: Uint8Array, random: Random): Buffer {
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(data.length))
  const block = (bytes: Uint8Array, type: number, isLast: boolean): Buffer => {
    const length = bytes.length
    const head = u32((length << 3) | (type << 1) | (isLast ? 1 : 0)).subarray(0, 3)
    return Buffer.concat([head, type === 1 ? bytes.subarray(0, 1) : bytes])
  }
  const blocks = pieces(data, random.oneIn(4) ? 64 : 0x10000).map(piece =>
    block(piece, piece.length > 0 && piece.every(byte => byte === piece[0]) ? 1 : 0, false),
  )
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0]), size, ...blocks, block(Buffer.alloc(0), 0, true)])
}

/** The .xz file format 1.2.1: one block of LZMA2 without compression, CRC32. */
function xz(data: Uint8Array): Buffer {
  const flags = Buffer.from([0, 1])
  const headerBody = Buffer.from([2, 0, 0x21, 1, 12, 0, 0, 0])
  const header = Buffer.concat([headerBody, u32(crc32(headerBody))])
  const chunks = pieces(data, 0x10000).map((piece, index) =>
    Buffer.concat([Buffer.from([index === 0 ? 1 : 2, (piece.length - 1) >> 8, (piece.length - 1) & 255]), piece]),
  )
  const body = Buffer.concat([...chunks, Buffer.from([0])])
  const unpadded = header.length + body.length + 4
  const indexBody = padded(Buffer.concat([Buffer.from([0, 1]), varint(unpadded), varint(data.length)]))
  const index = Buffer.concat([indexBody, u32(crc32(indexBody))])
  const backward = Buffer.concat([u32(index.length / 4 - 1), flags])
  const start = Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), flags, u32(crc32(flags))])
  return Buffer.concat([start, header, padded(body), u32(crc32(data)), index, u32(crc32(backward)), backward, Buffer.from('YZ')])
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) | (rest >= 128 ? 128 : 0))
    if (rest < 128) return Buffer.from(bytes)
  }
}
