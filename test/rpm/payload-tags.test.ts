import { describe, expect, test } from '@jest/globals'
import { UnsupportedError } from '../../lib/errors/check-error.js'
import { decodeRpmHead } from '../../lib/rpm/head.js'
import { payloadOf, type PayloadTags } from '../../lib/rpm/payload-tags.js'
import { RPMSIGTAG } from '../../lib/rpm/signature-tags.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { buildPackage, int32, int64, string, type Tags } from '../support/rpm-builder.js'

function payload(tags: Tags, signature: Tags = {}): PayloadTags {
  return payloadOf(decodeRpmHead(buildPackage({ tags, signature, payload: Buffer.from('12345') })))
}

describe('the payload', () => {
  test('is described by the header, its length by the signature', () => {
    const signature = { [RPMSIGTAG.PAYLOADSIZE.number]: int32(99) }
    expect(payload({ [RPMTAG.PAYLOADFLAGS.number]: string('9') }, signature)).toEqual({
      format: 'cpio',
      compressor: 'gzip',
      flags: '9',
      start: expect.any(Number),
      compressedLength: 5,
      unpackedLength: 99,
    })
  })

  test('may lack a description', () => {
    const tags = { [RPMTAG.PAYLOADFORMAT.number]: undefined, [RPMTAG.PAYLOADCOMPRESSOR.number]: undefined }
    const signature = { [RPMSIGTAG.SIZE.number]: undefined }
    expect(payload(tags, signature)).toMatchObject({
      format: 'cpio',
      compressor: null,
      flags: null,
      compressedLength: null,
      unpackedLength: null,
    })
  })

  test('of v6 and of more than 4 GiB has its lengths elsewhere', () => {
    expect(payload({ [RPMTAG.PAYLOADSIZE.number]: int64(7n), [RPMTAG.PAYLOADSIZEALT.number]: int64(8n) })).toMatchObject({
      compressedLength: 7,
      unpackedLength: 8,
    })
    expect(payload({}, { [RPMSIGTAG.LONGARCHIVESIZE.number]: int64(2n ** 40n) })).toMatchObject({ unpackedLength: 2 ** 40 })
  })

  test.each(['drpm', 'tar'])('is not read when it is %s', format => {
    expect(() => payload({ [RPMTAG.PAYLOADFORMAT.number]: string(format) })).toThrow(UnsupportedError)
  })
})
