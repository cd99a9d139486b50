/**
 * Relocatable files (ET_REL), the members of static archives: they are described by section headers, and .symtab has the symbols.
 *
 * Source: System V gABI 4.1, Sections and Symbol Table.
 */
import { Reader } from '../bytes/reader.js'
import { CheckError } from '../errors/check-error.js'
import { decodeElfHeader, isElf, type ElfHeader } from './header.js'
import { decodeLtoSymbols, isLtoSymbolSection } from './lto-symbols.js'
import { SHF_COMPRESSED, SHT_NOBITS, SHT_SYMTAB, decodeSectionHeaders, sectionNamesOf, type SectionHeader } from './section-headers.js'
import { StringTable } from './string-table.js'
import { STV, SymbolTable, symbolSize } from './symbol-table.js'

/** Common symbol of a slim LTO object, so that linkers without a plugin notice it. */
const SLIM_MARK = '__gnu_lto_slim'
const ET_REL = 1

export interface RelocatableSymbols {
  /**
   * Symbols (byte strings) that the object would contribute to a library it is linked into and that the library would then export by default:
   * global or weak, defined or common, of default or protected visibility.
   */
  readonly exportable: readonly string[]
  /** An LTO object without machine code. */
  readonly isSlim: boolean
  /** An LTO object whose symbols cannot be read, so that `exportable` lacks them. */
  readonly isOpaque: boolean
}

/** Has the file the type of a relocatable one? */
export function isRelocatable(file: Uint8Array): boolean {
  const type = file.subarray(16, 18)
  return isElf(file) && (file[5] === 1 ? type[0]! | (type[1]! << 8) : (type[0]! << 8) | type[1]!) === ET_REL
}

/** The symbols of machine code and of LTO code: an object may have both, and then they are the same. Throws `MalformedError`. */
export function relocatableSymbolsOf(bytes: Uint8Array): RelocatableSymbols {
  const header = decodeElfHeader(bytes)
  const file = new Reader(bytes, 'ELF file', header.endianness)
  const sections = decodeSectionHeaders(file, header)
  const compiled = compiledSymbols(file, header, sections)
  const lto = orNull(() => ltoSections(file, header, sections)) ?? []
  // Sections that overlap would be read again and again.
  const areDisjoint = lto.reduce((sum, { size }) => sum + size, 0) <= file.length
  const ofLto = areDisjoint ? lto.map(section => orNull(() => ltoSymbols(file, section))) : [null]
  const isSlim = compiled.includes(SLIM_MARK)
  const isOpaque = (isSlim && lto.length === 0) || ofLto.includes(null)
  return { exportable: [...compiled, ...ofLto.flatMap(symbols => symbols ?? [])], isSlim, isOpaque }
}

function orNull<Value>(step: () => Value): Value | null {
  try {
    return step()
  } catch (error) {
    if (error instanceof CheckError) return null
    throw error
  }
}

function ltoSections(file: Reader, header: ElfHeader, sections: readonly SectionHeader[]): SectionHeader[] {
  const names = sectionNamesOf(file, header, sections)
  return names === null ? [] : sections.filter(({ nameOffset }) => isLtoSymbolSection(names.at(nameOffset)))
}

function ltoSymbols(file: Reader, { type, flags, offset, size }: SectionHeader): string[] {
  if (type === SHT_NOBITS || (flags & SHF_COMPRESSED) !== 0) file.fail(offset, '.gnu.lto_.symtab: no content, or compressed')
  return decodeLtoSymbols(file.window('.gnu.lto_.symtab', offset, size))
}

function compiledSymbols(file: Reader, header: ElfHeader, sections: readonly SectionHeader[]): string[] {
  const symtab = sections.find(({ type }) => type === SHT_SYMTAB)
  if (symtab === undefined) return []
  const strtab = sections[symtab.link] ?? file.fail(0, `symtab: sh_link ${symtab.link} is not a section`)
  const names = new StringTable(file.window('strtab', strtab.offset, strtab.size))
  const table = file.window('symtab', symtab.offset, symtab.size)
  const symbols = new SymbolTable(table, Math.floor(symtab.size / symbolSize(header.elfClass)), header.elfClass)
  const exportable: string[] = []
  for (let index = 0; index < symbols.count; index++) {
    const visibility = symbols.visibility(index)
    if (!symbols.isGlobal(index) || !symbols.isDefined(index) || visibility === STV.HIDDEN || visibility === STV.INTERNAL) continue
    exportable.push(names.at(symbols.nameOffset(index)))
  }
  return exportable
}
