/**
 * The digests that a package states for its own parts, as data; the code that has the bytes computes the hashes.
 *
 * Source: rpm manual, "RPM v4 signature header" and "RPM tags"; ranges as in rpm's lib/rpmvs.cc; numbers of algorithms as in OpenPGP (RFC 9580, 9.5).
 */
import type { HeaderStore } from './header-store.js'
import { RPMSIGTAG } from './signature-tags.js'
import type { StringType, Tag } from './tag.js'
import { RPMTAG } from './tags.js'

/** Bytes that a digest covers: main header, all behind the signature header, payload as it is in the file, payload uncompressed. */
export type DigestRange = 'header' | 'header+payload' | 'payload' | 'unpacked'

export interface ExpectedDigest {
  /** As node:crypto names it. */
  readonly algorithm: string
  /** Lower-case hex. */
  readonly expected: string
  readonly range: DigestRange
  readonly tag: string
  /** Of the digests with the same name here one match is enough: a recompressed package fails one of them and is intact. */
  readonly either: string | null
}

const SHA256 = 8 // what PAYLOADSHA256 holds unless PAYLOADSHA256ALGO says otherwise

/** Names in node:crypto by OpenPGP's numbers. */
const HASH_NAME: ReadonlyMap<number, string> = new Map([
  [1, 'md5'],
  [2, 'sha1'],
  [SHA256, 'sha256'],
  [9, 'sha384'],
  [10, 'sha512'],
  [11, 'sha224'],
  [12, 'sha3-256'],
  [14, 'sha3-512'],
])

/** Name of a hash algorithm in node:crypto; `null` for an unknown number and for an algorithm that we cannot compute. */
export function hashName(number: number): string | null {
  return HASH_NAME.get(number) ?? null
}

/** The digests of a package: of the header first, each range from strong to weak. Empty for a package that states none. */
export function expectedDigestsOf(signature: HeaderStore, header: HeaderStore): ExpectedDigest[] {
  const digests: ExpectedDigest[] = []
  const expect = (store: HeaderStore, tag: Tag<StringType>, algorithm: string, range: DigestRange, either: string | null = null): void => {
    const expected = store.string(tag)?.toLowerCase() ?? null
    if (expected !== null) digests.push({ algorithm, expected, range, tag: tag.name, either })
  }
  expect(signature, RPMSIGTAG.SHA3_256, 'sha3-256', 'header')
  expect(signature, RPMSIGTAG.SHA256, 'sha256', 'header')
  expect(signature, RPMSIGTAG.SHA1, 'sha1', 'header')

  const algorithm = hashName(header.integer(RPMTAG.PAYLOADSHA256ALGO) ?? SHA256)
  if (algorithm !== null) {
    expect(header, RPMTAG.PAYLOADSHA256, algorithm, 'payload', 'PAYLOADSHA256')
    expect(header, RPMTAG.PAYLOADSHA256ALT, algorithm, 'unpacked', 'PAYLOADSHA256')
  }
  expect(header, RPMTAG.PAYLOADSHA512, 'sha512', 'payload', 'PAYLOADSHA512')
  expect(header, RPMTAG.PAYLOADSHA512ALT, 'sha512', 'unpacked', 'PAYLOADSHA512')
  expect(header, RPMTAG.PAYLOADSHA3_256, 'sha3-256', 'payload', 'PAYLOADSHA3_256')
  expect(header, RPMTAG.PAYLOADSHA3_256ALT, 'sha3-256', 'unpacked', 'PAYLOADSHA3_256')

  const md5 = signature.bytes(RPMSIGTAG.MD5)
  if (md5 !== null) digests.push({ algorithm: 'md5', expected: hexOf(md5), range: 'header+payload', tag: RPMSIGTAG.MD5.name, either: null })
  return digests
}

/**
 * The digests that do not match and that no matching alternative replaces. `actual` has the lower-case hex of each computed digest; one
 * that was not computed is ignored.
 */
export function brokenDigests(digests: readonly ExpectedDigest[], actual: ReadonlyMap<ExpectedDigest, string>): ExpectedDigest[] {
  const matches = (digest: ExpectedDigest): boolean => actual.get(digest) === digest.expected
  const forgiven = new Set(digests.filter(matches).map(({ either }) => either))
  return digests.filter(digest => actual.has(digest) && !matches(digest) && (digest.either === null || !forgiven.has(digest.either)))
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}
