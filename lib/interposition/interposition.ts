/**
 * References to guarded symbols that would bind to another library than the intended one, were these packages installed together.
 */

export interface Interposition {
  /**
   * - `hijacked`: the reference binds to another library, or to the program itself, though the genuine library is in scope too.
   * - `reversed`: a library that defines the symbol itself binds to the genuine definition for its own references.
   * - `displaced`: the library that the referrer needs is not loaded, because the provider has its soname and is in the process already.
   * - `unlinked`: a plugin counts on its program for the symbol, since it has no dependency that defines it.
   */
  readonly kind: 'hijacked' | 'reversed' | 'displaced' | 'unlinked'
  readonly start: InterposedStart
  /** Whose reference it is. */
  readonly referrer: ObjectReference
  /** What it binds to. */
  readonly provider: ObjectReference
  /**
   * The presumed intended provider; for `reversed` the referrer itself, for `displaced` the library that the referrer's own search finds, for
   * `unlinked` the provider.
   */
  readonly intended: ObjectReference
  /** The provider is the genuine library, and serves what was meant for a copy of it in another package. */
  readonly isMeantForCopy?: true
  /** The role of the object for which it is reported. */
  readonly concerns: 'provider' | 'intended' | 'referrer' | 'root'
  /** Sorted. */
  readonly symbols: readonly string[]
}

/** What is started, or loaded with dlopen. */
export interface InterposedStart {
  readonly root: ObjectReference
  /** No installed program loads it: its bindings depend on what the process has loaded before. */
  readonly isPlugin: boolean
  /** For a plugin, the program that exports guarded symbols and loads it; left out for the plugin by itself. */
  readonly host?: ObjectReference
  /** It happens only on processors with this subdirectory of glibc-hwcaps, or for older loaders this feature; `null`: on all. */
  readonly processor?: string | null
  /** Paths in the order of lookup, from the root to the later of provider and intended library. */
  readonly order: readonly string[]
}

/** A file of one of the packages. */
export interface ObjectReference {
  /** As installed; the soname of a library that no package contains. */
  readonly path: string
  /** Its package as name-version-release.arch; `null` for a standalone file and for a library that no package contains. */
  readonly package: string | null
}

/** By package id, then by the object's path in that package. */
export type Interpositions = ReadonlyMap<string, InterpositionsByPath>
export type InterpositionsByPath = ReadonlyMap<string, readonly Interposition[]>

export const NO_INTERPOSITIONS: InterpositionsByPath = new Map()
