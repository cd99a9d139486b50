/**
 * The region: an entry that marks all entries and data of a header as one block that signing tools do not change.
 *
 * It is first in the index and points at a trailer in the data, which has the form of an index entry and states, as a negative offset, how many
 * bytes of index the region spans. Entries after it ("dribbles") were added later. Packages from before rpm 4.0 have no region.
 * Source: rpm manual, "RPM v4 format", Immutable regions; checks as rpm's lib/header.cc (hdrblobVerifyRegion).
 */
import type { Reader } from '../bytes/reader.js'
import { INDEX_ENTRY_SIZE, MAIN_HEADER, type HeaderKind } from './header-intro.js'
import { decodeIndexEntry, type IndexEntry } from './index-entry.js'
import { TYPE_NUMBER } from './tag.js'

const TRAILER_SIZE = 16 // bytes, and the count of both the entry and the trailer
const RPMTAG_HEADERIMAGE = 61 // in the signature trailers of some old packages

export interface Region {
  /** Number of entries in the region, including its own. */
  readonly entryCount: number
  /** Where its data ends and the trailer begins: bytes from the start of the data. */
  readonly trailerStart: number
  readonly trailerEnd: number
}

/** `null` if the first entry is not a region. Throws `MalformedError` for a region that rpm would refuse. */
export function decodeRegion(entries: Reader, data: Reader, kind: HeaderKind): Region | null {
  const entry = decodeIndexEntry(entries, 0)
  if (entry.tag !== kind.regionTag) return null
  if (!hasRegionShape(entry) || entry.offset < 0)
    entries.fail(0, `region: type ${entry.type}, offset ${entry.offset}, count ${entry.count}`)

  const trailerReader = data.window(`${kind.structure} region trailer`, entry.offset, TRAILER_SIZE)
  const trailer = decodeIndexEntry(trailerReader, 0)
  if (!isTrailerTag(trailer.tag, kind) || !hasRegionShape(trailer))
    trailerReader.fail(0, `tag ${trailer.tag}, type ${trailer.type}, count ${trailer.count}`)

  const region = { entryCount: -trailer.offset / INDEX_ENTRY_SIZE, trailerStart: entry.offset, trailerEnd: entry.offset + TRAILER_SIZE }
  const indexCount = entries.length / INDEX_ENTRY_SIZE
  if (!Number.isInteger(region.entryCount) || region.entryCount < 1 || region.entryCount > indexCount) {
    trailerReader.fail(0, `the region claims ${-trailer.offset} bytes of an index of ${entries.length}`)
  }
  if (kind === MAIN_HEADER && (region.entryCount !== indexCount || region.trailerEnd !== data.length)) {
    trailerReader.fail(0, `the region holds ${region.entryCount} of ${indexCount} entries and ${region.trailerEnd} of ${data.length} bytes`)
  }
  return region
}

function hasRegionShape(entry: IndexEntry): boolean {
  return entry.type === TYPE_NUMBER.BIN && entry.count === TRAILER_SIZE
}

function isTrailerTag(tag: number, kind: HeaderKind): boolean {
  return tag === kind.regionTag || (kind !== MAIN_HEADER && tag === RPMTAG_HEADERIMAGE)
}
