/**
 * The references of an object: the symbols of its dynamic relocations, in columns. References that the link editor resolved have no such relocation.
 *
 * Source: RESOLVE_MAP of glibc's elf/dl-reloc.c: a local symbol, and one of hidden or internal visibility, is the object's own without lookup.
 */
import { MalformedError } from '../errors/check-error.js'
import type { DynamicView } from '../elf/dynamic-view.js'
import type { ElfImage } from '../elf/image.js'
import type { RelocationRole } from '../elf/relocation-types.js'
import { visitRelocations, type RefusalMode } from '../elf/relocations.js'
import { STB, STT, STV } from '../elf/symbol-table.js'

/** Row i of every column is one reference, in relocation order; each once, however many relocations it has. */
export interface References {
  readonly count: number
  /** Into dynstr. */
  readonly nameOffsets: Uint32Array
  /** DT_GNU_HASH's hash of the name. */
  readonly hashes: Uint32Array
  /** Into the object's `versions`, or NO_VERSION. */
  readonly versions: Int32Array
  /** Bits of `REFERENCE_FLAG`, and the kind between them. */
  readonly flags: Uint8Array
}

/** The first relocation in each mode of binding whose type ld.so refuses; absent where there is none. */
export type RelocationRefusals = { readonly [Mode in RefusalMode]?: RelocationRefusal }

export interface RelocationRefusal {
  readonly type: number
  /** How many references ld.so has resolved before it. */
  readonly row: number
}

export const NO_VERSION = -1

export const REFERENCE_FLAG = {
  /** Weak: may stay undefined. */
  WEAK: 1,
  /** The symbol is the object's own, of protected visibility. */
  PROTECTED: 2,
  /** The symbol is defined here. */
  DEFINED: 4,
  /** Binds only to a definition, never to a canonical PLT entry: calls and thread-local data (ELF_RTYPE_CLASS_PLT). */
  SKIP_PLT: 8,
  /** The symbol is undefined here, but has a value: a canonical PLT entry. */
  PLT_ENTRY: 64,
} as const

/**
 * - `call`: a slot of the procedure linkage table.
 * - `address`: the address of a function, or of a symbol whose type the link editor did not know.
 * - `data`: the address of data, thread-local data included.
 * - `copy`: a program's copy of a library's data.
 */
export type ReferenceKind = 'call' | 'address' | 'data' | 'copy'

const KINDS: readonly ReferenceKind[] = ['address', 'call', 'copy', 'data']
const KIND_SHIFT = 4
const KIND_MASK = 3

export function referenceKindOf(flags: number): ReferenceKind {
  return KINDS[(flags >> KIND_SHIFT) & KIND_MASK] ?? 'address'
}

export interface ReadRelocations {
  readonly references: References
  readonly refusals: RelocationRefusals
}

/** `null` if the machine's relocation types are not known. Throws `MalformedError`. */
export function referencesOf({ addresses, header }: ElfImage, view: DynamicView): ReadRelocations | null {
  // No object for each reference: a program has a hundred thousand.
  const symbols: number[] = []
  const flagsOfRows: number[] = []
  const seen = new Uint8Array(view.symbols.count)
  const refusals: { [Mode in RefusalMode]?: RelocationRefusal } = {}
  const refused = (type: number, mode: RefusalMode): void => {
    refusals[mode] ??= { type, row: symbols.length }
  }
  const visit = (symbol: number, role: Exclude<RelocationRole, 'none'>): void => {
    if (symbol >= view.symbols.count)
      throw new MalformedError(
        `dynamic relocations: symbol index ${symbol} is out of range, the table has ${view.symbols.count} symbols`,
        'dynamic relocations',
      )
    const flags = flagsOf(view, symbol, role)
    const mark = 1 << ROLES.indexOf(role)
    if (flags === null || (seen[symbol]! & mark) !== 0) return
    seen[symbol]! |= mark
    symbols.push(symbol)
    flagsOfRows.push(flags)
  }
  if (!visitRelocations(view.section, addresses, header, visit, refused)) return null
  const count = symbols.length
  const references = {
    count,
    nameOffsets: new Uint32Array(count),
    hashes: new Uint32Array(count),
    versions: new Int32Array(count),
    flags: Uint8Array.from(flagsOfRows),
  }
  symbols.forEach((symbol, row) => {
    const nameOffset = view.symbols.nameOffset(symbol)
    references.nameOffsets[row] = nameOffset
    references.hashes[row] = view.names.gnuHashAt(nameOffset)
    references.versions[row] = versionOf(view, symbol)
  })
  return { references, refusals }
}

const ROLES: readonly RelocationRole[] = ['call', 'copy', 'tls', 'plain']

/** `null` for a symbol that is never looked up. */
function flagsOf({ symbols }: DynamicView, symbol: number, role: RelocationRole): number | null {
  const binding = symbols.binding(symbol)
  const visibility = symbols.visibility(symbol)
  if (binding === STB.LOCAL || visibility === STV.HIDDEN || visibility === STV.INTERNAL) return null
  return (
    (binding === STB.WEAK ? REFERENCE_FLAG.WEAK : 0) |
    (visibility === STV.PROTECTED ? REFERENCE_FLAG.PROTECTED : 0) |
    (symbols.isDefined(symbol) ? REFERENCE_FLAG.DEFINED : 0) |
    (role === 'call' || role === 'tls' ? REFERENCE_FLAG.SKIP_PLT : 0) |
    (!symbols.isDefined(symbol) && symbols.value(symbol) !== 0 ? REFERENCE_FLAG.PLT_ENTRY : 0) |
    (KINDS.indexOf(kindFor(role, symbols.type(symbol))) << KIND_SHIFT)
  )
}

function kindFor(role: RelocationRole, type: number): ReferenceKind {
  if (role === 'call' || role === 'copy') return role
  return role === 'tls' || type === STT.OBJECT || type === STT.TLS || type === STT.COMMON ? 'data' : 'address'
}

/** Its index, or NO_VERSION where it has none. */
function versionOf({ versions }: DynamicView, symbol: number): number {
  const index = versions.indexOf(symbol)
  return index === null || (versions.named[index] ?? null) === null ? NO_VERSION : index
}
