/**
 * A baseline: findings that existed when it was recorded. They stay waived as long as they do not change; a new symbol or a higher severity
 * counts.
 */
import { textOf } from '../../bytes/names.js'
import { isAtLeast, type Finding } from '../finding.js'
import type { CheckedPackage } from '../report.js'
import type { Severity } from '../rule.js'
import { applyMatches, firstFew, type Match } from './match.js'

export interface Baseline {
  /** As the user named the file. */
  readonly file: string
  /** Sorted; one for each fingerprint. */
  readonly entries: readonly BaselineEntry[]
}

export interface BaselineEntry {
  readonly fingerprint: string
  readonly rule: string
  readonly severity: Severity
  /** `null` for a standalone file. */
  readonly package: string | null
  readonly arch: string | null
  readonly file: string | null
  /** As text, complete and sorted. */
  readonly symbols: readonly string[]
  readonly reason: string
}

/** The reason of an entry until someone writes one. */
const DEFAULT_REASON = 'existed before the baseline'

/** `finding` has the fingerprint of the entry. */
export function matchBaselineEntry({ severity, symbols, reason }: BaselineEntry, finding: Finding): Match {
  const isMoreSevere = isAtLeast(finding.severity, severity) && finding.severity !== severity
  return {
    name: 'the baseline',
    waived: { by: 'baseline', reason, owner: null, expires: null },
    covered: finding.symbols.length === 0 ? 'all' : finding.symbols.filter(symbol => symbols.includes(textOf(symbol))),
    failure: isMoreSevere ? `the baseline does not apply: the severity was ${severity} and is now ${finding.severity}` : null,
  }
}

/** All findings that are neither waived nor of a blocked rule, with the reasons that people wrote into `old`. */
export function baselineOf(packages: readonly CheckedPackage[], old: Baseline, blocked: readonly string[]): Baseline {
  const reasons = new Map(old.entries.map(({ fingerprint, reason }) => [fingerprint, reason]))
  const entries = new Map<string, BaselineEntry>()
  for (const { identity, findings } of packages) {
    for (const finding of findings.filter(({ waived, rule }) => waived === null && !blocked.includes(rule))) {
      const { fingerprint, rule, severity, file } = finding
      const owner = { package: identity?.name ?? null, arch: identity?.arch ?? null }
      const symbols = finding.symbols.map(textOf).sort()
      const entry = { fingerprint, rule, severity, ...owner, file, symbols, reason: reasons.get(fingerprint) ?? DEFAULT_REASON }
      entries.set(fingerprint, merged(entry, entries.get(fingerprint)))
    }
  }
  return { file: old.file, entries: [...entries.values()].sort(byLocation) }
}

/** The package with its findings waived by the baseline just recorded from them. */
export function withBaseline(entry: CheckedPackage, { entries }: Baseline, blocked: readonly string[]): CheckedPackage {
  const known = new Map(entries.map(each => [each.fingerprint, each]))
  const findings = entry.findings.map(finding => {
    const recorded = finding.waived === null && !blocked.includes(finding.rule) ? known.get(finding.fingerprint) : undefined
    return recorded === undefined ? finding : applyMatches(finding, [matchBaselineEntry(recorded, finding)])
  })
  return { ...entry, findings }
}

export function changesBetween(old: Baseline, recorded: Baseline): { added: number; removed: number } {
  const missing = (entries: Baseline['entries'], from: Baseline['entries']): number => {
    const known = new Set(from.map(({ fingerprint }) => fingerprint))
    return entries.filter(({ fingerprint }) => !known.has(fingerprint)).length
  }
  return { added: missing(recorded.entries, old.entries), removed: missing(old.entries, recorded.entries) }
}

/** Two builds of a package share an entry, which covers both. */
function merged(entry: BaselineEntry, other: BaselineEntry | undefined): BaselineEntry {
  if (other === undefined) return entry
  const severity = isAtLeast(entry.severity, other.severity) ? entry.severity : other.severity
  return { ...other, severity, symbols: [...new Set([...other.symbols, ...entry.symbols])].sort() }
}

function byLocation(a: BaselineEntry, b: BaselineEntry): number {
  const key = (entry: BaselineEntry): string =>
    [entry.package ?? '', entry.arch ?? '', entry.file ?? '', entry.rule, entry.fingerprint].join('\0')
  return key(a) < key(b) ? -1 : 1
}

/** The message for an entry that is stale as a whole or in part, else `null`. `seen` has the symbols found again; `null`: the finding was not. */
export function staleMessage({ rule, package: name, file, symbols }: BaselineEntry, seen: ReadonlySet<string> | null): string | null {
  const where = `${rule}${name === null ? '' : ` in ${name}`}${file === null ? '' : ` at ${file}`}`
  if (seen === null) return `the baseline records ${where}, which was not found; --update-baseline removes it`
  const gone = symbols.filter(symbol => !seen.has(symbol))
  return gone.length === 0
    ? null
    : `the baseline records ${where} with ${firstFew(gone)}, not found any more; --update-baseline removes ${gone.length === 1 ? 'it' : 'them'}`
}
