/**
 * DT_VERSYM: one 16-bit word a symbol, that says which version it carries.
 *
 * Bits 0–14 are an index into the version definitions and requirements together, bit 15 hides the definition from unversioned
 * references. Index 0 is local, 1 is global: the "base" version, which has no name for the loader.
 * Source: LSB Core 5.0, Symbol Versioning, SYMVERTBL; l_versions of glibc's elf/dl-version.c.
 */
import type { Reader } from '../bytes/reader.js'
import type { VersionDefinition } from './version-definitions.js'
import type { VersionRequirement } from './version-requirements.js'

const VER_NDX_GLOBAL = 1
/** The bits of a word of DT_VERSYM. */
export const VERSYM_HIDDEN = 0x8000
export const VERSYM_VERSION = 0x7fff

export interface SymbolVersion {
  readonly name: string
  /** The library that a reference was linked against; `null` for a definition. */
  readonly file: string | null
  /** Lookup compares it before the name. */
  readonly hash: number
  /** A reference that refuses base definitions of a versioned object; see `VersionRequirement`. */
  readonly isStrict: boolean
}

export class VersionTable {
  readonly definitions: readonly VersionDefinition[]
  readonly requirements: readonly VersionRequirement[]
  readonly #versym: DataView | null
  readonly #isLittle: boolean
  readonly #byIndex = new Map<number, SymbolVersion>()
  /** The version that each index names, or `null`: l_versions of the loader. */
  readonly named: readonly (SymbolVersion | null)[]

  /** `versym` has a word for every symbol that will be asked for, and is `null` for an object without DT_VERSYM: none of its symbols has a version, whatever it defines or needs. */
  constructor(versym: Reader | null, definitions: readonly VersionDefinition[], requirements: readonly VersionRequirement[]) {
    // ld.so looks into DT_VERSYM only where some definition or requirement has an index (_dl_check_map_versions).
    const isUsed = [...definitions, ...requirements].some(({ index }) => index > 0)
    this.#versym = isUsed ? (versym?.view ?? null) : null
    this.#isLittle = versym?.endianness === 'little'
    this.definitions = definitions
    this.requirements = requirements
    // A definition tagged with a requirement's index carries that name for ld.so: l_versions holds both.
    for (const { index, name, file, hash, isStrict } of requirements) this.#set(index, { name, file, hash, isStrict })
    for (const { index, name, hash, isBase } of definitions) if (!isBase) this.#set(index, { name, file: null, hash, isStrict: false })
    this.named = Array.from({ length: Math.max(-1, ...this.#byIndex.keys()) + 1 }, (_, index) => this.#byIndex.get(index) ?? null)
  }

  /** A version whose hash is 0 is none: ld.so takes the 0 for an index that nobody gave out. */
  #set(index: number, version: SymbolVersion): void {
    if (version.hash === 0) this.#byIndex.delete(index)
    else this.#byIndex.set(index, version)
  }

  /** Is there a DT_VERSYM that the loader looks into? */
  get isUsed(): boolean {
    return this.#versym !== null
  }

  /** The word of DT_VERSYM, hidden bit included; 1 where there is none. */
  wordOf(symbol: number): number {
    return this.#versym === null ? VER_NDX_GLOBAL : this.#versym.getUint16(symbol * 2, this.#isLittle)
  }

  /** versym index of a symbol without the hidden bit; `null` where there is no DT_VERSYM. */
  indexOf(symbol: number): number | null {
    return this.#versym === null ? null : this.#versym.getUint16(symbol * 2, this.#isLittle) & VERSYM_VERSION
  }

  isHidden(symbol: number): boolean {
    return this.#versym !== null && (this.#versym.getUint16(symbol * 2, this.#isLittle) & VERSYM_HIDDEN) !== 0
  }

  /** The version that the loader sees, or `null`: no table, or local, or base. */
  versionOf(symbol: number): SymbolVersion | null {
    const index = this.indexOf(symbol)
    return index === null || index <= VER_NDX_GLOBAL ? null : (this.#byIndex.get(index) ?? null)
  }
}
