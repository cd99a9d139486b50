/**
 * One entry of a header's index: tag, type, offset in the data, number of elements.
 *
 * Source: rpm manual, "RPM v4 format", Header; checks as rpm's lib/header.cc (hdrblobVerifyInfo).
 */
import type { Reader } from '../bytes/reader.js'
import { TYPE_NUMBER } from './tag.js'

const TAG = 0 // u32
const TYPE = 4 // u32
const OFFSET = 8 // i32
const COUNT = 12 // u32
const FIRST_PLAIN_TAG = 100 // below are the regions, which only the first entry may be
const LAST_TAG = 0x7fffffff // rpm stores tags as signed numbers
const MAX_COUNT = 0xfffff // elements; thus the most files that a package can have

export interface IndexEntry {
  readonly tag: number
  readonly type: number
  /** Bytes from the start of the data; negative only in a region trailer. */
  readonly offset: number
  /** Elements; bytes for BIN. */
  readonly count: number
  /** Absolute offset of this entry, for messages. */
  readonly at: number
}

export function decodeIndexEntry(entries: Reader, at: number): IndexEntry {
  return {
    tag: entries.u32(at + TAG),
    type: entries.u32(at + TYPE),
    offset: entries.i32(at + OFFSET),
    count: entries.u32(at + COUNT),
    at: entries.base + at,
  }
}

/** Alignment of each type's offset in bytes, by type number. 0: no such type. */
const ALIGNMENT = [0, 1, 1, 2, 4, 8, 1, 1, 1, 1]
/** Bytes of one element, by type number. 0: NUL-terminated strings. */
const ELEMENT_SIZE = [0, 1, 1, 2, 4, 8, 0, 1, 0, 0]

/** Why rpm would refuse this entry regardless of its data, or `null`. */
export function faultOf(entry: IndexEntry, dataLength: number): string | null {
  const { tag, type, offset, count } = entry
  const alignment = ALIGNMENT[type] ?? 0
  if (tag < FIRST_PLAIN_TAG || tag > LAST_TAG) return 'not a valid tag number'
  if (alignment === 0) return `unknown type ${type}`
  if (count < 1 || count > dataLength) return `count ${count} with ${dataLength} bytes of data`
  if (type !== TYPE_NUMBER.BIN && count > MAX_COUNT) return `${count} elements, more than ${MAX_COUNT}`
  if (type === TYPE_NUMBER.STRING && count !== 1) return `a string with count ${count}`
  if (offset < 0 || offset > dataLength) return `offset ${offset} outside the data`
  if (offset % alignment !== 0) return `offset ${offset} is not a multiple of ${alignment}`
  return null
}

/** The first offset at or after `end` where data of this type may start. */
export function alignedFor(type: number, end: number): number {
  const alignment = ALIGNMENT[type] ?? 1
  return Math.ceil(end / alignment) * alignment
}

/** Bytes of the entry's data, including the last NUL, or -1 if it does not end before `limit`. */
export function dataLengthOf(entry: IndexEntry, data: Uint8Array, limit: number): number {
  const elementSize = ELEMENT_SIZE[entry.type] ?? 0
  if (elementSize === 0) return stringsLength(data, entry.offset, entry.count, limit)
  const length = elementSize * entry.count
  return entry.offset + length <= limit ? length : -1
}

/** A loop over bytes: names are so short that `indexOf` for each would take longer. */
function stringsLength(data: Uint8Array, offset: number, count: number, limit: number): number {
  let at = offset
  let left = count
  while (left > 0 && at < limit) if (data[at++] === 0) left--
  return left === 0 ? at - offset : -1
}
