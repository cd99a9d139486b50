/**
 * Holds findings against all that may waive them, and keeps account of what was of use: at the end of a run, the rest is told.
 */
import { textOf } from '../../bytes/names.js'
import type { Identity, PackageFacts } from '../../facts/model.js'
import type { Finding } from '../finding.js'
import type { RpmlintConfiguration } from '../rpmlint/configuration.js'
import { filterClaim, filtersFor, titleClaim, type Search } from '../rpmlint/filter-claim.js'
import { lineOwner, rpmlintLine } from '../rpmlint/line.js'
import { scoredSeverity } from '../rpmlint/scoring.js'
import { baselineClaim, type Baseline } from './baseline.js'
import { settled, type Claim } from './claim.js'
import { packagesAround } from './packages-around.js'
import { waiverClaim } from './waiver-claim.js'
import type { Waiver } from './waiver.js'

/** All that may waive a finding. */
export interface Grounds {
  readonly waivers: readonly Waiver[]
  readonly baseline: Baseline | null
  readonly rpmlint: RpmlintConfiguration
  /** Rules that none of them may touch. */
  readonly blocked: readonly string[]
  /** The day of the run in UTC, as YYYY-MM-DD. */
  readonly today: string
  /** How filters are searched for. */
  readonly search: Search
}

/** What was of use, each with the names that it covered, as text. Keys are the waivers, baseline entries and filters themselves. */
export type Uses = ReadonlyMap<object, ReadonlySet<string>>

export class WaivingLedger {
  readonly #grounds: Grounds
  readonly #uses = new Map<object, Set<string>>()

  constructor(grounds: Grounds) {
    this.#grounds = grounds
  }

  get uses(): Uses {
    return this.#uses
  }

  /** The findings of one package, with rpmlint's scoring and what waives them. */
  settle(path: string, facts: PackageFacts, findings: readonly Finding[]): Finding[] {
    const { blocked, rpmlint } = this.#grounds
    return findings.map(finding => {
      const isBlocked = blocked.includes(finding.rule)
      const scored = { ...finding, severity: scoredSeverity(finding, rpmlint.scoring, isBlocked) }
      const claims = [
        ...this.#waiverClaims(scored, packagesAround(facts, finding.file)),
        ...this.#baselineClaims(scored),
        ...this.#rpmlintClaims(scored, path, facts.identity),
      ]
      return settled(scored, isBlocked ? claims.map(withoutForce) : claims)
    })
  }

  #waiverClaims(finding: Finding, packages: readonly string[]): Claim[] {
    const { waivers, today } = this.#grounds
    return waivers.flatMap(waiver => {
      const claim = waiverClaim(waiver, finding, packages, today)
      if (claim !== null) this.#note(waiver, claim, finding)
      return claim ?? []
    })
  }

  #baselineClaims(finding: Finding): Claim[] {
    const entry = this.#grounds.baseline?.entries.find(({ fingerprint }) => fingerprint === finding.fingerprint)
    if (entry === undefined) return []
    const claim = baselineClaim(entry, finding)
    this.#note(entry, claim, finding)
    return [claim]
  }

  #rpmlintClaims(finding: Finding, path: string, identity: Identity | null): Claim[] {
    const { rpmlint, today, search } = this.#grounds
    const line = rpmlintLine(lineOwner(identity, path), finding)
    const claims = filtersFor(line, rpmlint, search).map(filter => {
      const claim = filterClaim(filter, rpmlint.unhidable.includes(finding.rule), today)
      this.#note(filter, claim, finding)
      return claim
    })
    return [...claims, ...[titleClaim(finding, rpmlint)].flatMap(claim => claim ?? [])]
  }

  #note(ground: object, { covered }: Claim, finding: Finding): void {
    const names = this.#uses.get(ground) ?? new Set<string>()
    for (const symbol of covered === 'all' ? finding.symbols : covered) names.add(textOf(symbol))
    this.#uses.set(ground, names)
  }
}

/** Of a blocked rule, nothing holds. */
function withoutForce(claim: Claim): Claim {
  return { ...claim, failure: `${claim.name} does not apply: the rule is blocked` }
}
