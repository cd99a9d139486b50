/**
 * Applies waivers, the baseline and filters to findings, and records which of them were used: the unused ones are reported at the end of a run.
 */
import { textOf } from '../../bytes/names.js'
import type { Identity, PackageFacts } from '../../facts/model.js'
import type { Finding } from '../finding.js'
import type { RpmlintConfiguration } from '../rpmlint/configuration.js'
import { matchFilter, filtersFoundIn, matchErrorTitles, type Search } from '../rpmlint/match-filters.js'
import { lineOwner, rpmlintLine } from '../rpmlint/line.js'
import { scoredSeverity } from '../rpmlint/scoring.js'
import { matchBaselineEntry, type Baseline, type BaselineEntry } from './baseline.js'
import { applyMatches, type Match } from './match.js'
import { enclosingPackages } from './enclosing-packages.js'
import { matchWaiver } from './match-waiver.js'
import type { Waiver } from './waiver.js'

/** Everything that can suppress a finding. */
export interface SuppressionSources {
  readonly waivers: readonly Waiver[]
  readonly baseline: Baseline | null
  readonly rpmlint: RpmlintConfiguration
  /** Rules whose findings cannot be suppressed. */
  readonly blocked: readonly string[]
  /** Date on which waivers are evaluated, in UTC, as YYYY-MM-DD. */
  readonly today: string
  /** Runs the regular expressions of filters. */
  readonly search: Search
}

/** By waiver, baseline entry or filter that matched a finding: the symbols that it covered, as text. */
export type Uses = ReadonlyMap<object, ReadonlySet<string>>

export class SuppressionTracker {
  readonly #sources: SuppressionSources
  /** Entries of the baseline by fingerprint; the first counts. */
  readonly #recorded: ReadonlyMap<string, BaselineEntry>
  readonly #uses = new Map<object, Set<string>>()

  constructor(sources: SuppressionSources) {
    this.#sources = sources
    this.#recorded = new Map((sources.baseline?.entries ?? []).toReversed().map(entry => [entry.fingerprint, entry]))
  }

  get uses(): Uses {
    return this.#uses
  }

  /** The findings of one package, with rpmlint's scoring applied and suppressed findings marked as waived. */
  apply(path: string, facts: PackageFacts, findings: readonly Finding[]): Finding[] {
    const { blocked, rpmlint } = this.#sources
    return findings.map(finding => {
      const isBlocked = blocked.includes(finding.rule)
      const scored = { ...finding, severity: scoredSeverity(finding, rpmlint.scoring, isBlocked) }
      const matches = [
        ...this.#waiverMatches(scored, enclosingPackages(facts, finding.file)),
        ...this.#baselineMatches(scored),
        ...this.#rpmlintMatches(scored, path, facts.identity),
      ]
      return applyMatches(scored, isBlocked ? matches.map(failedAsBlocked) : matches)
    })
  }

  #waiverMatches(finding: Finding, packages: readonly string[]): Match[] {
    const { waivers, today } = this.#sources
    return waivers.flatMap(waiver => {
      const match = matchWaiver(waiver, finding, packages, today)
      if (match !== null) this.#recordUse(waiver, match, finding)
      return match ?? []
    })
  }

  #baselineMatches(finding: Finding): Match[] {
    const entry = this.#recorded.get(finding.fingerprint)
    if (entry === undefined) return []
    const match = matchBaselineEntry(entry, finding)
    this.#recordUse(entry, match, finding)
    return [match]
  }

  #rpmlintMatches(finding: Finding, path: string, identity: Identity | null): Match[] {
    const { rpmlint, today, search } = this.#sources
    const line = rpmlintLine(lineOwner(identity, path), finding)
    const matches = filtersFoundIn(line, rpmlint, search).map(filter => {
      const match = matchFilter(filter, rpmlint.neverHidden.includes(finding.rule), today)
      this.#recordUse(filter, match, finding)
      return match
    })
    return [...matches, ...[matchErrorTitles(finding, rpmlint)].flatMap(match => match ?? [])]
  }

  #recordUse(source: object, { covered }: Match, finding: Finding): void {
    const symbols = this.#uses.get(source) ?? new Set<string>()
    for (const symbol of covered === 'all' ? finding.symbols : covered) symbols.add(textOf(symbol))
    this.#uses.set(source, symbols)
  }
}

/** Nothing suppresses a finding of a blocked rule. */
function failedAsBlocked(match: Match): Match {
  return { ...match, failure: `${match.name} does not apply: the rule is blocked` }
}
