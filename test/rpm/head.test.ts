import { describe, expect, test } from '@jest/globals'
import { CheckError, MalformedError, UnsupportedError } from '../../lib/errors/check-error.js'
import { FIRST_HEAD_LENGTH, decodeRpmHead, nextHeadLength } from '../../lib/rpm/head.js'
import { RPMSIGTAG } from '../../lib/rpm/signature-tags.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { bin, buildLead, buildPackage, int32, string, strings, type PackageParts } from '../support/rpm-builder.js'

const FILES = [{ path: '/usr/lib64/libx.so.1', content: 'elf' }]
const GOOD = buildPackage({ files: FILES, payload: Buffer.from('payload') })

function notesOf(parts: PackageParts): string[] {
  return decodeRpmHead(buildPackage(parts)).notes.map(note => note.id)
}

function decoding(parts: PackageParts): () => unknown {
  return () => decodeRpmHead(buildPackage(parts))
}

const noDigests = { [RPMSIGTAG.SHA1.number]: undefined, [RPMSIGTAG.SHA256.number]: undefined, [RPMSIGTAG.MD5.number]: undefined }

describe('the head of a package', () => {
  test('ends where the payload begins', () => {
    const head = decodeRpmHead(GOOD)
    expect(GOOD.subarray(head.headerEnd).toString()).toBe('payload')
    expect(GOOD.readUInt32BE(head.headerStart)).toBe(0x8eade801)
    expect(head.headerStart % 8).toBe(0)
    expect(head).toMatchObject({ rpmFormat: 4, notes: [], lead: { major: 3, isSource: false, signatureType: 5 } })
  })

  test('is requested in three steps', () => {
    const { headerStart, headerEnd } = decodeRpmHead(GOOD)
    expect(nextHeadLength(new Uint8Array())).toBe(FIRST_HEAD_LENGTH)
    expect(nextHeadLength(GOOD.subarray(0, FIRST_HEAD_LENGTH))).toBe(headerStart + 16)
    expect(nextHeadLength(GOOD.subarray(0, headerStart + 16))).toBe(headerEnd)
    expect(nextHeadLength(GOOD)).toBe(headerEnd)
  })

  test('is refused wherever it is truncated, with the offset', () => {
    const { headerEnd } = decodeRpmHead(GOOD)
    for (let length = 0; length < headerEnd; length++) {
      const error = thrownBy(() => decodeRpmHead(GOOD.subarray(0, length)))
      expect(error).toBeInstanceOf(MalformedError)
      expect(error).toMatchObject({ structure: expect.any(String), offset: expect.any(Number) })
      expect(nextHeadLength(GOOD.subarray(0, length))).toBeGreaterThan(length)
    }
    expect(() => decodeRpmHead(GOOD.subarray(0, headerEnd))).not.toThrow()
  })

  test('decodes or throws a CheckError for any changed byte of its headers', () => {
    const { headerEnd } = decodeRpmHead(GOOD)
    for (let at = 0; at < headerEnd; at++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const bytes = Buffer.from(GOOD)
        bytes[at] = value
        const error = thrownBy(() => decodeRpmHead(bytes))
        if (error !== null) expect(error).toBeInstanceOf(CheckError)
      }
    }
  })
})

describe('the lead', () => {
  test('must have its magic', () => {
    const lead = buildLead()
    lead[3] = 0xdc
    expect(decoding({ lead })).toThrow('lead: not an RPM package at 0x0')
    expect(() => nextHeadLength(buildPackage({ lead }))).toThrow(MalformedError)
  })

  test('may have another signature type if a signature header follows nevertheless', () => {
    expect(notesOf({ lead: buildLead({ signatureType: 1 }) })).toEqual(['lead-signature-type'])
  })

  test('of another signature type without a signature header belongs to a package from before rpm 3', () => {
    const ancient = Buffer.concat([buildLead({ signatureType: 0 }), Buffer.alloc(200)])
    expect(() => decodeRpmHead(ancient)).toThrow(UnsupportedError)
    expect(() => nextHeadLength(ancient)).toThrow(UnsupportedError)
    expect(() => decodeRpmHead(Buffer.concat([buildLead(), Buffer.alloc(200)]))).toThrow(MalformedError)
  })

  test.each([
    [2, ['lead-version']],
    [3, []],
    [4, []],
    [5, ['lead-version']],
  ])('of major version %d is noted as %j', (major, notes) => {
    expect(notesOf({ lead: buildLead({ major }) })).toEqual(notes)
  })
})

describe('the format of a package', () => {
  test('is 3 without regions, which is not noted', () => {
    expect(decodeRpmHead(buildPackage({ hasRegions: false }))).toMatchObject({ rpmFormat: 3, notes: [] })
  })

  test('is 6 where the header says so', () => {
    const signature = { [RPMSIGTAG.SIZE.number]: undefined, [RPMSIGTAG.MD5.number]: undefined }
    const tags = { [RPMTAG.RPMFORMAT.number]: int32(6), [RPMTAG.PAYLOADSHA256.number]: strings('0') }
    expect(decodeRpmHead(buildPackage({ tags, signature }))).toMatchObject({
      rpmFormat: 6,
      notes: [],
    })
  })

  test('is refused if it is undefined', () => {
    expect(decoding({ tags: { [RPMTAG.RPMFORMAT.number]: int32(7) } })).toThrow(UnsupportedError)
  })

  test('of 6 has notes about old signature tags', () => {
    expect(notesOf({ tags: { [RPMTAG.RPMFORMAT.number]: int32(6) } })).toEqual(['legacy-signature-tag', 'legacy-signature-tag'])
  })

  test('of 6 requires tags in order, format 4 does not', () => {
    const tamper: PackageParts['tamper'] = ({ entries }) => {
      for (const entry of entries) if (entry.tag === RPMTAG.VERSION.number) entry.tag = RPMTAG.VENDOR.number
    }
    expect(notesOf({ tamper })).toEqual([])
    expect(decoding({ tamper, tags: { [RPMTAG.RPMFORMAT.number]: int32(6) } })).toThrow('out of order in a v6 package')
  })
})

describe('the tags of a package', () => {
  test('may not be of another type than rpm gives them', () => {
    expect(decoding({ tags: { [RPMTAG.NAME.number]: int32(5) } })).toThrow('NAME: type 4, expected 6')
    expect(decoding({ tags: { 4999: int32(5) } })).not.toThrow()
  })

  test('may be of another string type', () => {
    const head = decodeRpmHead(buildPackage({ tags: { [RPMTAG.NAME.number]: strings('array') } }))
    expect(head.header.string(RPMTAG.NAME)).toBe('array')
  })

  test.each([257, 259, 261, 262, 267, 268, 269, 270, 271, 273, 279])('may not be those of the signature (%d)', tag => {
    expect(decoding({ tags: { [tag]: bin(Buffer.alloc(16)) } })).toThrow('belongs in the signature header')
  })

  test('may be the signatures of files, which rpm once wrote there', () => {
    const tags = { [RPMSIGTAG.FILESIGNATURES.number]: strings('00'), [RPMSIGTAG.FILESIGNATURELENGTH.number]: int32(1) }
    expect(decoding({ tags })).not.toThrow()
  })

  test.each([256, 266, 280])('may have a number near those of the signature (%d)', tag => {
    expect(decoding({ tags: { [tag]: strings('key') } })).not.toThrow()
  })

  test.each([
    ['NAME', RPMTAG.VERSION.number, RPMTAG.NAME.number],
    ['tag 4999', RPMTAG.VERSION.number, 4999],
  ])('that occur twice are noted (%s)', (name, from, to) => {
    const tags = { 4999: string('x') }
    const tamper: PackageParts['tamper'] = ({ entries }) => {
      for (const entry of entries) if (entry.tag === from) entry.tag = to
    }
    const { notes } = decodeRpmHead(buildPackage({ tags, tamper }))
    expect(notes).toMatchObject([{ id: 'duplicate-tag', structure: 'header', offset: expect.any(Number) }])
    expect(notes[0]?.message).toContain(name)
  })

  test('that list files must not occur twice', () => {
    const tamper: PackageParts['tamper'] = ({ entries }) => {
      for (const entry of entries) if (entry.tag === RPMTAG.FILELINKTOS.number) entry.tag = RPMTAG.FILEDIGESTS.number
    }
    expect(decoding({ files: FILES, tamper })).toThrow('FILEDIGESTS: occurs twice')
  })

  test('may list files in both forms, which is noted', () => {
    expect(notesOf({ files: FILES, tags: { [RPMTAG.OLDFILENAMES.number]: strings('/etc/other') } })).toEqual(['two-file-lists'])
  })
})

describe('the signature header', () => {
  test('may lack digests of header or payload, which is noted', () => {
    const ofHeader = { ...noDigests, [RPMSIGTAG.SHA1.number]: string('0') }
    const ofBoth = { ...noDigests, [RPMSIGTAG.MD5.number]: bin(Buffer.alloc(16)) }
    const ofPayload = { [RPMTAG.PAYLOADSHA256.number]: strings('0') }
    expect(notesOf({ signature: noDigests })).toEqual(['no-digest'])
    expect(notesOf({ signature: ofHeader })).toEqual(['no-payload-digest'])
    expect(notesOf({ signature: noDigests, tags: ofPayload })).toEqual(['no-header-digest'])
    expect(notesOf({ signature: ofHeader, tags: ofPayload })).toEqual([])
    expect(notesOf({ signature: ofBoth })).toEqual([])
  })

  test('may have a payload digest of an unknown algorithm, which is noted', () => {
    const tags = { [RPMTAG.PAYLOADSHA256.number]: strings('0'), [RPMTAG.PAYLOADSHA256ALGO.number]: int32(77) }
    expect(notesOf({ tags })).toEqual(['unverified-digest'])
  })

  test('has an MD5 of 16 bytes', () => {
    expect(decoding({ signature: { [RPMSIGTAG.MD5.number]: bin(Buffer.alloc(15)) } })).toThrow('MD5: 15 bytes, expected 16')
  })

  test('has tags of its own types', () => {
    expect(decoding({ signature: { [RPMSIGTAG.SHA256.number]: int32(1) } })).toThrow('SHA256: type 4, expected 6')
  })

  test('has a namespace of its own', () => {
    const head = decodeRpmHead(buildPackage({ signature: { [RPMSIGTAG.PGP.number]: bin(Buffer.from('sig')) } }))
    expect(head.header.string(RPMTAG.RELEASE)).toBe('2')
    expect(head.signature.bytes(RPMSIGTAG.PGP)?.length).toBe(3)
  })
})

function thrownBy(action: () => unknown): unknown {
  try {
    action()
    return null
  } catch (error) {
    return error
  }
}
