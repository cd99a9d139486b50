import { describe, expect, test } from '@jest/globals'
import { brokenDigests, type ExpectedDigest } from '../../lib/rpm/expected-digests.js'
import { decodeRpmHead } from '../../lib/rpm/head.js'
import { RPMSIGTAG } from '../../lib/rpm/signature-tags.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { bin, buildPackage, int32, string, strings, type Tags } from '../support/rpm-builder.js'

const NO_SIGNATURE_DIGESTS: Tags = {
  [RPMSIGTAG.SHA1.number]: undefined,
  [RPMSIGTAG.SHA256.number]: undefined,
  [RPMSIGTAG.MD5.number]: undefined,
}

function plan(tags: Tags, signature: Tags = {}): readonly ExpectedDigest[] {
  return decodeRpmHead(buildPackage({ tags, signature: { ...NO_SIGNATURE_DIGESTS, ...signature } })).digests
}

describe('the digests of a package', () => {
  test('are stated with algorithm, range and tag, strong before weak', () => {
    const signature = {
      [RPMSIGTAG.SHA1.number]: string('AB'),
      [RPMSIGTAG.SHA256.number]: string('cd'),
      [RPMSIGTAG.SHA3_256.number]: string('ef'),
      [RPMSIGTAG.MD5.number]: bin(Buffer.alloc(16, 0xa1)),
    }
    expect(plan({}, signature)).toEqual([
      { algorithm: 'sha3-256', expected: 'ef', range: 'header', tag: 'SHA3_256', either: null },
      { algorithm: 'sha256', expected: 'cd', range: 'header', tag: 'SHA256', either: null },
      { algorithm: 'sha1', expected: 'ab', range: 'header', tag: 'SHA1', either: null },
      { algorithm: 'md5', expected: 'a1'.repeat(16), range: 'header+payload', tag: 'MD5', either: null },
    ])
  })

  test('of the payload come with their alternative, of the same bytes', () => {
    const tags = {
      [RPMTAG.PAYLOADSHA256.number]: strings('01'),
      [RPMTAG.PAYLOADSHA256ALT.number]: strings('02'),
      [RPMTAG.PAYLOADSHA512.number]: string('03'),
      [RPMTAG.PAYLOADSHA3_256ALT.number]: string('04'),
    }
    expect(plan(tags)).toEqual([
      { algorithm: 'sha256', expected: '01', range: 'payload', tag: 'PAYLOADSHA256', either: 'PAYLOADSHA256' },
      { algorithm: 'sha256', expected: '02', range: 'payload', tag: 'PAYLOADSHA256ALT', either: 'PAYLOADSHA256' },
      { algorithm: 'sha512', expected: '03', range: 'payload', tag: 'PAYLOADSHA512', either: 'PAYLOADSHA512' },
      { algorithm: 'sha3-256', expected: '04', range: 'payload', tag: 'PAYLOADSHA3_256ALT', either: 'PAYLOADSHA3_256' },
    ])
  })

  test('may be of another algorithm than the tag is named for, but of a known one', () => {
    const withAlgorithm = (number: number): readonly ExpectedDigest[] =>
      plan({ [RPMTAG.PAYLOADSHA256.number]: strings('01'), [RPMTAG.PAYLOADSHA256ALGO.number]: int32(number) })
    expect(withAlgorithm(10)).toMatchObject([{ algorithm: 'sha512' }])
    expect(withAlgorithm(77)).toEqual([])
  })

  test('are each expected if a tag has several, and only the first has an alternative', () => {
    const tags = { [RPMTAG.PAYLOADSHA256.number]: strings('01', '02') }
    expect(plan(tags)).toMatchObject([
      { expected: '01', either: 'PAYLOADSHA256' },
      { expected: '02', either: null },
    ])
  })
})

describe('a digest', () => {
  const claim = (tag: string, either: string | null): ExpectedDigest => ({
    algorithm: 'sha256',
    expected: 'right',
    range: 'payload',
    tag,
    either,
  })
  const header = claim('SHA256', null)
  const packed = claim('PAYLOADSHA256', 'PAYLOADSHA256')
  const alternative = claim('PAYLOADSHA256ALT', 'PAYLOADSHA256')
  const stronger = claim('PAYLOADSHA512', 'PAYLOADSHA512')

  const broken = (...actual: [ExpectedDigest, string][]): string[] =>
    brokenDigests([header, packed, alternative, stronger], new Map(actual)).map(({ tag }) => tag)

  test('that matches is not broken', () => {
    expect(broken([header, 'right'], [packed, 'right'], [alternative, 'right'])).toEqual([])
  })

  test('that does not match is broken', () => {
    expect(broken([header, 'wrong'], [packed, 'right'])).toEqual(['SHA256'])
    expect(broken([packed, 'wrong'])).toEqual(['PAYLOADSHA256'])
    expect(broken([packed, 'wrong'], [alternative, 'wrong'])).toEqual(['PAYLOADSHA256', 'PAYLOADSHA256ALT'])
  })

  test('may be replaced only by its alternative', () => {
    expect(broken([packed, 'wrong'], [alternative, 'right'])).toEqual([])
    expect(broken([packed, 'right'], [alternative, 'wrong'])).toEqual([])
    expect(broken([packed, 'wrong'], [stronger, 'right'])).toEqual(['PAYLOADSHA256'])
    expect(broken([header, 'wrong'], [packed, 'right'], [alternative, 'right'])).toEqual(['SHA256'])
  })

  test('that was not computed is ignored', () => {
    expect(broken()).toEqual([])
    expect(broken([header, 'right'], [packed, 'wrong'])).toEqual(['PAYLOADSHA256'])
  })
})
