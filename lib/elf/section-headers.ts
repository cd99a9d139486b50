/**
 * Section headers: the link editor's view. ld.so never reads them, so they do not matter for shared objects;
 * relocatable files (ET_REL) are described by them alone, and they distinguish a debuginfo file (NOBITS sections) from a broken one.
 *
 * Source: System V gABI 4.1, Sections.
 */
import type { Reader } from '../bytes/reader.js'
import { lossyWord, word, type ElfHeader } from './header.js'
import { StringTable } from './string-table.js'

export const SHT_SYMTAB = 2
export const SHT_NOBITS = 8
export const SHF_COMPRESSED = 0x800
const SHN_XINDEX = 0xffff

/** Offsets, addresses and sizes are bytes; `link` is the index of the section's string table. */
export interface SectionHeader {
  /** Offset of its name, see `sectionNamesOf`. */
  readonly nameOffset: number
  readonly type: number
  readonly flags: number
  readonly address: number
  readonly offset: number
  readonly size: number
  readonly link: number
}

const LAYOUT = {
  32: { size: 40, flags: 8, address: 12, offset: 16, length: 20, link: 24 },
  64: { size: 64, flags: 8, address: 16, offset: 24, length: 32, link: 40 },
} as const

/** `file` begins at `start` in the file. Throws `MalformedError` if the table reaches beyond it. */
export function decodeSectionHeaders(file: Reader, header: ElfHeader, start = 0): SectionHeader[] {
  const { entrySize } = header.sectionHeaders
  const offset = header.sectionHeaders.offset - start
  const layout = LAYOUT[header.elfClass]
  if (header.sectionHeaders.offset === 0 || header.sectionHeaders.entrySize === 0) return []
  if (entrySize !== layout.size) file.fail(0, `e_shentsize is ${entrySize}, must be ${layout.size}`)
  // e_shnum is 0 if there are 65,280 sections or more; the count is then in sh_size of section 0 (gABI, Sections).
  const count = header.sectionHeaders.count || word(file, offset + layout.length, header.elfClass)
  const table = file.window('section headers', offset, entrySize * count)
  return Array.from({ length: count }, (_, index) => {
    const at = index * entrySize
    return {
      nameOffset: table.u32(at),
      type: table.u32(at + 4),
      flags: lossyWord(table, at + layout.flags, header.elfClass),
      address: lossyWord(table, at + layout.address, header.elfClass),
      offset: word(table, at + layout.offset, header.elfClass),
      size: word(table, at + layout.length, header.elfClass),
      link: table.u32(at + layout.link),
    }
  })
}

/** The names of sections; `null` for a file without. Throws `MalformedError` if they are not in the file. */
export function sectionNamesOf(file: Reader, header: ElfHeader, sections: readonly SectionHeader[]): StringTable | null {
  // An index that does not fit 16 bits is in sh_link of section 0 (gABI, ELF Header).
  const index = header.sectionNames === SHN_XINDEX ? (sections[0]?.link ?? 0) : header.sectionNames
  const section = index === 0 ? undefined : sections[index]
  return section === undefined ? null : new StringTable(file.window('section names', section.offset, section.size))
}
