/**
 * The index of a header, checked against all of rpm's requirements: only then do its entries describe the same package to every reader.
 *
 * The entries' data is in the order of the index, without overlaps and without gaps other than alignment; the region's trailer ends it.
 * Source: rpm's lib/header.cc (hdrblobVerifyInfo, hdrblobImport). In real packages all main headers comply; SUSE's build service of 2008 left
 * gaps in signature headers, which need not be trusted, so a gap there is only a note.
 */
import type { Reader } from '../bytes/reader.js'
import { INDEX_ENTRY_SIZE, INTRO_SIZE, MAIN_HEADER, type HeaderIntro, type HeaderKind } from './header-intro.js'
import { alignedFor, dataLengthOf, decodeIndexEntry, faultOf, type IndexEntry } from './index-entry.js'
import type { RpmNote } from './note.js'
import { decodeRegion, type Region } from './region.js'

/** An entry together with where its data ends. */
export interface LocatedEntry extends IndexEntry {
  /** Bytes of data, including the last NUL. */
  readonly length: number
  /** After the region: added by a signing tool, and replaces an entry of the same tag. */
  readonly isDribble: boolean
}

export interface HeaderIndex {
  readonly kind: HeaderKind
  /** In file order, without the region. */
  readonly entries: readonly LocatedEntry[]
  /** `null` before rpm 4.0. */
  readonly region: Region | null
  readonly data: Reader
  readonly notes: readonly RpmNote[]
}

/** `header` is the whole structure, including the intro. Throws `MalformedError` where rpm would refuse it. */
export function decodeHeaderIndex(header: Reader, intro: HeaderIntro, kind: HeaderKind): HeaderIndex {
  const entries = header.window(`${kind.structure} index`, INTRO_SIZE, intro.indexCount * INDEX_ENTRY_SIZE)
  const data = header.window(`${kind.structure} data`, INTRO_SIZE + entries.length, intro.dataLength)
  const region = decodeRegion(entries, data, kind)
  const notes: RpmNote[] = []
  const onGap = (start: number, end: number): void => {
    if (start !== end) notes.push(gapBetween(start, end, data, kind))
  }
  const located = spansOf(entries.length, data.length, region).flatMap(span => locateEntries(entries, data, span, onGap))
  return { kind, region, data, entries: located, notes }
}

/** A run of entries, and the part of the data that they must fill. Offsets are in bytes, of the index and of the data. */
interface Span {
  readonly firstEntry: number
  readonly endOfEntries: number
  readonly dataStart: number
  readonly dataEnd: number
  readonly isDribble: boolean
}

function spansOf(indexLength: number, dataLength: number, region: Region | null): readonly Span[] {
  if (region === null) return [{ firstEntry: 0, endOfEntries: indexLength, dataStart: 0, dataEnd: dataLength, isDribble: false }]
  const { trailerStart, trailerEnd } = region
  const endOfRegion = region.entryCount * INDEX_ENTRY_SIZE
  return [
    { firstEntry: INDEX_ENTRY_SIZE, endOfEntries: endOfRegion, dataStart: 0, dataEnd: trailerStart, isDribble: false },
    { firstEntry: endOfRegion, endOfEntries: indexLength, dataStart: trailerEnd, dataEnd: dataLength, isDribble: true },
  ]
}

function locateEntries(entries: Reader, data: Reader, span: Span, onGap: (start: number, end: number) => void): LocatedEntry[] {
  const located: LocatedEntry[] = []
  const bytes = data.bytes(0, data.length)
  let end = span.dataStart
  for (let at = span.firstEntry; at < span.endOfEntries; at += INDEX_ENTRY_SIZE) {
    const entry = decodeIndexEntry(entries, at)
    const fault = faultOf(entry, data.length) ?? (entry.offset < end ? 'its data overlaps the data before it' : null)
    if (fault !== null) entries.fail(at, `tag ${entry.tag}: ${fault}`)
    onGap(alignedFor(entry.type, end), entry.offset)
    const length = dataLengthOf(entry, bytes, span.dataEnd)
    if (length < 0) entries.fail(at, `tag ${entry.tag}: its data does not end inside the header`)
    located.push({ ...entry, length, isDribble: span.isDribble })
    end = entry.offset + length
  }
  onGap(end, span.dataEnd)
  return located
}

/** A comparison of tags would miss a change inside a gap, so the main header must not have gaps. */
function gapBetween(start: number, end: number, data: Reader, kind: HeaderKind): RpmNote {
  if (kind === MAIN_HEADER) data.fail(start, `a gap of ${end - start} bytes`)
  const message = `the signature header has a gap of ${end - start} bytes`
  return { id: 'signature-gap', message, structure: data.structure, offset: data.base + start }
}
