/**
 * The intro of a header structure: magic, number of index entries, bytes of data. It alone decides how much a reader fetches,
 * so both numbers are compared with rpm's limits here.
 *
 * Source: rpm manual, "RPM v4 format", Header; limits from rpm's lib/header.cc (hdrchkTags, hdrchkData).
 */
import type { Reader } from '../bytes/reader.js'

export const INTRO_SIZE = 16
export const INDEX_ENTRY_SIZE = 16
const MAGIC = 0 // u32
const RESERVED = 4 // u32
const INDEX_COUNT = 8 // u32
const DATA_LENGTH = 12 // u32
const HEADER_MAGIC = 0x8e_ad_e8_01 // three bytes of magic, then version 1

/** Which of the two header structures of a package. */
export interface HeaderKind {
  readonly structure: 'signature header' | 'header'
  /** The tag of the region that holds all entries of such a header. */
  readonly regionTag: number
  readonly maxIndexCount: number
  /** Bytes. */
  readonly maxDataLength: number
}

const MIB = 1024 * 1024
const RPMTAG_HEADERSIGNATURES = 62
const RPMTAG_HEADERIMMUTABLE = 63

export const SIGNATURE_HEADER: HeaderKind = {
  structure: 'signature header',
  regionTag: RPMTAG_HEADERSIGNATURES,
  maxIndexCount: 32,
  maxDataLength: 64 * MIB,
}
export const MAIN_HEADER: HeaderKind = {
  structure: 'header',
  regionTag: RPMTAG_HEADERIMMUTABLE,
  maxIndexCount: 0xffff,
  maxDataLength: 256 * MIB - 1,
}
const COUNTS_SIZE = 8 // indexCount and dataLength themselves: rpm counts them in
const MAX_BLOB_LENGTH = 256 * MIB

export interface HeaderIntro {
  readonly indexCount: number
  readonly dataLength: number
  /** Bytes of the whole structure: intro, index and data. */
  readonly length: number
}

/** Is there a header magic at `at`? For offsets where it may be absent. */
export function isHeaderMagic(file: Reader, at: number): boolean {
  return file.holds(at, INTRO_SIZE) && file.u32(at + MAGIC) === HEADER_MAGIC
}

/** Throws `MalformedError` for a wrong magic and for numbers that rpm would refuse. */
export function decodeHeaderIntro(file: Reader, at: number, kind: HeaderKind): HeaderIntro {
  const intro = file.window(`${kind.structure} intro`, at, INTRO_SIZE)
  if (intro.u32(MAGIC) !== HEADER_MAGIC || intro.u32(RESERVED) !== 0) intro.fail(MAGIC, 'bad header magic')
  const indexCount = intro.u32(INDEX_COUNT)
  const dataLength = intro.u32(DATA_LENGTH)
  if (indexCount < 1 || indexCount > kind.maxIndexCount)
    intro.fail(INDEX_COUNT, `${indexCount} index entries, expected 1 to ${kind.maxIndexCount}`)
  if (dataLength > kind.maxDataLength) intro.fail(DATA_LENGTH, `${dataLength} bytes of data, more than ${kind.maxDataLength}`)
  const bodyLength = indexCount * INDEX_ENTRY_SIZE + dataLength
  if (COUNTS_SIZE + bodyLength >= MAX_BLOB_LENGTH) intro.fail(DATA_LENGTH, 'index and data of 256 MiB or more')
  return { indexCount, dataLength, length: INTRO_SIZE + bodyLength }
}
