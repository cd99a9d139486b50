import { describe, expect, test } from '@jest/globals'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { MalformedError } from '../../../lib/errors/check-error.js'
import { CONTENTS } from './samples.js'
import { unpack, unpackError } from './streams.js'

const FHCRC = 0x02
const FEXTRA = 0x04
const FNAME = 0x08
const FCOMMENT = 0x10

describe('gzip members', () => {
  const members = Buffer.concat([gzipSync(CONTENTS.text), gzipSync(CONTENTS.empty), gzipSync(CONTENTS.byte)])

  test.each([1, 13, 1 << 16])('are all read, in pieces of %d bytes', async size => {
    const { content, trailing } = await unpack('gzip', members, size)
    expect(content.equals(Buffer.concat([CONTENTS.text, CONTENTS.byte]))).toBe(true)
    expect(trailing).toBe(0)
  })

  test('end at padding, and at the first byte of what could have been another one', async () => {
    expect((await unpack('gzip', Buffer.concat([members, Buffer.alloc(512)]), 100)).trailing).toBe(512)
    expect((await unpack('gzip', Buffer.concat([members, Buffer.from([0x1f])]), 100)).trailing).toBe(1)
  })

  test('are truncated if the data of one is cut off, and the error says so', async () => {
    const cut = gzipSync(CONTENTS.text)
    expect(await unpackError('gzip', cut.subarray(0, cut.length - 20))).toMatchObject({
      message: expect.stringMatching(/^payload \(gzip\): truncated at 0x/),
    })
  })

  test('are truncated if another one begins and does not end', async () => {
    const next = gzipSync(CONTENTS.byte)
    for (let length = 2; length < next.length; length++) {
      expect(await unpackError('gzip', Buffer.concat([members, next.subarray(0, length)]))).toBeInstanceOf(MalformedError)
    }
  })
})

describe('the header of a gzip member', () => {
  const allFields = FHCRC | FEXTRA | FNAME | FCOMMENT

  test.each([0, FHCRC, FEXTRA, FNAME, FCOMMENT, allFields])('is skipped with flags %d', async flags => {
    for (const size of [1, 1000]) {
      const { content } = await unpack('gzip', member(flags), size)
      expect(content.equals(CONTENTS.text)).toBe(true)
    }
  })

  test('is truncated at every byte', async () => {
    const bytes = member(allFields)
    for (let length = 1; length < 40; length++) {
      expect(await unpackError('gzip', bytes.subarray(0, length))).toMatchObject({ reason: 'malformed' })
    }
  })

  test('is refused if its checksum, method or flags are wrong', async () => {
    const wrongSum = member(allFields)
    wrongSum.writeUInt8(wrongSum.readUInt8(4) ^ 1, 4) // a bit of the time
    expect(await unpackError('gzip', wrongSum)).toMatchObject({ message: expect.stringContaining('header crc mismatch') })
    const wrongMethod = member(0)
    wrongMethod.writeUInt8(7, 2)
    expect(await unpackError('gzip', wrongMethod)).toMatchObject({ message: expect.stringContaining('unknown compression method') })
    const reserved = member(0)
    reserved.writeUInt8(0x20, 3)
    expect(await unpackError('gzip', reserved)).toMatchObject({ message: expect.stringContaining('unknown header flags') })
  })
})

test('the checksum and the length after a member are verified', async () => {
  const wrongSum = gzipSync(CONTENTS.text)
  wrongSum.writeUInt8(wrongSum.readUInt8(wrongSum.length - 8) ^ 1, wrongSum.length - 8)
  expect(await unpackError('gzip', wrongSum)).toMatchObject({ message: expect.stringContaining('incorrect data check') })
  const wrongLength = gzipSync(CONTENTS.text)
  wrongLength.writeUInt32LE(2999, wrongLength.length - 4)
  expect(await unpackError('gzip', wrongLength)).toMatchObject({ message: expect.stringContaining('incorrect length check') })
})

/** One member with the optional fields that `flags` asks for. */
function member(flags: number): Buffer {
  const parts: Buffer[] = [Buffer.from([0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 3])]
  if ((flags & FEXTRA) !== 0) parts.push(Buffer.from([4, 0, 0x61, 0x00, 0x62, 0x00]))
  if ((flags & FNAME) !== 0) parts.push(Buffer.from('name\0'))
  if ((flags & FCOMMENT) !== 0) parts.push(Buffer.from('a comment\0'))
  if ((flags & FHCRC) !== 0) parts.push(u16(crc32(Buffer.concat(parts)) & 0xffff))
  return Buffer.concat([...parts, deflateRawSync(CONTENTS.text), u32(crc32(CONTENTS.text)), u32(CONTENTS.text.length)])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
