/** What a run had no use for: waivers, entries of the baseline, filters. Whoever keeps them believes that they matter. */
import { matchesWildcard } from '../../bytes/wildcard.js'
import type { CheckedPackage, Notice } from '../report.js'
import type { AnyRule, Severity } from '../rule.js'
import type { RpmlintFilter } from '../rpmlint/configuration.js'
import { stale, type BaselineEntry } from './baseline.js'
import { few } from './claim.js'
import type { Grounds, Uses } from './ledger.js'
import type { Waiver } from './waiver.js'

export interface LeftoverOptions {
  /** Is each of them an error? */
  readonly isStrict: boolean
  /** Is an unused filter an error whatever it speaks of, as for rpmlint? `null` where filters are not told at all. */
  readonly areFiltersErrors: boolean | null
  readonly rules: readonly AnyRule[]
}

/** In order of waivers, baseline, filters. `packages` are those that were checked. */
export function leftovers(grounds: Grounds, uses: Uses, packages: readonly CheckedPackage[], options: LeftoverOptions): Notice[] {
  const { waivers, baseline, rpmlint, today } = grounds
  const checked = new Set(packages.map(({ identity }) => `${identity?.name ?? ''}.${identity?.arch ?? ''}`))
  const names = packages.flatMap(({ identity }) => identity?.name ?? [])
  return [
    ...waivers.flatMap(waiver => unusedWaiver(waiver, uses.get(waiver) ?? null, names, today, options)),
    ...(baseline?.entries ?? []).flatMap(entry => staleEntry(entry, baseline?.file ?? null, uses.get(entry) ?? null, checked, options)),
    ...rpmlint.filters.filter(filter => filter.isFromRc && !uses.has(filter)).flatMap(filter => unusedFilter(filter, options)),
  ]
}

/** A waiver that is for a package which was not checked may be of use in another run. */
function unusedWaiver(
  waiver: Waiver,
  seen: ReadonlySet<string> | null,
  names: readonly string[],
  today: string,
  { isStrict }: LeftoverOptions,
): Notice[] {
  const { rule, package: pattern, symbols, owner, reason, expires, at } = waiver
  const name = `the waiver${owner === null ? '' : ` of ${owner}`} for ${rule}`
  const unseen = Array.isArray(symbols) ? symbols.filter(symbol => seen?.has(symbol) !== true) : []
  const isAtHand = pattern === null || names.some(each => matchesWildcard(pattern, each))
  const message =
    seen === null
      ? `${name} matches no finding${isAtHand ? '' : ' of the checked packages'}${expires !== null && today > expires ? `, and expired on ${expires}` : ''}: ${reason}`
      : `${name} lists ${few(unseen)}, which no matching finding has: ${reason}`
  if (seen !== null && unseen.length === 0) return []
  return [{ id: 'unused-waiver', severity: severityOf(isAtHand, isStrict), message, ...at }]
}

function staleEntry(
  entry: BaselineEntry,
  file: string | null,
  seen: ReadonlySet<string> | null,
  checked: ReadonlySet<string>,
  { isStrict }: LeftoverOptions,
): Notice[] {
  const message = stale(entry, seen)
  const isAtHand = checked.has(`${entry.package ?? ''}.${entry.arch ?? ''}`)
  return message === null ? [] : [{ id: 'stale-baseline', severity: severityOf(isAtHand, isStrict), message, file, line: null }]
}

function severityOf(isAtHand: boolean, isStrict: boolean): Severity {
  return isStrict ? 'error' : isAtHand ? 'warning' : 'info'
}

/** An rpmlintrc is written for rpmlint first: a filter that names none of our rules is no mistake for all we know. */
function unusedFilter({ source, at }: RpmlintFilter, { isStrict, areFiltersErrors, rules }: LeftoverOptions): Notice[] {
  if (areFiltersErrors === null) return []
  const isOurs = rules.some(({ id, formerIds = [] }) => [id, ...formerIds].some(each => source.includes(each)))
  const severity = isOurs || isStrict || areFiltersErrors ? 'error' : 'info'
  return [{ id: 'unused-rpmlintrc-filter', severity, message: `"${source}" hides no finding`, ...at }]
}
