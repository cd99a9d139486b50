/**
 * The definitions of an object: all symbols that lookup can encounter, in columns.
 *
 * A symbol is among them if the hash table leads from its name to it and it has a value. Whether a reference binds to it is decided by the
 * loader's rules (glibc-lookup, musl-lookup); symbols that matter for neither are left out.
 * Source: check_match and do_lookup_x of glibc's elf/dl-lookup.c; find_sym2 of musl's ldso/dynlink.c.
 */
import type { DynamicView } from '../elf/dynamic-view.js'
import { SHN_ABS, STB, STT, STV } from '../elf/symbol-table.js'

/** Row i of every column is one symbol; symbols of one name are in the order of lookup. */
export interface Definitions {
  readonly count: number
  /** Into dynstr. */
  readonly nameOffsets: Uint32Array
  /** DT_GNU_HASH's hash of the name, whatever hash table the object has. */
  readonly hashes: Uint32Array
  /** Words of DT_VERSYM, hidden bit included; `null` for an object whose symbols have no versions. */
  readonly versyms: Uint16Array | null
  /** Bits of `TRAIT`. */
  readonly traits: Uint8Array
  /** Rows with protected visibility, ascending. */
  readonly protectedRows: Uint32Array
}

export const TRAIT = {
  /** Undefined, but with a value: a program's canonical PLT entry for a library's function. Calls do not bind to it. */
  PLT_ENTRY: 1,
  /** Hidden or internal visibility. */
  INVISIBLE: 2,
  /** Neither global, weak nor unique. */
  LOCAL: 4,
  WEAK: 8,
  UNIQUE: 16,
  INDIRECT: 32,
  /** Value 0: thread-local, or absolute. */
  ZERO: 64,
  THREAD_LOCAL: 128,
} as const

const FINDABLE_TYPES: ReadonlySet<number> = new Set([STT.NOTYPE, STT.OBJECT, STT.FUNC, STT.COMMON, STT.TLS, STT.GNU_IFUNC])

export function definitionsOf(view: DynamicView): Definitions {
  const { symbols, versions, names, hash } = view
  const found: number[] = []
  const hashes: number[] = []
  const symbolNames = {
    nameOf: (symbol: number) => names.at(symbols.nameOffset(symbol)),
    gnuHashOf: (symbol: number) => names.gnuHashAt(symbols.nameOffset(symbol)),
  }
  hash?.visit(symbolNames, (symbol, gnuHash) => {
    if (!isCandidate(view, symbol)) return
    found.push(symbol)
    hashes.push(gnuHash)
  })
  const nameOffsets = new Uint32Array(found.length)
  const versyms = versions.isUsed ? new Uint16Array(found.length) : null
  const traits = new Uint8Array(found.length)
  // A loop, because `from` with a function takes several times as long, and a root has millions of symbols.
  for (let row = 0; row < found.length; row++) {
    const symbol = found[row]!
    nameOffsets[row] = symbols.nameOffset(symbol)
    traits[row] = traitsOf(view, symbol)
    if (versyms !== null) versyms[row] = versions.wordOf(symbol)
  }
  const protectedRows = Uint32Array.from([...found.keys()].filter(row => symbols.visibility(found[row]!) === STV.PROTECTED))
  return { count: found.length, nameOffsets, hashes: Uint32Array.from(hashes), versyms, traits, protectedRows }
}

/**
 * Can lookup encounter it for any reference? Includes undefined, local and invisible symbols: `TRAIT` distinguishes them, because the
 * loaders treat them differently.
 */
export function isCandidate({ symbols }: DynamicView, symbol: number): boolean {
  const type = symbols.type(symbol)
  return FINDABLE_TYPES.has(type) && (symbols.value(symbol) !== 0 || symbols.section(symbol) === SHN_ABS || type === STT.TLS)
}

function traitsOf({ symbols }: DynamicView, symbol: number): number {
  const type = symbols.type(symbol)
  const binding = symbols.binding(symbol)
  const visibility = symbols.visibility(symbol)
  return (
    (symbols.isDefined(symbol) ? 0 : TRAIT.PLT_ENTRY) |
    (visibility === STV.HIDDEN || visibility === STV.INTERNAL ? TRAIT.INVISIBLE : 0) |
    (symbols.isGlobal(symbol) ? 0 : TRAIT.LOCAL) |
    (binding === STB.WEAK ? TRAIT.WEAK : 0) |
    (binding === STB.GNU_UNIQUE ? TRAIT.UNIQUE : 0) |
    (type === STT.GNU_IFUNC ? TRAIT.INDIRECT : 0) |
    (symbols.value(symbol) === 0 ? TRAIT.ZERO : 0) |
    (type === STT.TLS ? TRAIT.THREAD_LOCAL : 0)
  )
}
