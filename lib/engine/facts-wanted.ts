/** Facts wanted beyond those that rules need. */
export interface FactsWanted {
  /** The SHA-256 of every object, for `inspect`. */
  readonly wantsSha256: boolean
  /** Loader-relevant data, to simulate ld.so. */
  readonly wantsLinks: boolean
}
