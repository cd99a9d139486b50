/**
 * The part of rpmlint's own configuration that concerns findings: which are hidden, which cannot be, and their badness.
 */
import type { SourceLocation } from '../suppression/waiver.js'

export interface RpmlintConfiguration {
  readonly filters: readonly RpmlintFilter[]
  /** Rules whose findings are all hidden (FilterErrorTitles). */
  readonly hidden: readonly string[]
  /** Rules whose findings no filter suppresses (BlockedFilters). */
  readonly neverHidden: readonly string[]
  readonly scoring: Scoring
}

/** Badness: the weight of a finding. Source: rpmlint 2.x, rpmlint/filter.py and lint.py. */
export interface Scoring {
  /** By rule. A positive badness turns every finding into an error, 0 turns an error into a warning. */
  readonly badness: Readonly<Record<string, number>>
  /** The run fails if the sum exceeds it; 0 or less for no threshold. */
  readonly threshold: number
}

/** A regular expression; findings whose line matches are hidden. */
export interface RpmlintFilter {
  /** The Python expression as written. */
  readonly source: string
  readonly regex: RegExp
  /** From an rpmlintrc: reported if it suppresses nothing. */
  readonly isFromRc: boolean
  readonly reason: string | null
  readonly owner: string | null
  /** The last day on which it is valid, as YYYY-MM-DD. */
  readonly expires: string | null
  readonly at: SourceLocation
}

export const NO_CONFIGURATION: RpmlintConfiguration = {
  filters: [],
  hidden: [],
  neverHidden: [],
  scoring: { badness: {}, threshold: -1 },
}

/** The configuration with an rpmlintrc added: filters are appended, a badness replaces an earlier one. */
export function extended(configuration: RpmlintConfiguration, { filters, badness }: RpmlintRc): RpmlintConfiguration {
  const { scoring } = configuration
  return {
    ...configuration,
    filters: [...configuration.filters, ...filters],
    scoring: { ...scoring, badness: { ...scoring.badness, ...badness } },
  }
}

/** The part of an rpmlintrc that counts. */
export interface RpmlintRc {
  readonly filters: readonly RpmlintFilter[]
  readonly badness: Readonly<Record<string, number>>
}
