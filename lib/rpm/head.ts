/**
 * The head of a package: everything before the payload.
 *
 * lead (96 bytes) · signature header · zeros to a multiple of 8 · main header · payload to the end of the file.
 * A stream reader calls `nextHeadLength` until it has buffered that many bytes, and only then decodes.
 * Source: rpm manual, "RPM v4 format" and "RPM v6 format".
 */
import { Reader } from '../bytes/reader.js'
import { UnsupportedError } from '../errors/check-error.js'
import { expectedDigestsOf, hashName, payloadAlgorithmOf, type DigestRange, type ExpectedDigest } from './expected-digests.js'
import { checkHeaderTags, checkSignatureTags, checkV6Tags } from './header-checks.js'
import { decodeHeaderIndex } from './header-index.js'
import {
  INTRO_SIZE,
  MAIN_HEADER,
  SIGNATURE_HEADER,
  decodeHeaderIntro,
  isHeaderMagic,
  type HeaderIntro,
  type HeaderKind,
} from './header-intro.js'
import { HeaderStore } from './header-store.js'
import { LEAD_SIZE, decodeLead, hasHeaderStyleSignature, notesOnLead, type Lead } from './lead.js'
import type { RpmNote } from './note.js'
import { RPMTAG } from './tags.js'

export interface RpmHead {
  readonly lead: Lead
  readonly signature: HeaderStore
  readonly header: HeaderStore
  /** Bytes from the start of the package. Signing changes only what comes before. */
  readonly headerStart: number
  /** Where the payload starts. */
  readonly headerEnd: number
  readonly rpmFormat: RpmFormat
  /** The digests that the package states for its own parts. */
  readonly digests: readonly ExpectedDigest[]
  readonly notes: readonly RpmNote[]
}

export type RpmFormat = 3 | 4 | 6

/** The minimum number of bytes from which anything can be decoded. */
export const FIRST_HEAD_LENGTH = LEAD_SIZE + INTRO_SIZE

/**
 * Number of bytes from the start of the package that are needed for the next step. Once `prefix` has that many, it has the whole head.
 * Throws as soon as a number exceeds rpm's limits, so that no caller allocates memory for it.
 */
export function nextHeadLength(prefix: Uint8Array): number {
  if (prefix.length < FIRST_HEAD_LENGTH) return FIRST_HEAD_LENGTH
  const file = new Reader(prefix, 'package', 'big')
  expectSignature(file, decodeLead(file))
  const headerStart = headerStartOf(decodeHeaderIntro(file, LEAD_SIZE, SIGNATURE_HEADER))
  if (prefix.length < headerStart + INTRO_SIZE) return headerStart + INTRO_SIZE
  return headerStart + decodeHeaderIntro(file, headerStart, MAIN_HEADER).length
}

/** `prefix` may reach into the payload, and is borrowed for the head's lifetime. Throws `MalformedError` for a truncated file. */
export function decodeRpmHead(prefix: Uint8Array): RpmHead {
  const file = new Reader(prefix, 'package', 'big')
  const lead = decodeLead(file)
  expectSignature(file, lead)
  const signatureIntro = decodeHeaderIntro(file, LEAD_SIZE, SIGNATURE_HEADER)
  const signature = decodeStore(file, LEAD_SIZE, signatureIntro, SIGNATURE_HEADER)
  const headerStart = headerStartOf(signatureIntro)
  const intro = decodeHeaderIntro(file, headerStart, MAIN_HEADER)
  const header = decodeStore(file, headerStart, intro, MAIN_HEADER)

  const rpmFormat = rpmFormatOf(header)
  const digests = expectedDigestsOf(signature, header)
  const notes = [
    ...notesOnLead(lead),
    ...signature.notes,
    ...header.notes,
    ...checkSignatureTags(signature),
    ...checkHeaderTags(header),
    ...(rpmFormat === 6 ? checkV6Tags(signature, header) : []),
    ...notesOnNames(header),
    ...notesOnDigests(digests, header),
  ]
  return { lead, signature, header, headerStart, headerEnd: headerStart + intro.length, rpmFormat, digests, notes }
}

/** Packages from before 1998 have no signature header; a header magic after the lead overrides the lead's signature type. */
function expectSignature(file: Reader, lead: Lead): void {
  if (hasHeaderStyleSignature(lead) || isHeaderMagic(file, LEAD_SIZE)) return
  throw new UnsupportedError(`lead: packages of signature type ${lead.signatureType}, from before rpm 3, are not supported`, 'lead', 0)
}

/** The lead's size is a multiple of 8, so the padding is that of the signature header's own size. */
function headerStartOf(signature: HeaderIntro): number {
  return LEAD_SIZE + Math.ceil(signature.length / 8) * 8
}

function decodeStore(file: Reader, at: number, intro: HeaderIntro, kind: HeaderKind): HeaderStore {
  return new HeaderStore(decodeHeaderIndex(file.window(kind.structure, at, intro.length), intro, kind))
}

function rpmFormatOf(header: HeaderStore): RpmFormat {
  const stated = header.integer(RPMTAG.RPMFORMAT)
  if (stated === null) return header.hasRegion ? 4 : 3
  if (stated === 3 || stated === 4 || stated === 6) return stated
  throw new UnsupportedError(`header: unknown RPM format ${stated}`, 'header', null)
}

function notesOnNames(header: HeaderStore): RpmNote[] {
  if (!header.has(RPMTAG.OLDFILENAMES) || !header.has(RPMTAG.BASENAMES)) return []
  const message = 'the header has two file lists, OLDFILENAMES and BASENAMES; BASENAMES is used, as in rpm'
  return [{ id: 'two-file-lists', message, structure: 'header', offset: null }]
}

/** rpm installs such a package only with --nodigest; packages from before rpm 4 have no digests. */
function notesOnDigests(digests: readonly ExpectedDigest[], header: HeaderStore): RpmNote[] {
  const algorithm = payloadAlgorithmOf(header)
  if (header.has(RPMTAG.PAYLOADSHA256) && hashName(algorithm) === null) {
    const message = `PAYLOADSHA256 was not verified: unknown algorithm ${algorithm}`
    return [{ id: 'unverified-digest', message, structure: 'header', offset: null }]
  }
  const covers = (range: DigestRange): boolean => digests.some(digest => digest.range === range || digest.range === 'header+payload')
  if (covers('header') && covers('payload')) return []
  const [id, what] = covers('header')
    ? ['no-payload-digest', "the package's payload"]
    : covers('payload')
      ? ['no-header-digest', "the package's header"]
      : ['no-digest', 'the package']
  return [{ id, message: `${what} has no digest, so corruption cannot be detected`, structure: null, offset: null }]
}
