/** Whether rpmlint's filters are about a finding. Source: rpmlint 2.x, rpmlint/filter.py, add_info. */
import type { Finding } from '../finding.js'
import type { Match } from '../suppression/match.js'
import type { RpmlintConfiguration, RpmlintFilter } from './configuration.js'

/** Indices of the expressions found in the line. The caller decides how long that may take. */
export type Search = (expressions: readonly RegExp[], line: string) => readonly number[]

export const searchWithoutTimeout: Search = (expressions, line) => expressions.flatMap((regex, index) => (regex.test(line) ? [index] : []))

/** The filters that match `line`, which is the finding's without colour and badness. */
export function filtersFoundIn(line: string, { filters }: RpmlintConfiguration, search: Search): RpmlintFilter[] {
  if (filters.length === 0) return []
  const found = search(
    filters.map(({ regex }) => regex),
    line,
  )
  return filters.filter((_, index) => found.includes(index))
}

/** A filter suppresses the whole finding, whatever its symbols. */
export function matchFilter({ source, reason, owner, expires, at }: RpmlintFilter, isNeverHidden: boolean, today: string): Match {
  const name = `the filter "${source}"${owner === null ? '' : ` of ${owner}`}`
  const isExpired = expires !== null && today > expires
  const why = reason === null ? '' : `: ${reason}`
  return {
    name,
    waived: { by: 'rpmlint', reason: reason ?? `filter "${source}" in ${at.file}`, owner, expires },
    covered: 'all',
    failure: isNeverHidden
      ? `${name} does not apply: the rule is in BlockedFilters`
      : isExpired
        ? `${name} expired on ${expires}${why}`
        : null,
  }
}

/** FilterErrorTitles suppresses all findings of a rule; `null` if the rule is not listed. */
export function matchErrorTitles({ rule }: Finding, { hidden, neverHidden }: RpmlintConfiguration): Match | null {
  if (!hidden.includes(rule)) return null
  const name = 'FilterErrorTitles'
  const failure = neverHidden.includes(rule) ? `${name} does not apply: the rule is in BlockedFilters` : null
  return { name, waived: { by: 'rpmlint', reason: `${name} lists ${rule}`, owner: null, expires: null }, covered: 'all', failure }
}
