/**
 * DT_VERSYM: one 16-bit word for each symbol, which gives its version.
 *
 * Bits 0–14 are an index into version definitions and requirements together, bit 15 hides the definition from unversioned
 * references. Index 0 is local, 1 is global: the base version, which has no name for the loader.
 * Source: LSB Core 5.0, Symbol Versioning, SYMVERTBL; l_versions of glibc's elf/dl-version.c.
 */
import { largestOf } from '../bytes/extremes.js'
import type { Reader } from '../bytes/reader.js'
import type { VersionDefinition } from './version-definitions.js'
import type { VersionRequirement } from './version-requirements.js'

const VER_NDX_GLOBAL = 1
/** Bit masks of a word of DT_VERSYM. */
export const VERSYM_HIDDEN = 0x8000
export const VERSYM_VERSION = 0x7fff

export interface SymbolVersion {
  readonly name: string
  /** The library that a reference was linked against; `null` for a definition. */
  readonly file: string | null
  /** Compared before the name in lookup. */
  readonly hash: number
  /** A reference that does not bind to base definitions of a versioned object; see `VersionRequirement`. */
  readonly isStrict: boolean
}

export class VersionTable {
  readonly definitions: readonly VersionDefinition[]
  readonly requirements: readonly VersionRequirement[]
  readonly #versym: DataView | null
  readonly #isLittle: boolean
  readonly #byIndex = new Map<number, SymbolVersion>()
  /** The version for each index, or `null`: the loader's l_versions. */
  readonly named: readonly (SymbolVersion | null)[]

  /** `versym` has a word for every symbol, and is `null` for an object without DT_VERSYM: none of its symbols has a version, whatever the object defines or requires. */
  constructor(versym: Reader | null, definitions: readonly VersionDefinition[], requirements: readonly VersionRequirement[]) {
    // ld.so uses DT_VERSYM only if some definition or requirement has an index (_dl_check_map_versions).
    const isUsed = [...definitions, ...requirements].some(({ index }) => index > 0)
    this.#versym = isUsed ? (versym?.view ?? null) : null
    this.#isLittle = versym?.endianness === 'little'
    this.definitions = definitions
    this.requirements = requirements
    // A definition with a requirement's index has that version for ld.so: l_versions holds both.
    for (const { index, name, file, hash, isStrict } of requirements) this.#set(index, { name, file, hash, isStrict })
    for (const { index, name, hash, isBase } of definitions) if (!isBase) this.#set(index, { name, file: null, hash, isStrict: false })
    this.named = Array.from({ length: largestOf(this.#byIndex.keys(), -1) + 1 }, (_, index) => this.#byIndex.get(index) ?? null)
  }

  /** A version whose hash is 0 is ignored: for ld.so a 0 marks an unused index. */
  #set(index: number, version: SymbolVersion): void {
    if (version.hash === 0) this.#byIndex.delete(index)
    else this.#byIndex.set(index, version)
  }

  /** Is there a DT_VERSYM that the loader uses? */
  get isUsed(): boolean {
    return this.#versym !== null
  }

  /** The word of DT_VERSYM, including the hidden bit; 1 without DT_VERSYM. */
  wordOf(symbol: number): number {
    return this.#versym === null ? VER_NDX_GLOBAL : this.#versym.getUint16(symbol * 2, this.#isLittle)
  }

  /** The symbol's version index without the hidden bit; `null` without DT_VERSYM. */
  indexOf(symbol: number): number | null {
    return this.#versym === null ? null : this.#versym.getUint16(symbol * 2, this.#isLittle) & VERSYM_VERSION
  }

  isHidden(symbol: number): boolean {
    return this.#versym !== null && (this.#versym.getUint16(symbol * 2, this.#isLittle) & VERSYM_HIDDEN) !== 0
  }

  /** The version that the loader sees, or `null`: no DT_VERSYM, or local, or base. */
  versionOf(symbol: number): SymbolVersion | null {
    const index = this.indexOf(symbol)
    return index === null || index <= VER_NDX_GLOBAL ? null : (this.#byIndex.get(index) ?? null)
  }
}
