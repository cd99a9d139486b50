/** Waivers, baseline entries and filters that matched nothing in a run: they are reported, since their owners believe that they matter. */
import { matchesWildcard } from '../../bytes/wildcard.js'
import type { CheckedPackage, Notice } from '../report.js'
import type { AnyRule, Severity } from '../rule.js'
import type { RpmlintFilter } from '../rpmlint/configuration.js'
import { staleMessage, type BaselineEntry } from './baseline.js'
import { firstFew } from './match.js'
import type { SuppressionSources, Uses } from './suppression-tracker.js'
import type { Waiver } from './waiver.js'

export interface UnusedOptions {
  /** Are all of them errors? */
  readonly isStrict: boolean
  /** Is an unused filter an error whatever rule it is about, as for rpmlint? `null`: unused filters are not reported. */
  readonly areFiltersErrors: boolean | null
  readonly rules: readonly AnyRule[]
}

/** First waivers, then baseline entries, then filters. `packages` are those that were checked. */
export function unusedSuppressions(
  sources: SuppressionSources,
  uses: Uses,
  packages: readonly CheckedPackage[],
  options: UnusedOptions,
): Notice[] {
  const { waivers, baseline, rpmlint, today } = sources
  const checked = new Set(packages.map(({ identity }) => `${identity?.name ?? ''}.${identity?.arch ?? ''}`))
  const names = packages.flatMap(({ identity }) => identity?.name ?? [])
  return [
    ...waivers.flatMap(waiver => unusedWaiver(waiver, uses.get(waiver) ?? null, names, today, options)),
    ...(baseline?.entries ?? []).flatMap(entry => staleEntry(entry, baseline?.file ?? null, uses.get(entry) ?? null, checked, options)),
    ...rpmlint.filters.filter(filter => filter.isFromRc && !uses.has(filter)).flatMap(filter => unusedFilter(filter, options)),
  ]
}

/** A waiver for a package that was not checked may be used in another run. */
function unusedWaiver(
  waiver: Waiver,
  seen: ReadonlySet<string> | null,
  names: readonly string[],
  today: string,
  { isStrict }: UnusedOptions,
): Notice[] {
  const { rule, package: pattern, symbols, owner, reason, expires, at } = waiver
  const name = `the waiver${owner === null ? '' : ` of ${owner}`} for ${rule}`
  const unseen = Array.isArray(symbols) ? symbols.filter(symbol => seen?.has(symbol) !== true) : []
  const isChecked = pattern === null || names.some(each => matchesWildcard(pattern, each))
  const message =
    seen === null
      ? `${name} matches no finding${isChecked ? '' : ' of the checked packages'}${expires !== null && today > expires ? `, and expired on ${expires}` : ''}: ${reason}`
      : `${name} lists ${firstFew(unseen)}, which no matching finding has: ${reason}`
  if (seen !== null && unseen.length === 0) return []
  return [{ id: 'unused-waiver', severity: severityOf(isChecked, isStrict), message, ...at }]
}

function staleEntry(
  entry: BaselineEntry,
  file: string | null,
  seen: ReadonlySet<string> | null,
  checked: ReadonlySet<string>,
  { isStrict }: UnusedOptions,
): Notice[] {
  const message = staleMessage(entry, seen)
  const isChecked = checked.has(`${entry.package ?? ''}.${entry.arch ?? ''}`)
  return message === null ? [] : [{ id: 'stale-baseline', severity: severityOf(isChecked, isStrict), message, file, line: null }]
}

function severityOf(isChecked: boolean, isStrict: boolean): Severity {
  return isStrict ? 'error' : isChecked ? 'warning' : 'info'
}

/** An rpmlintrc is written for rpmlint first: a filter that mentions none of our rules may be correct. */
function unusedFilter({ source, at }: RpmlintFilter, { isStrict, areFiltersErrors, rules }: UnusedOptions): Notice[] {
  if (areFiltersErrors === null) return []
  const isOurs = rules.some(({ id, formerIds = [] }) => [id, ...formerIds].some(each => source.includes(each)))
  const severity = isOurs || isStrict || areFiltersErrors ? 'error' : 'info'
  return [{ id: 'unused-rpmlintrc-filter', severity, message: `"${source}" suppresses no finding`, ...at }]
}
