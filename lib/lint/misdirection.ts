/**
 * References to guarded names that would not get the function that they were meant for, were these packages installed together.
 */

export interface Misdirection {
  /**
   * - `hijacked`: the definition of another library is taken, or of the program itself, though the genuine one is there too.
   * - `reversed`: a library that defines the name itself gets the genuine definition for its own references.
   */
  readonly kind: 'hijacked' | 'reversed'
  readonly start: MisdirectedStart
  /** Whose reference it is. */
  readonly referrer: Party
  /** What it would get. */
  readonly provider: Party
  /** What it was meant to get, as far as it can be told: of a reversed one its own library. */
  readonly meant: Party
  /** What the object is, of which it is told. */
  readonly concerns: 'provider' | 'referrer' | 'root'
  /** Sorted. */
  readonly symbols: readonly string[]
}

/** What is started, or loaded by dlopen. */
export interface MisdirectedStart {
  readonly root: Party
  /** No program at hand loads it: then what it gets depends on what was loaded before. */
  readonly isPlugin: boolean
  /** Paths in the order of lookup, from the root to the later of provider and meant library. */
  readonly order: readonly string[]
}

/** A file of one of the packages. */
export interface Party {
  /** As installed; for a library that is in none of the packages its soname. */
  readonly path: string
  /** Its package as name-version-release.arch; `null` for a loose file, and for what is in none of them. */
  readonly package: string | null
}
