/**
 * Everything that the dynamic section refers to, decoded.
 *
 * Source: System V gABI 4.1, Dynamic Section and Dynamic Linking; the checks are those of glibc's elf/get-dynamic-info.h.
 */
import { Reader } from '../bytes/reader.js'
import type { AddressSpace } from './address-space.js'
import { DT, type DynamicSection } from './dynamic.js'
import { decodeGnuHash, decodeMipsXhash } from './gnu-hash.js'
import type { ElfHeader } from './header.js'
import { EM_MIPS } from './machines.js'
import { StringTable } from './string-table.js'
import { SymbolTable, symbolSize } from './symbol-table.js'
import { decodeSysvHash, type HashTable } from './sysv-hash.js'
import { decodeVersionDefinitions } from './version-definitions.js'
import { decodeVersionRequirements } from './version-requirements.js'
import { VersionTable } from './version-table.js'

/** Names are byte strings. */
export interface DynamicView {
  readonly section: DynamicSection
  readonly soname: string | null
  /** In load order. */
  readonly needed: readonly string[]
  readonly rpath: string | null
  readonly runpath: string | null
  readonly names: StringTable
  readonly symbols: SymbolTable
  readonly versions: VersionTable
  /** The table that ld.so uses for lookup (GNU before System V), or `null`: then lookup never finds a symbol of this object. */
  readonly hash: HashTable | null
}

/** Throws `MalformedError` if a table that the section refers to is not in the file or is inconsistent. */
export function decodeDynamicView(section: DynamicSection, addresses: AddressSpace, header: ElfHeader): DynamicView {
  const names = stringTableOf(section, addresses)
  const nameOf = (tag: number): string | null => {
    const offset = section.value(tag)
    return offset === null ? null : names.at(offset)
  }
  const hash = section.value(DT.SYMTAB) === null ? null : preferredHash(section, addresses, header)
  const symbols = symbolTableOf(section, addresses, header, hash)
  names.include(symbols.count, symbol => symbols.nameOffset(symbol))
  return {
    section,
    soname: nameOf(DT.SONAME),
    needed: section.needed.map(offset => names.at(offset)),
    rpath: nameOf(DT.RPATH),
    runpath: nameOf(DT.RUNPATH),
    names,
    symbols,
    versions: versionTableOf(section, addresses, names, symbols.count),
    hash,
  }
}

function stringTableOf(section: DynamicSection, addresses: AddressSpace): StringTable {
  const address = section.value(DT.STRTAB)
  if (address === null) return new StringTable(new Reader(new Uint8Array(1), 'dynstr', 'little'))
  const mapped = addresses.at('dynstr', address)
  return new StringTable(mapped, section.value(DT.STRSZ) ?? 0)
}

/** On MIPS dynsym is sorted for the GOT, so DT_GNU_HASH does not fit it and no loader reads it there: DT_MIPS_XHASH replaces it. */
function preferredHash(section: DynamicSection, addresses: AddressSpace, header: ElfHeader): HashTable | null {
  const xhash = header.machine === EM_MIPS ? section.value(DT.MIPS_XHASH) : null
  if (xhash !== null) return decodeMipsXhash(addresses.at('DT_MIPS_XHASH', xhash), header.elfClass, section.value(DT.MIPS_SYMTABNO) ?? 0)
  const gnu = section.value(DT.GNU_HASH)
  if (gnu !== null && header.machine !== EM_MIPS) return decodeGnuHash(addresses.at('DT_GNU_HASH', gnu), header.elfClass)
  const sysv = section.value(DT.HASH)
  return sysv === null ? null : decodeSysvHash(addresses.at('DT_HASH', sysv), header.machine, header.elfClass)
}

function symbolTableOf(section: DynamicSection, addresses: AddressSpace, header: ElfHeader, hash: HashTable | null): SymbolTable {
  const address = section.value(DT.SYMTAB)
  const empty = new Reader(new Uint8Array(0), 'dynsym', header.endianness)
  if (address === null) return new SymbolTable(empty, 0, header.elfClass)
  const table = addresses.from('dynsym', address)
  const entrySize = symbolSize(header.elfClass)
  const stated = section.value(DT.SYMENT)
  if (stated !== null && stated !== entrySize) (table ?? empty).fail(0, `DT_SYMENT is ${stated}, must be ${entrySize}`)
  const count = hash?.symbolCount ?? Math.min(gapCount(section, address, entrySize), Math.floor((table?.length ?? 0) / entrySize))
  if (count === 0) return new SymbolTable(empty, 0, header.elfClass)
  return new SymbolTable(table ?? addresses.at('dynsym', address), count, header.elfClass)
}

/**
 * Without a non-empty hash table the length of dynsym is unknown. It ends at the latest where the next table begins; every link
 * editor puts one right after it. Such an object exports nothing that ld.so could find, so only its references matter.
 */
function gapCount(section: DynamicSection, address: number, entrySize: number): number {
  const tables = [DT.STRTAB, DT.HASH, DT.GNU_HASH, DT.VERSYM, DT.VERDEF, DT.VERNEED, DT.RELA, DT.REL, DT.JMPREL]
  const behind = tables.map(tag => section.value(tag) ?? 0).filter(other => other > address)
  return behind.length === 0 ? 0 : Math.floor((Math.min(...behind) - address) / entrySize)
}

function versionTableOf(section: DynamicSection, addresses: AddressSpace, names: StringTable, symbolCount: number): VersionTable {
  const versym = section.value(DT.VERSYM)
  const verdef = section.value(DT.VERDEF)
  const verneed = section.value(DT.VERNEED)
  return new VersionTable(
    versym === null ? null : addresses.window('versym', versym, symbolCount * 2),
    verdef === null ? [] : decodeVersionDefinitions(addresses.at('verdef', verdef), names),
    verneed === null ? [] : decodeVersionRequirements(addresses.at('verneed', verneed), names),
  )
}
