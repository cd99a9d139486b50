/**
 * Which part of an ELF file has to be kept while it is read as a stream: a debuginfo file has gigabytes that no loader maps.
 *
 * Of a file to load, that is everything up to the end of its last segment; beyond it only the section headers matter, which show whether it is a
 * debuginfo file. Nothing in between is left out, so overlapping and overlong segments lead to the same bytes as in the whole file.
 */
import { largestOf } from '../bytes/extremes.js'
import { Reader } from '../bytes/reader.js'
import { CheckError } from '../errors/check-error.js'
import { decodeElfHeader, type ElfHeader } from './header.js'
import { decodeProgramHeaders } from './program-headers.js'

/** A loader maps whole pages: up to this much after the end of a segment. 64 KiB is the largest page of Linux. */
const PAGE = 0x10000
/** Bytes of section headers that are kept at most, and where their number is not stated because there are more than 65,279. */
const MAX_SECTION_HEADERS = 16 * 1024 * 1024
/** Bytes that contain the file header. */
const HEADER = 64

/** Offsets in the file; ends are exclusive. */
export interface NeededPart {
  /** Everything before it is needed. */
  readonly end: number
  /** Behind `end`, or empty. */
  readonly sectionHeaders: { readonly start: number; readonly end: number }
}

const WHOLE: NeededPart = { end: Infinity, sectionHeaders: { start: Infinity, end: Infinity } }

/** `beginning` is the first part of the file. Returns the number of bytes that are needed for the answer, if there are not enough. */
export function neededPart(beginning: Uint8Array): NeededPart | number {
  if (beginning.length < HEADER) return HEADER
  try {
    const header = decodeElfHeader(beginning)
    if (header.type === 'REL') return WHOLE
    const { offset, entrySize, count } = header.programHeaders
    const isLoaded = header.type === 'DYN' || header.type === 'EXEC'
    const tableEnd = isLoaded ? offset + entrySize * count : HEADER
    return tableEnd > beginning.length ? tableEnd : partOf(beginning, header, isLoaded, tableEnd)
  } catch (error) {
    if (error instanceof CheckError) return WHOLE // if only to find out what is wrong with it
    throw error
  }
}

function partOf(beginning: Uint8Array, header: ElfHeader, isLoaded: boolean, tableEnd: number): NeededPart {
  const file = new Reader(beginning, 'ELF file', header.endianness)
  const segments = isLoaded ? decodeProgramHeaders(file, header) : []
  const ends = segments.filter(({ fileSize }) => fileSize > 0).map(({ offset, fileSize }) => offset + fileSize + PAGE)
  const mapped = largestOf(ends, tableEnd)
  const { offset, entrySize, count } = header.sectionHeaders
  const length = count === 0 ? MAX_SECTION_HEADERS : Math.min(entrySize * count, MAX_SECTION_HEADERS)
  const sectionHeaders = { start: offset, end: offset + length }
  // A table that begins before the end is kept with what is before it.
  if (offset < mapped) return { end: Math.max(mapped, offset === 0 ? 0 : sectionHeaders.end), sectionHeaders: WHOLE.sectionHeaders }
  return { end: mapped, sectionHeaders }
}
