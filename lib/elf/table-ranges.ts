/**
 * Which parts of a file hold the tables of the dynamic section, so that a reader may leave out the rest: code and data, most of a large file.
 *
 * A table without a stated size is assumed to reach to the next one, as link editors lay them out. Where that is wrong the decoders reach the end of
 * the bytes and reject the file, and then the whole file has to be read.
 */
import type { AddressSpace, FileRange } from './address-space.js'
import { DT, type DynamicSection } from './dynamic.js'
import type { ElfHeader } from './header.js'
import { relocationTables } from './relocations.js'

const UNSIZED = [DT.SYMTAB, DT.HASH, DT.GNU_HASH, DT.MIPS_XHASH, DT.VERSYM, DT.VERDEF, DT.VERNEED]
/** Tables at whose beginning a table without a size ends at the latest. */
const BEGINNINGS = [...UNSIZED, DT.STRTAB, DT.RELA, DT.REL, DT.JMPREL]
/** Size in bytes of a table without a stated size that no other table follows. */
const DEFAULT_TABLE_SIZE = 0x10000

interface Table {
  readonly address: number
  /** Bytes, at most. */
  readonly size: number
}

/** One range for each table, without relocations that have no symbol. `null` if a table lies outside the file, or DT_STRSZ is missing. */
export function tableRanges(section: DynamicSection, addresses: AddressSpace, header: ElfHeader): FileRange[] | null {
  if (section.value(DT.STRSZ) === null) return null
  const ranges: FileRange[] = []
  for (const { address, size } of tablesOf(section, header)) {
    const place = addresses.placeOf(address)
    if (place === null) return null
    ranges.push({ start: place.start, end: Math.min(place.end, place.start + size) })
  }
  return ranges
}

function tablesOf(section: DynamicSection, header: ElfHeader): Table[] {
  const at = (tags: readonly number[]): number[] => tags.map(tag => section.value(tag)).filter(address => address !== null)
  const beginnings = at(BEGINNINGS)
  const unsized = at(UNSIZED).map(address => {
    const behind = beginnings.filter(other => other > address)
    return { address, size: behind.length === 0 ? DEFAULT_TABLE_SIZE : Math.min(...behind) - address }
  })
  const names = at([DT.STRTAB]).map(address => ({ address, size: section.value(DT.STRSZ) ?? 0 }))
  const relocations = relocationTables(section, header).map(({ address, count, entrySize }) => ({ address, size: count * entrySize }))
  return [...unsized, ...names, ...relocations].filter(({ size }) => size > 0)
}
