/**
 * Translates addresses (those of the dynamic section) to file offsets through the PT_LOAD segments, as ld.so maps them: whole pages, each
 * segment over the earlier ones.
 *
 * Source: System V gABI 4.1, Program Loading; _dl_map_segments of glibc's elf/dl-map-segments.h.
 */
import type { Reader } from '../bytes/reader.js'
import { MalformedError } from '../errors/check-error.js'
import { rangeAt, visibleRanges } from './overlay.js'
import { PT_LOAD, type ProgramHeader } from './program-headers.js'

/** The smallest page size of any machine. Larger pages map more of a file, but do not change the segments' own bytes. */
const PAGE = 4096

/** Offsets in the file; `end` is exclusive. */
export interface FileRange {
  readonly start: number
  readonly end: number
}

/** Bytes of the file at an address; `offset` is `null` for memory that starts as zeros. */
interface Extent {
  readonly start: number
  readonly end: number
  readonly offset: number | null
}

export class AddressSpace {
  /** Those with file content. */
  readonly segments: readonly ProgramHeader[]
  readonly #file: Reader
  #known: readonly FileRange[] | null = null
  /** Ascending and disjoint. */
  readonly #extents: readonly Extent[]

  constructor(file: Reader, programHeaders: readonly ProgramHeader[]) {
    const loaded = programHeaders.filter(({ type }) => type === PT_LOAD)
    this.#file = file
    this.segments = loaded.filter(({ fileSize }) => fileSize > 0)
    this.#extents = overlaid(loaded.flatMap(extentsOf))
  }

  /** The file's bytes from `address` as far as they are contiguous in memory, or `null` where no segment has file content. Throws `MalformedError` for a part that was not read. */
  from(structure: string, address: number): Reader | null {
    const place = this.placeOf(address)
    if (place === null) return null
    const { start, end } = this.#known === null ? place : this.#knownPart(structure, place, this.#known)
    return this.#file.window(structure, start, end - start)
  }

  /** The file range of the bytes that `from` returns. */
  placeOf(address: number): FileRange | null {
    const extent = this.#extentOf(address)
    if (extent === undefined || extent.offset === null) return null
    const start = extent.offset + (address - extent.start)
    const end = Math.min(extent.offset + (extent.end - extent.start), this.#file.length)
    return start < end ? { start, end } : null
  }

  /** For a partially read file: from now on `from` returns bytes of these parts only. */
  limitTo(known: readonly FileRange[]): void {
    this.#known = known
  }

  /** Like `from`, but throws `MalformedError` where no segment has file content. */
  at(structure: string, address: number): Reader {
    return this.from(structure, address) ?? failUnmapped(structure, address)
  }

  /** Exactly `length` bytes at `address`; throws `MalformedError` where the segment or the file ends before. */
  window(structure: string, address: number, length: number): Reader {
    return this.at(structure, address).window(structure, 0, length)
  }

  /** Is there memory of this object at `address`, from the file or not? */
  holds(address: number): boolean {
    return this.#extentOf(address) !== undefined
  }

  #knownPart(structure: string, { start, end }: FileRange, known: readonly FileRange[]): FileRange {
    const part = known.find(range => start >= range.start && start < range.end)
    return part === undefined ? this.#file.fail(start, `${structure} was not read`) : { start, end: Math.min(end, part.end) }
  }

  #extentOf(address: number): Extent | undefined {
    return rangeAt(this.#extents, address)
  }
}

/** File pages first; if memory is larger than the file part, zeros from there on, including the rest of that page. */
function extentsOf({ address, offset, fileSize, memorySize }: ProgramHeader): Extent[] {
  const lead = address % PAGE
  const dataEnd = address + fileSize
  const pages = { start: address - lead, end: pageUp(dataEnd), offset: offset - lead }
  const zeros = { start: dataEnd, end: pageUp(address + memorySize), offset: null }
  return memorySize > fileSize ? [pages, zeros] : [pages]
}

/** Each lies over the earlier ones. */
function overlaid(extents: readonly Extent[]): Extent[] {
  return visibleRanges(extents).map(({ start, end, index }) => ({ ...shifted(extents[index]!, start), end }))
}

function shifted(extent: Extent, start: number): Extent {
  return { start, end: extent.end, offset: extent.offset === null ? null : extent.offset + (start - extent.start) }
}

function pageUp(address: number): number {
  return Math.ceil(address / PAGE) * PAGE
}

/** An address has no offset in the file, so the error states none. */
export function failUnmapped(structure: string, address: number): never {
  throw new MalformedError(`${structure}: no PT_LOAD segment contains address 0x${address.toString(16)}`, structure)
}
