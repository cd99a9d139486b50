import { describe, expect, test } from '@jest/globals'
import { MalformedError } from '../../../lib/errors/check-error.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'
import { CONTENTS, PACKED } from './samples.js'
import { unpack, unpackError } from './streams.js'

const MIB = 1024 * 1024

test.each(['xz', 'lzma'] as const)('one stream of %s is read, as by rpm, and the next one counted', async format => {
  const { content, trailing } = await unpack(format, Buffer.concat([PACKED[format].text, PACKED[format].byte]), 100)
  expect(content.equals(CONTENTS.text)).toBe(true)
  expect(trailing).toBe(PACKED[format].byte.length)
})

describe('a dictionary', () => {
  test.each(['xz', 'lzma'] as const)('of %s is refused over the limit and accepted within it', async format => {
    const small = { ...DEFAULT_LIMITS, dictionaryBytes: 4 * MIB }
    expect(await unpackError(format, PACKED[format].text, 100, small)).toMatchObject({ reason: 'limit' })
    const enough = { ...DEFAULT_LIMITS, dictionaryBytes: 8 * MIB } // what xz -6 asks for
    expect((await unpack(format, PACKED[format].text, 100, enough)).content.length).toBe(3000)
  })

  test('of 1.5 GiB is refused because of its header', async () => {
    const header = Buffer.from([0x5d, 0x00, 0x00, 0x00, 0x60, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00])
    expect(await unpackError('lzma', Buffer.concat([header, Buffer.alloc(64)]))).toMatchObject({ reason: 'limit' })
  })

  test('of 256 MiB exceeds the decoder’s memory, whatever the limit', async () => {
    const header = Buffer.from([0x5d, 0x00, 0x00, 0x00, 0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00])
    expect(await unpackError('lzma', Buffer.concat([header, Buffer.alloc(64)]))).toMatchObject({ reason: 'limit' })
  })
})

test('an lzma stream without a size ends with a marker, and is truncated without it', async () => {
  expect(PACKED.lzma.text.readBigUInt64LE(5)).toBe(0xffff_ffff_ffff_ffffn)
  const sized = Buffer.from(PACKED.lzma.text)
  sized.writeBigUInt64LE(3001n, 5)
  expect(await unpackError('lzma', sized)).toBeInstanceOf(MalformedError)
})

test('the checksum after the data is verified', async () => {
  const packed = Buffer.from(PACKED.xz.text)
  const check = packed.length - 12 - 8 - 32 // footer, index, SHA-256
  packed.writeUInt8(packed.readUInt8(check) ^ 1, check)
  expect(await unpackError('xz', packed)).toMatchObject({ reason: 'malformed', message: expect.stringContaining('corrupt data at 0x') })
})

test('decoders are reusable after a failure and after an early end', async () => {
  for (let round = 0; round < 20; round++) {
    await unpackError('xz', PACKED.xz.text.subarray(0, 20 + round * 20))
    await unpackError('lzma', PACKED.lzma.text.subarray(0, 20 + round * 20))
    expect(
      (await unpack(round % 2 === 0 ? 'xz' : 'lzma', PACKED[round % 2 === 0 ? 'xz' : 'lzma'].text)).content.equals(CONTENTS.text),
    ).toBe(true)
  }
})
