/**
 * Which parts of a file hold the tables that a dynamic section leads to, so that a reader may leave out the rest: code and data, most of a large file.
 *
 * A table without a stated size is taken to reach to the next one, as link editors lay them out. Where that is not so the decoders come to the end of
 * what they were given and refuse the file, and then all of it has to be read.
 */
import type { AddressSpace, FileRange } from './address-space.js'
import { DT, type DynamicSection } from './dynamic.js'

const UNSIZED = [DT.SYMTAB, DT.HASH, DT.GNU_HASH, DT.MIPS_XHASH, DT.VERSYM, DT.VERDEF, DT.VERNEED]
const SIZED = [
  [DT.STRTAB, DT.STRSZ],
  [DT.RELA, DT.RELASZ],
  [DT.REL, DT.RELSZ],
  [DT.JMPREL, DT.PLTRELSZ],
] as const
/** For a table without a size that no other one follows. */
const ENOUGH = 0x10000

interface Table {
  readonly address: number
  /** Bytes; `null` where nothing says. */
  readonly size: number | null
}

/** Sorted by address, one for each table that is there. `null` where a table lies outside the file, or has no size that it needs. */
export function tableRanges(section: DynamicSection, addresses: AddressSpace): FileRange[] | null {
  if (section.value(DT.STRSZ) === null) return null
  const tables = tablesOf(section)
  const ranges: FileRange[] = []
  for (const { address, size } of tables) {
    const place = addresses.placeOf(address)
    if (place === null) return null
    const length = size ?? (tables.find(other => other.address > address)?.address ?? address + ENOUGH) - address
    ranges.push({ start: place.start, end: Math.min(place.end, place.start + length) })
  }
  return ranges
}

function tablesOf(section: DynamicSection): Table[] {
  const tables: Table[] = []
  for (const tag of UNSIZED) {
    const address = section.value(tag)
    if (address !== null) tables.push({ address, size: null })
  }
  for (const [tag, sizeTag] of SIZED) {
    const address = section.value(tag)
    const size = section.value(sizeTag) ?? 0
    if (address !== null && size > 0) tables.push({ address, size })
  }
  return tables.sort((a, b) => a.address - b.address)
}
