/**
 * GNU properties: what an x86 object requires of processor and loader, in a note of type NT_GNU_PROPERTY_TYPE_0.
 *
 * Only on x86 ld.so refuses objects because of them. Of the PT_NOTE segments with the class's alignment the last one counts, and in it the properties of
 * the first such note; a malformed note counts as far as it was read, or not at all.
 * Layout of a note: n_namesz, n_descsz, n_type (u32 each), the name and the description, both padded to the alignment; of a property: type, size (u32 each),
 * data, padded to a word.
 * Source: _dl_process_property_note of glibc's sysdeps/x86/dl-prop.h; the x86-64 psABI, Program Property.
 */
import type { Reader } from '../bytes/reader.js'
import type { AddressSpace } from './address-space.js'
import type { ElfHeader } from './header.js'
import { EM_386, EM_X86_64 } from './machines.js'
import { PT_NOTE, type ProgramHeader } from './program-headers.js'

export interface GnuProperties {
  /** GNU_PROPERTY_X86_ISA_1_NEEDED: bits of `ISA_LEVELS`. */
  readonly isaLevels: number
  /** GNU_PROPERTY_1_NEEDED_INDIRECT_EXTERN_ACCESS: its protected symbols must not be copied, and their addresses not be taken from a PLT. */
  readonly needsIndirectAccess: boolean
}

export const NO_GNU_PROPERTIES: GnuProperties = { isaLevels: 0, needsIndirectAccess: false }

const NT_GNU_PROPERTY_TYPE_0 = 5
const NOTE_HEADER_SIZE = 12
const PROPERTY_HEADER_SIZE = 8
const NEEDED = 0xb0008000,
  X86_FEATURE_1_AND = 0xc0000002,
  X86_ISA_1_NEEDED = 0xc0008002
const INDIRECT_EXTERN_ACCESS = 0x1
const KNOWN_SIZE = 4

export function gnuPropertiesOf(
  { machine, elfClass }: ElfHeader,
  programHeaders: readonly ProgramHeader[],
  addresses: AddressSpace,
): GnuProperties {
  if (machine !== EM_X86_64 && machine !== EM_386) return NO_GNU_PROPERTIES
  const word = elfClass / 8
  const segment = programHeaders.findLast(({ type, alignment }) => type === PT_NOTE && alignment === word)
  if (segment === undefined) return NO_GNU_PROPERTIES
  const notes = notesAt(segment, addresses)
  return notes === null ? NO_GNU_PROPERTIES : propertiesIn(notes, word)
}

/** `null` where nothing is mapped. Throws `MalformedError` for a part of the file that was not read. */
function notesAt({ address, memorySize }: ProgramHeader, addresses: AddressSpace): Reader | null {
  const mapped = addresses.from('notes', address)
  return mapped === null ? null : mapped.window('notes', 0, Math.min(memorySize, mapped.length))
}

/** More than one note of properties, as old link editors made them, makes all of them void. */
function propertiesIn(notes: Reader, word: number): GnuProperties {
  let found: GnuProperties | null = null
  for (let at = 0; notes.holds(at, NOTE_HEADER_SIZE);) {
    const nameSize = notes.u32(at)
    const size = notes.u32(at + 4)
    const start = at + padded(NOTE_HEADER_SIZE + nameSize, word)
    if (isPropertyNote(notes, at)) {
      if (found !== null) return NO_GNU_PROPERTIES
      if (size < PROPERTY_HEADER_SIZE || size % word !== 0 || !notes.holds(start, size)) return NO_GNU_PROPERTIES
      found = propertiesOf(notes.window('GNU properties', start, size), word)
      if (found === null) return NO_GNU_PROPERTIES
    }
    at = start + padded(size, word)
  }
  return found ?? NO_GNU_PROPERTIES
}

function isPropertyNote(notes: Reader, at: number): boolean {
  if (notes.u32(at) !== 4 || notes.u32(at + 8) !== NT_GNU_PROPERTY_TYPE_0 || !notes.holds(at + NOTE_HEADER_SIZE, 4)) return false
  const [g, n, u, end] = notes.bytes(at + NOTE_HEADER_SIZE, 4)
  return g === 0x47 && n === 0x4e && u === 0x55 && end === 0
}

/** `null` for a malformed note. Types have to ascend. */
function propertiesOf(note: Reader, word: number): GnuProperties | null {
  let [last, needed, isaLevels] = [0, 0, 0]
  for (let at = 0; note.holds(at, PROPERTY_HEADER_SIZE);) {
    const type = note.u32(at)
    const size = note.u32(at + 4)
    const data = at + PROPERTY_HEADER_SIZE
    if (type < last || !note.holds(data, size)) return null
    if ([NEEDED, X86_FEATURE_1_AND, X86_ISA_1_NEEDED].includes(type) && size !== KNOWN_SIZE) return null
    if (type === NEEDED) needed = note.u32(data)
    if (type === X86_ISA_1_NEEDED) isaLevels = note.u32(data)
    if (type >= X86_ISA_1_NEEDED) break
    last = type
    at = data + padded(size, word)
  }
  return { isaLevels, needsIndirectAccess: (needed & INDIRECT_EXTERN_ACCESS) !== 0 }
}

function padded(size: number, word: number): number {
  return Math.ceil(size / word) * word
}
