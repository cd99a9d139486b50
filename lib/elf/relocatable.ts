/**
 * Relocatable files (ET_REL), the members of static archives: they are described by section headers, and .symtab has the symbols.
 *
 * Source: System V gABI 4.1, Sections and Symbol Table.
 */
import { Reader } from '../bytes/reader.js'
import { decodeElfHeader } from './header.js'
import { SHT_SYMTAB, decodeSectionHeaders } from './section-headers.js'
import { StringTable } from './string-table.js'
import { STV, SymbolTable, symbolSize } from './symbol-table.js'

/**
 * Symbols (byte strings) that the object would contribute to a library it is linked into and that the library would then export
 * by default: global or weak, defined or common, of default or protected visibility. Throws `MalformedError`.
 */
export function exportableNamesOf(bytes: Uint8Array): string[] {
  const header = decodeElfHeader(bytes)
  const file = new Reader(bytes, 'ELF file', header.endianness)
  const sections = decodeSectionHeaders(file, header)
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
