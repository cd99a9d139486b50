/** What rpmlint's filters say about a finding. Source: rpmlint 2.x, rpmlint/filter.py, add_info. */
import type { Finding } from '../finding.js'
import type { Claim } from '../waiving/claim.js'
import type { RpmlintConfiguration, RpmlintFilter } from './configuration.js'

/** Indices of the expressions that are found in the line. Whoever calls decides how long that may take. */
export type Search = (expressions: readonly RegExp[], line: string) => readonly number[]

export const searchAtLeisure: Search = (expressions, line) => expressions.flatMap((regex, index) => (regex.test(line) ? [index] : []))

/** The filters found in `line`, which is the finding's without colour and badness. */
export function filtersFor(line: string, { filters }: RpmlintConfiguration, search: Search): RpmlintFilter[] {
  if (filters.length === 0) return []
  const found = search(
    filters.map(({ regex }) => regex),
    line,
  )
  return filters.filter((_, index) => found.includes(index))
}

/** A filter hides the whole finding, whatever names are in it. */
export function filterClaim({ source, reason, owner, expires, at }: RpmlintFilter, isUnhidable: boolean, today: string): Claim {
  const name = `filter "${source}"${owner === null ? '' : ` of ${owner}`}`
  const isOver = expires !== null && today > expires
  const why = reason === null ? '' : `: ${reason}`
  return {
    name,
    waived: { by: 'rpmlint', reason: reason ?? `filter "${source}" in ${at.file}`, owner, expires },
    covered: 'all',
    failure: isUnhidable ? `${name} does not apply: the rule is in BlockedFilters` : isOver ? `${name} expired on ${expires}${why}` : null,
  }
}

/** FilterErrorTitles hides all findings of a rule; `null` for a finding of another. */
export function titleClaim({ rule }: Finding, { hidden, unhidable }: RpmlintConfiguration): Claim | null {
  if (!hidden.includes(rule)) return null
  const name = 'FilterErrorTitles'
  const failure = unhidable.includes(rule) ? `${name} does not apply: the rule is in BlockedFilters` : null
  return { name, waived: { by: 'rpmlint', reason: `${name} lists ${rule}`, owner: null, expires: null }, covered: 'all', failure }
}
