/**
 * Which bytes of a file a loader's tables cannot be in: machine code, most of a large library, that need not be read to learn what the file defines and needs.
 *
 * A table ends where its segment does (AddressSpace), so it is enough to know where tables begin. Link editors of before 2018 put them into the segment of the
 * code; then nothing is left out.
 */
import { DT, type DynamicSection } from './dynamic.js'
import { PF_X, PT_INTERP, PT_LOAD, type ProgramHeader } from './program-headers.js'

/** Offsets in the file; whole pages. */
export interface Skippable {
  readonly start: number
  readonly end: number
}

const PAGE = 4096
/** Below this a second read costs more than what it saves. */
const WORTHWHILE = 16 * PAGE
const TABLES = [DT.STRTAB, DT.SYMTAB, DT.HASH, DT.GNU_HASH, DT.VERSYM, DT.VERDEF, DT.VERNEED, DT.REL, DT.RELA, DT.JMPREL, DT.MIPS_XHASH]

/** The largest piece of code that shares no page of the file with anything else, or `null`. */
export function skippableCode(headers: readonly ProgramHeader[]): Skippable | null {
  const pieces = headers.filter(isCode).map(({ offset, fileSize }) => ({ start: pageUp(offset), end: pageDown(offset + fileSize) }))
  const [largest] = pieces.sort((a, b) => b.end - b.start - (a.end - a.start))
  if (largest === undefined || largest.end - largest.start < WORTHWHILE) return null
  const isShared = headers.some(
    header =>
      !isCode(header) &&
      header.type === PT_LOAD &&
      header.fileSize > 0 &&
      pageDown(header.offset) < largest.end &&
      pageUp(header.offset + header.fileSize) > largest.start,
  )
  return isShared ? null : largest
}

/** Does the dynamic section, or what the kernel reads, lead into code after all? */
export function leadsIntoCode(section: DynamicSection, headers: readonly ProgramHeader[]): boolean {
  const code = headers.filter(isCode)
  const isIn = (address: number): boolean =>
    code.some(segment => address >= pageDown(segment.address) && address < pageUp(segment.address + segment.fileSize))
  const interpreter = headers.find(({ type }) => type === PT_INTERP)
  const isInterpreterIn =
    interpreter !== undefined &&
    code.some(({ offset, fileSize }) => interpreter.offset >= pageDown(offset) && interpreter.offset < offset + fileSize)
  return isInterpreterIn || TABLES.some(tag => isIn(section.value(tag) ?? -1))
}

function isCode({ type, flags }: ProgramHeader): boolean {
  return type === PT_LOAD && (flags & PF_X) !== 0
}

function pageUp(at: number): number {
  return Math.ceil(at / PAGE) * PAGE
}

function pageDown(at: number): number {
  return Math.floor(at / PAGE) * PAGE
}
