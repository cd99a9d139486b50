/**
 * The digests that a package states of its own parts, as data: hashing is the business of whoever has the bytes.
 *
 * Source: rpm manual, "RPM v4 signature header" and "RPM tags"; ranges as in rpm's lib/rpmvs.cc; numbers of algorithms as in OpenPGP (RFC 9580, 9.5).
 */
import type { RpmHead } from './head.js'
import type { HeaderStore } from './header-store.js'
import { RPMSIGTAG } from './signature-tags.js'
import type { StringType, Tag } from './tag.js'
import { RPMTAG } from './tags.js'

/** Bytes that a digest covers: main header, all behind the signature header, payload as it is in the file, payload uncompressed. */
export type DigestRange = 'header' | 'header+payload' | 'payload' | 'unpacked'

export interface DigestClaim {
  /** As node:crypto names it. */
  readonly algorithm: string
  /** Lower-case hex. */
  readonly expected: string
  readonly range: DigestRange
  readonly tag: string
  /** Claims of the same name here stand for one another: a package that was recompressed fails one of them and is sound. */
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

/** Name of a hash algorithm in node:crypto; `null` for a number that means none or one that we cannot compute. */
export function hashName(number: number): string | null {
  return HASH_NAME.get(number) ?? null
}

/** The claims of a package: header digests first, each range from strong to weak. Empty for a package that states none. */
export function digestPlanOf(head: RpmHead): readonly DigestClaim[] {
  return claimsOf(head.signature, head.header)
}

/** As `digestPlanOf`, for a head that is still being decoded. */
export function claimsOf(signature: HeaderStore, header: HeaderStore): DigestClaim[] {
  const claims: DigestClaim[] = []
  const claim = (store: HeaderStore, tag: Tag<StringType>, algorithm: string, range: DigestRange, either: string | null = null): void => {
    const expected = store.string(tag)?.toLowerCase() ?? null
    if (expected !== null) claims.push({ algorithm, expected, range, tag: tag.name, either })
  }
  claim(signature, RPMSIGTAG.SHA3_256, 'sha3-256', 'header')
  claim(signature, RPMSIGTAG.SHA256, 'sha256', 'header')
  claim(signature, RPMSIGTAG.SHA1, 'sha1', 'header')

  const algorithm = hashName(header.integer(RPMTAG.PAYLOADSHA256ALGO) ?? SHA256)
  if (algorithm !== null) {
    claim(header, RPMTAG.PAYLOADSHA256, algorithm, 'payload', 'PAYLOADSHA256')
    claim(header, RPMTAG.PAYLOADSHA256ALT, algorithm, 'unpacked', 'PAYLOADSHA256')
  }
  claim(header, RPMTAG.PAYLOADSHA512, 'sha512', 'payload', 'PAYLOADSHA512')
  claim(header, RPMTAG.PAYLOADSHA512ALT, 'sha512', 'unpacked', 'PAYLOADSHA512')
  claim(header, RPMTAG.PAYLOADSHA3_256, 'sha3-256', 'payload', 'PAYLOADSHA3_256')
  claim(header, RPMTAG.PAYLOADSHA3_256ALT, 'sha3-256', 'unpacked', 'PAYLOADSHA3_256')

  const md5 = signature.bytes(RPMSIGTAG.MD5)
  if (md5 !== null) claims.push({ algorithm: 'md5', expected: hexOf(md5), range: 'header+payload', tag: RPMSIGTAG.MD5.name, either: null })
  return claims
}

/**
 * The claims that do not hold and that no other claim makes up for. `actual` gives the lower-case hex for each claim that was computed; one
 * that was not counts neither way.
 */
export function brokenClaims(claims: readonly DigestClaim[], actual: ReadonlyMap<DigestClaim, string>): DigestClaim[] {
  const holds = (claim: DigestClaim): boolean => actual.get(claim) === claim.expected
  const forgiven = new Set(claims.filter(holds).map(claim => claim.either))
  return claims.filter(claim => actual.has(claim) && !holds(claim) && (claim.either === null || !forgiven.has(claim.either)))
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}
