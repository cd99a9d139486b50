import { describe, expect, test } from '@jest/globals'
import { CONTENT_HEAD, compressionOf, contentOf } from '../../lib/archive/magic.js'

const bytes = (...values: (number | string)[]): Buffer =>
  Buffer.concat(values.map(value => (typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from([value]))))
const lzmaHead = (properties: number, dictionary: number, size: bigint, first = 0): Buffer => {
  const head = Buffer.alloc(14)
  head.writeUInt8(properties, 0)
  head.writeUInt32LE(dictionary, 1)
  head.writeBigUInt64LE(size, 5)
  head.writeUInt8(first, 13)
  return head
}
const UNKNOWN_SIZE = 0xffff_ffff_ffff_ffffn

describe('compressionOf', () => {
  test.each([
    ['gzip', bytes(0x1f, 0x8b, 0x08, 0)],
    ['bzip2', bytes('BZh91AY&SY')],
    ['xz', bytes(0xfd, '7zXZ', 0)],
    ['zstd', bytes(0x28, 0xb5, 0x2f, 0xfd)],
    ['zstd', bytes(0x50, 0x2a, 0x4d, 0x18)],
    ['zstd', bytes(0x5f, 0x2a, 0x4d, 0x18)],
    ['lzma', bytes(0x5d, 0, 0, 0x80, 0)],
    ['none', bytes('070701')],
    ['none', bytes('07070X')],
  ] as const)('knows %s', (compression, head) => {
    expect(compressionOf(head)).toBe(compression)
    expect(compressionOf(head.subarray(0, 1))).toBeNull()
  })

  test.each([
    ['lz4', bytes(0x04, 0x22, 0x4d, 0x18)],
    ['a skippable frame of a kind that there is not', bytes(0x60, 0x2a, 0x4d, 0x18)],
    ['nothing', bytes()],
    ['xz without its last byte', bytes(0xfd, '7zXZ', 1)],
    ['compress', bytes(0x1f, 0x9d)],
  ])('does not know %s', (_, head) => {
    expect(compressionOf(head)).toBeNull()
  })
})

describe('contentOf', () => {
  test.each([
    ['elf', bytes(0x7f, 'ELF', 2, 1)],
    ['rpm', bytes(0xed, 0xab, 0xee, 0xdb, 3)],
    ['zip', bytes('PK', 3, 4)],
    ['zip', bytes('PK', 5, 6)],
    ['ar', bytes('!<arch>\n')],
    ['thin-ar', bytes('!<thin>\n')],
    ['cpio', bytes('070702')],
    ['cpio', bytes('07070X')],
    ['gzip', bytes(0x1f, 0x8b, 8)],
    ['bzip2', bytes('BZh1', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59)],
    ['bzip2', bytes('BZh9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90)],
    ['xz', bytes(0xfd, '7zXZ', 0)],
    ['zstd', bytes(0x28, 0xb5, 0x2f, 0xfd)],
    ['zstd', bytes(0x55, 0x2a, 0x4d, 0x18)],
  ] as const)('recognises %s, and not without its last byte', (content, head) => {
    expect(contentOf(head)).toBe(content)
    if (content !== 'elf' && content !== 'rpm') expect(contentOf(head.subarray(0, -1))).toBeNull()
  })

  test.each([
    ['gzip of another method', bytes(0x1f, 0x8b, 7)],
    ['a text that begins as bzip2 does', bytes('BZh9 is what bzip2 -9 writes first')],
    ['bzip2 of level 0', bytes('BZh0', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59)],
    ['a text of digits', bytes('0707 is not an archive')],
    ['nothing', bytes()],
  ])('does not know %s', (_, head) => {
    expect(contentOf(head)).toBeNull()
  })
})

describe('contentOf a tar header', () => {
  const header = (magic: string, sum: (head: Buffer) => number): Buffer => {
    const head = Buffer.alloc(CONTENT_HEAD)
    head.write('libx.so', 0)
    head.write('0000644\0', 100)
    head.write(magic, 257, 'latin1')
    head.fill(0x20, 148, 156)
    head.write(sum(head).toString(8).padStart(6, '0') + '\0 ', 148)
    return head
  }
  const rightSum = (head: Buffer): number => head.reduce((sum, byte) => sum + byte, 0)

  test('is recognised by the magic of POSIX or GNU', () => {
    expect(contentOf(header('ustar\x0000', rightSum))).toBe('tar')
    expect(contentOf(header('ustar  \0', rightSum))).toBe('tar')
  })

  test('is recognised by its checksum if it is of the old kind', () => {
    expect(contentOf(header('', rightSum))).toBe('tar')
    expect(contentOf(header('', head => rightSum(head) + 1))).toBeNull()
  })

  test('is not a block of zeros, and must be complete', () => {
    expect(contentOf(Buffer.alloc(CONTENT_HEAD))).toBeNull()
    expect(contentOf(header('ustar\x0000', rightSum).subarray(0, 511))).toBeNull()
  })
})

describe('contentOf lzma-alone', () => {
  test.each([
    ['with the usual properties', lzmaHead(0x5d, 1 << 23, UNKNOWN_SIZE)],
    ['with a size', lzmaHead(0x5d, 1 << 16, 12345n)],
    ['with a dictionary of one and a half powers', lzmaHead(0x5d, 3 << 20, UNKNOWN_SIZE)],
    ['with other properties', lzmaHead(0, 1 << 20, UNKNOWN_SIZE)],
  ])('is recognised %s', (_, head) => {
    expect(contentOf(head)).toBe('lzma')
  })

  test.each([
    ['with impossible properties', lzmaHead(225, 1 << 23, UNKNOWN_SIZE)],
    ['with more context than a decoder takes', lzmaHead(2 * 9 + 3, 1 << 23, UNKNOWN_SIZE)],
    ['with another dictionary', lzmaHead(0x5d, (1 << 23) + 1, UNKNOWN_SIZE)],
    ['with no dictionary', lzmaHead(0x5d, 0, UNKNOWN_SIZE)],
    ['with a size beyond reason', lzmaHead(0x5d, 1 << 23, 1n << 40n)],
    ['with data that does not begin with 0', lzmaHead(0x5d, 1 << 23, UNKNOWN_SIZE, 1)],
    ['without data', lzmaHead(0x5d, 1 << 23, UNKNOWN_SIZE).subarray(0, 13)],
  ])('is not recognised %s', (_, head) => {
    expect(contentOf(head)).toBeNull()
  })
})
