/**
 * What rpmlint's own files say that concerns findings: which are hidden, which may not be, what each counts.
 */
import type { Place } from '../waiving/waiver.js'

export interface RpmlintConfiguration {
  readonly filters: readonly RpmlintFilter[]
  /** Rules that are hidden by name (FilterErrorTitles). */
  readonly hidden: readonly string[]
  /** Rules that no filter hides (BlockedFilters). */
  readonly unhidable: readonly string[]
  readonly scoring: Scoring
}

/** Badness: what a finding counts. Source: rpmlint 2.x, rpmlint/filter.py and lint.py. */
export interface Scoring {
  /** By rule. More than 0 makes an error of every finding, 0 a warning of an error. */
  readonly badness: Readonly<Record<string, number>>
  /** The sum that fails the run when it is exceeded; 0 or less for none. */
  readonly threshold: number
}

/** A regular expression; the findings in whose line it is found are hidden. */
export interface RpmlintFilter {
  /** As it was written, for Python. */
  readonly source: string
  readonly regex: RegExp
  /** From an rpmlintrc: one that hides nothing is told. */
  readonly isFromRc: boolean
  readonly reason: string | null
  readonly owner: string | null
  /** The last day on which it holds, as YYYY-MM-DD. */
  readonly expires: string | null
  readonly at: Place
}

export const NO_CONFIGURATION: RpmlintConfiguration = {
  filters: [],
  hidden: [],
  unhidable: [],
  scoring: { badness: {}, threshold: -1 },
}

/** The configuration with what was read after it: lists grow, a badness that is stated again is another. */
export function extended(configuration: RpmlintConfiguration, { filters, badness }: RpmlintRc): RpmlintConfiguration {
  const { scoring } = configuration
  return {
    ...configuration,
    filters: [...configuration.filters, ...filters],
    scoring: { ...scoring, badness: { ...scoring.badness, ...badness } },
  }
}

/** What an rpmlintrc can say. */
export interface RpmlintRc {
  readonly filters: readonly RpmlintFilter[]
  readonly badness: Readonly<Record<string, number>>
}
