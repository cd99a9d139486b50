/** What is to be known of a package beside what rules need. */
export interface FactsWanted {
  /** Every object's SHA-256, for reports of facts. */
  readonly wantsSha256: boolean
  /** What ld.so would need to load the objects. */
  readonly wantsLinks: boolean
}
