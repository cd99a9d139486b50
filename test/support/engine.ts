/** The whole path from a package to its findings, as in the command. */
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import type { PackageFacts } from '../../lib/facts/model.js'
import { readTargets, type Outcome } from '../../lib/io/package/read-targets.js'
import { targetsOf } from '../../lib/io/targets.js'
import { DEFAULT_LIMITS } from '../../lib/limits/limits.js'
import { lint } from '../../lib/lint/lint.js'
import { checkedPackage, type PackageReport } from '../../lib/lint/report.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { rules } from '../../rules/index.js'

const catalogue = new Catalogue()

export async function outcomeOf(path: string): Promise<Outcome> {
  for await (const outcome of readTargets(await targetsOf([path], { directory: process.cwd(), stdin: null }), {
    limits: DEFAULT_LIMITS,
    catalogue,
    wantsSha256: true,
  }))
    return outcome
  throw new Error(`nothing at ${path}`)
}

export async function reportOn(path: string): Promise<PackageReport> {
  return reportOf(path, await outcomeOf(path))
}

export function reportOf(path: string, outcome: Outcome): PackageReport {
  return 'facts' in outcome ? checkedPackage(path, outcome.facts, lint(outcome.facts, rules, DEFAULT_SETTINGS, catalogue)) : outcome
}

/** Facts with the loader's data, as for `check --with`. */
export async function factsWithLinks(path: string): Promise<PackageFacts> {
  for await (const outcome of readTargets(await targetsOf([path], { directory: process.cwd(), stdin: null }), {
    limits: DEFAULT_LIMITS,
    catalogue,
    wantsSha256: false,
    wantsLinks: true,
  }))
    if ('facts' in outcome) return outcome.facts
  throw new Error(`no facts of ${path}`)
}
