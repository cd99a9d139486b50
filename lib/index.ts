/**
 * The engine for programs: facts of a package, findings over facts. What a rule may use is in plugin-api.
 */
import { Catalogue } from './catalogue/catalogue.js'
import type { PackageFacts } from './facts/model.js'
import { readFacts as readTargetFacts } from './io/package/read-facts.js'
import { DEFAULT_LIMITS, type Limits } from './limits/limits.js'
import type { Finding } from './lint/finding.js'
import { lint as lintFacts } from './lint/lint.js'
import type { AnyRule } from './lint/rule.js'
import { DEFAULT_SETTINGS, type Settings } from './lint/settings.js'
import { rules as ownRules } from '../rules/index.js'

export { CheckError, LimitError, MalformedError, UnreadableError, UnsupportedError, UsageError } from './errors/check-error.js'
export { DEFAULT_LIMITS, DEFAULT_SETTINGS, ownRules as rules }
export { parseSettings } from './lint/parse-settings.js'
export type { AnyRule, Finding, Limits, PackageFacts, Settings }

const catalogue = new Catalogue()

/** Facts of the .rpm or ELF file at `path`. Throws `CheckError`. */
export function readFacts(path: string, limits: Limits = DEFAULT_LIMITS): Promise<PackageFacts> {
  return readTargetFacts({ path, isStdin: false, error: null }, { limits, catalogue, wantsSha256: true })
}

/** What the rules find in these facts. Pure; waivers are not applied, for they are about a run and a day. */
export function lint(facts: PackageFacts, settings: Settings = DEFAULT_SETTINGS, rules: readonly AnyRule[] = ownRules): Finding[] {
  return lintFacts(facts, rules, settings, catalogue)
}
