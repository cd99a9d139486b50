/**
 * Dynamic relocations with a symbol: the references that the loader resolves.
 *
 * Reached by DT_RELA and DT_REL, and by DT_JMPREL for calls; DT_RELR has no symbols. The first DT_RELACOUNT entries count as RELATIVE, whatever
 * their type. Layout: r_offset, r_info, and in DT_RELA r_addend, words of the class's width; r_info is the symbol above 32 (or 8) bits of type.
 * Source: System V gABI 4.1, Relocation; glibc's elf/do-rel.h and _ELF_DYNAMIC_DO_RELOC of elf/dynamic-link.h.
 */
import type { Reader } from '../bytes/reader.js'
import type { AddressSpace } from './address-space.js'
import { DT, type DynamicSection } from './dynamic.js'
import type { ElfHeader } from './header.js'
import { relocationTypesOf, roleOf, type RelocationRole, type RelocationTypes } from './relocation-types.js'

const JMPREL = 'DT_JMPREL'

export type VisitRelocation = (symbol: number, role: Exclude<RelocationRole, 'none'>) => void

/**
 * When a loader refuses a relocation type. ld.so: `always`, or in DT_JMPREL only when it binds `lazily`, or only `immediately`. musl: `musl-calls` in DT_JMPREL,
 * which it relocates first, and `musl`.
 */
export type RefusalMode = 'always' | 'lazily' | 'immediately' | 'musl-calls' | 'musl'

export type VisitRefused = (type: number, mode: RefusalMode) => void

/**
 * In the order in which ld.so relocates without lazy binding. `refused` is called for each entry that ld.so refuses, in the same order.
 * `false` if the machine's relocation types are not known. Throws `MalformedError`.
 */
export function visitRelocations(
  section: DynamicSection,
  addresses: AddressSpace,
  header: ElfHeader,
  visit: VisitRelocation,
  refused: VisitRefused = () => {},
): boolean {
  const types = relocationTypesOf(header.machine)
  if (types === null) return false
  for (const table of relocationTables(section, header)) visitTable(table, addresses, header, new TypeTable(types), { visit, refused })
  return true
}

/** Roles by type as a table: a large library has a million entries. */
class TypeTable {
  readonly #types: RelocationTypes
  readonly #roles = new Map<number, RelocationRole | null>()

  constructor(types: RelocationTypes) {
    this.#types = types
  }

  roleOf(type: number): RelocationRole | null {
    const known = this.#roles.get(type)
    if (known !== undefined) return known
    const role = roleOf(this.#types, type)
    this.#roles.set(type, role)
    return role
  }

  /** In DT_JMPREL if `isCalls`. */
  refusalsOf(type: number, isCalls: boolean): readonly RefusalMode[] {
    const modes: RefusalMode[] = []
    if (this.roleOf(type) === null) modes.push(isCalls ? 'immediately' : 'always')
    if (isCalls && this.#types.lazy?.includes(type) === false) modes.push('lazily')
    if (!this.#types.musl.includes(type)) modes.push(isCalls ? 'musl-calls' : 'musl')
    return modes
  }
}

/** The entries that may have a symbol: those after the RELATIVE ones at a table's beginning. */
export interface RelocationTable {
  readonly structure: string
  readonly address: number
  readonly count: number
  /** Bytes. */
  readonly entrySize: number
}

/** In the order in which ld.so relocates; empty if the machine's relocation types are not known. */
export function relocationTables(section: DynamicSection, header: ElfHeader): RelocationTable[] {
  const types = relocationTypesOf(header.machine)
  return types === null ? [] : tablesOf(section, types, header).filter(({ count }) => count > 0)
}

function tablesOf(section: DynamicSection, types: RelocationTypes, { elfClass }: ElfHeader): RelocationTable[] {
  const word = elfClass / 8
  const plain = (structure: string, tag: number, sizeTag: number, countTag: number, entrySize: number): RelocationTable[] => {
    const address = section.value(tag)
    if (address === null) return []
    const count = Math.floor((section.value(sizeTag) ?? 0) / entrySize)
    const relative = Math.min(section.value(countTag) ?? 0, count)
    return [{ structure, address: address + relative * entrySize, count: count - relative, entrySize }]
  }
  const rel = types.usesRel ? plain('DT_REL', DT.REL, DT.RELSZ, DT.RELCOUNT, 2 * word) : []
  const rela = types.usesRela ? plain('DT_RELA', DT.RELA, DT.RELASZ, DT.RELACOUNT, 3 * word) : []
  const form = section.value(DT.PLTREL)
  const calls = (form === DT.REL && types.usesRel) || (form === DT.RELA && types.usesRela)
  const slots = section.value(DT.JMPREL)
  if (!calls || slots === null) return [...rel, ...rela]
  const entrySize = form === DT.REL ? 2 * word : 3 * word
  return [
    ...rel,
    ...rela,
    { structure: JMPREL, address: slots, count: Math.floor((section.value(DT.PLTRELSZ) ?? 0) / entrySize), entrySize },
  ]
}

/** One bounds check, then a DataView: a large library has a million entries, most of them RELATIVE. */
function visitTable(
  { structure, address, count, entrySize }: RelocationTable,
  addresses: AddressSpace,
  header: ElfHeader,
  types: TypeTable,
  { visit, refused }: { readonly visit: VisitRelocation; readonly refused: VisitRefused },
): void {
  const entries = addresses.window(structure, address, count * entrySize)
  const refusals = new Map<number, readonly RefusalMode[]>()
  for (let entry = 0; entry < count; entry++) {
    const { symbol, type } = infoAt(entries, entry * entrySize, header)
    const role = types.roleOf(type)
    let modes = refusals.get(type)
    if (modes === undefined) refusals.set(type, (modes = types.refusalsOf(type, structure === JMPREL)))
    for (const mode of modes) refused(type, mode)
    // A newer loader may know the type: then it refers to the symbol.
    if (symbol !== 0 && role !== 'none') visit(symbol, role ?? 'plain')
  }
}

function infoAt({ view, endianness }: Reader, at: number, { elfClass }: ElfHeader): { readonly symbol: number; readonly type: number } {
  const isLittle = endianness === 'little'
  if (elfClass === 32) {
    const info = view.getUint32(at + 4, isLittle)
    return { symbol: info >>> 8, type: info & 0xff }
  }
  const low = view.getUint32(isLittle ? at + 8 : at + 12, isLittle)
  return { symbol: view.getUint32(isLittle ? at + 12 : at + 8, isLittle), type: low }
}
