/**
 * An ELF file on disk, as far as linking wants it: its code is not read where that can be told beforehand. In a root of 2,000 programs most bytes are code.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { Reader } from '../bytes/reader.js'
import { decodeElfHeader } from '../elf/header.js'
import { decodeElfImage, type ElfImage } from '../elf/image.js'
import { PT_DYNAMIC, PT_INTERP, PT_LOAD, decodeProgramHeaders, type ProgramHeader } from '../elf/program-headers.js'
import { leadsIntoCode, skippableCode } from '../elf/skippable-code.js'

/** Bytes that hold the headers of nearly all files. */
const BEGINNING = 4096
/** The loader maps whole pages: up to one more than the last segment says. */
const PAGE = 4096

/** Memory for one file after the other: what is made of a file keeps nothing of it, and fresh pages cost as much as reading. */
export class ReadingRoom {
  #buffer: Buffer = Buffer.alloc(0)

  /** `size` bytes, with what was in them before. */
  of(size: number): Buffer {
    if (size > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(size)
    return this.#buffer.subarray(0, size)
  }
}

/** The image is good until the room is used again. Throws `CheckError` for what the file is, and whatever the system throws. */
export function readLinkImage(place: Buffer, size: number, room: ReadingRoom): ElfImage {
  return readWithoutCode(place, size, room) ?? decodeElfImage(readFileSync(place))
}

/** `null` where all of it may be wanted. */
function readWithoutCode(place: Buffer, size: number, room: ReadingRoom): ElfImage | null {
  const file = openSync(place, 'r')
  try {
    const bytes = room.of(size)
    if (!fill(file, bytes, 0, Math.min(size, BEGINNING))) return null
    const header = decodeElfHeader(bytes)
    const segments = decodeProgramHeaders(new Reader(bytes.subarray(0, BEGINNING), 'ELF file', header.endianness), header)
    if (segments.some(({ type, offset, fileSize }) => type === PT_INTERP && offset + fileSize > BEGINNING)) return null
    return segments.some(({ type }) => type === PT_DYNAMIC) ? readTables(file, bytes, segments) : decodeElfImage(bytes)
  } catch {
    return null // what is wrong with it shows when all of it is read
  } finally {
    closeSync(file)
  }
}

/** Reads what is loaded beside the code; debugging sections are not. */
function readTables(file: number, bytes: Buffer, segments: readonly ProgramHeader[]): ElfImage | null {
  const code = skippableCode(segments)
  const loaded = Math.max(...segments.map(({ type, offset, fileSize }) => (type === PT_LOAD ? offset + fileSize : 0)))
  const end = Math.min(bytes.length, loaded + PAGE)
  if (code === null || code.end > end || !fill(file, bytes, BEGINNING, code.start) || !fill(file, bytes, code.end, end)) return null
  const image = decodeElfImage(bytes)
  return image.dynamic === null || leadsIntoCode(image.dynamic.section, segments) ? null : image
}

/** `false` for a file that has become shorter meanwhile. */
function fill(file: number, bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end;) {
    const count = readSync(file, bytes, at, end - at, at)
    if (count === 0) return false
    at += count
  }
  return true
}
