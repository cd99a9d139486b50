/**
 * An ELF file on disk, as far as linking needs it: of most files only the headers and tables are read. In a root of 2,000 programs nearly all bytes are code and data.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import type { AddressSpace, FileRange } from '../../elf/address-space.js'
import { DT, type DynamicSection } from '../../elf/dynamic.js'
import { isElf } from '../../elf/header.js'
import { imageOf } from '../../elf/image.js'
import { decodeElfHead, dynamicAt, dynamicSegment, isProgramFile, type ElfHead } from '../../elf/elf-head.js'
import { PT_INTERP, PT_NOTE } from '../../elf/program-headers.js'
import { tableRanges } from '../../elf/table-ranges.js'
import { CheckError, LimitError, UnreadableError } from '../../errors/check-error.js'
import type { Limits } from '../../limits/limits.js'
import { headOf } from '../../link/file-head.js'
import { linkObjectIn, linkObjectOf, type LinkObject } from '../../link/link-object.js'
import { isSystemError, reasonOf, unreadable } from '../os-error.js'

/** Bytes that contain the headers of nearly all files, and the tables of small ones. */
const BEGINNING = 0x2000
/** Bytes between tables that cost less to read than to skip. */
const SMALL_GAP = 0x4000
/** Bytes of notes that are read apart from the rest of the file. */
const NOTE_LIMIT = 0x10000

/** The loader's view of a file. */
export interface LinkFile {
  /** The first 64 bytes, or the whole file if shorter. */
  readonly head: Uint8Array
  /** The decoded object, or the error. */
  readonly object: LinkObject | CheckError
}

/** Memory for one file after the other: decoded objects keep no reference to it, and fresh pages cost as much as reading. */
export class ReusableBuffer {
  #buffer: Buffer = Buffer.alloc(0)

  /** `size` bytes, with their previous contents. */
  of(size: number): Buffer {
    if (size > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(size)
    return this.#buffer.subarray(0, size)
  }
}

/** `size` is that of the whole file, in bytes. Throws the system's error if it cannot be opened. */
export function readLinkFile(place: Buffer, size: number, limits: Limits, buffer: ReusableBuffer): LinkFile {
  return withFile(place, size, limits, buffer, file => ({ head: file.head, object: file.object(file.readHead()) }))
}

/** The same, but `null` for a file that is not a program. A malformed file counts as a program, so that it is reported. */
export function readProgram(place: Buffer, size: number, limits: Limits, buffer: ReusableBuffer): LinkFile | null {
  return withFile(place, size, limits, buffer, file => {
    if (!isElf(file.head)) return null
    const partial = file.readHead()
    if (partial !== null && !isProgramFile(partial.elfHead, partial.section)) return null
    const object = file.object(partial)
    return object instanceof CheckError || object.isProgram ? { head: file.head, object } : null
  })
}

function withFile<Value>(place: Buffer, size: number, limits: Limits, buffer: ReusableBuffer, step: (file: PartFile) => Value): Value {
  const handle = openSync(place, 'r')
  try {
    return step(new PartFile(handle, size, limits, buffer))
  } finally {
    closeSync(handle)
  }
}

/** What is known of a file before its tables are read. */
interface PartialElf {
  readonly elfHead: ElfHead
  /** `null` for a file without a dynamic section. */
  readonly section: DynamicSection | null
  /** The parts that have been read. */
  readonly known: readonly FileRange[]
}

/** A file that is read in parts. */
class PartFile {
  readonly head: Uint8Array
  readonly #handle: number
  readonly #size: number
  readonly #limits: Limits
  readonly #beginning: FileRange
  /** As long as the file, or as the limit; only the parts that were read are valid. */
  readonly #bytes: Buffer

  constructor(handle: number, size: number, limits: Limits, buffer: ReusableBuffer) {
    this.#handle = handle
    this.#size = size
    this.#limits = limits
    this.#bytes = buffer.of(Math.min(size, limits.elfBytes))
    this.#beginning = { start: 0, end: Math.min(this.#bytes.length, BEGINNING) }
    this.#read(this.#beginning)
    this.head = headOf(this.#bytes)
  }

  /** `null` if the whole file is needed, if only to find out what is wrong with it. */
  readHead(): PartialElf | null {
    return ifSound(() => {
      const beginning = this.#beginning
      const elfHead = decodeElfHead(this.#bytes, beginning.end)
      const { programHeaders, addresses } = elfHead
      if (programHeaders.some(({ type, offset, fileSize }) => type === PT_INTERP && offset + fileSize > beginning.end)) return null
      const segment = dynamicSegment(programHeaders)
      if (segment === undefined) return { elfHead, section: null, known: [beginning] }
      const start = addresses.placeOf(segment.address)?.start
      if (start === undefined) return null
      const known = [beginning, { start, end: Math.min(this.#bytes.length, start + segment.fileSize) }]
      known.forEach(range => this.#fill(range))
      addresses.limitTo(known)
      const section = dynamicAt(elfHead, segment)
      return section?.isTerminated === true && leadsToNames(section, addresses) ? { elfHead, section, known } : null
    })
  }

  object(partial: PartialElf | null): LinkObject | CheckError {
    const { elfBytes } = this.#limits
    try {
      const object = partial === null ? null : ifSound(() => this.#objectOfTables(partial))
      if (object === null && this.#size > elfBytes) return new LimitError(`ELF file of more than ${elfBytes} bytes`, 'ELF file', elfBytes)
      return object ?? linkObjectIn(readFileSync(this.#handle))
    } catch (error) {
      if (error instanceof CheckError) return error
      if (!isSystemError(error)) throw error
      return unreadable('it')(reasonOf(error), error)
    }
  }

  #objectOfTables({ elfHead, section, known }: PartialElf): LinkObject | null {
    const { addresses } = elfHead
    if (section !== null) {
      const tables = tableRanges(section, addresses, elfHead.header)
      if (tables === null) return null
      const ranges = merged([...known, ...notesOf(elfHead), ...tables])
      ranges.forEach(range => this.#fill(range))
      addresses.limitTo(ranges)
    }
    return linkObjectOf(imageOf(elfHead))
  }

  /** Reads the part of the range that is not in the beginning. */
  #fill({ start, end }: FileRange): void {
    this.#read({ start: Math.max(start, this.#beginning.end), end })
  }

  /** Throws `UnreadableError` for a file that has been truncated meanwhile. */
  #read({ start, end }: FileRange): void {
    for (let at = start; at < end;) {
      const count = readSync(this.#handle, this.#bytes, at, end - at, at)
      if (count === 0) throw new UnreadableError('the file was truncated while it was read')
      at += count
    }
  }
}

/** patchelf moves notes to the end of the file. */
function notesOf({ programHeaders, addresses }: ElfHead): FileRange[] {
  const notes = programHeaders.filter(({ type, fileSize }) => type === PT_NOTE && fileSize <= NOTE_LIMIT)
  return notes.flatMap(({ address, fileSize }) => {
    const place = addresses.placeOf(address)
    return place === null ? [] : [{ start: place.start, end: Math.min(place.end, place.start + fileSize) }]
  })
}

/** Otherwise section headers decide what kind of file it is. */
function leadsToNames(section: DynamicSection, addresses: AddressSpace): boolean {
  return [DT.STRTAB, DT.SYMTAB].every(tag => addresses.placeOf(section.value(tag) ?? -1) !== null)
}

function ifSound<Value>(step: () => Value): Value | null {
  try {
    return step()
  } catch (error) {
    if (error instanceof CheckError) return null
    throw error
  }
}

/** Sorted, with adjacent ranges merged. */
function merged(ranges: readonly FileRange[]): FileRange[] {
  const all: FileRange[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1)
    if (last === undefined || range.start > last.end + SMALL_GAP) all.push(range)
    else all[all.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
  }
  return all
}
