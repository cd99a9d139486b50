/** Reads and lints: each target by itself, or all of them installed together with other packages. */
import type { Catalogue } from '../catalogue/catalogue.js'
import { interpositionsAmong } from '../interposition/installable-sets.js'
import type { InstalledPackage } from '../interposition/installed-package.js'
import type { Interpositions } from '../interposition/interposition.js'
import type { Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import { lint } from '../lint/lint.js'
import { checkedPackage, type PackageReport } from '../lint/report.js'
import type { AnyRule } from '../lint/rule.js'
import type { Settings } from '../lint/settings.js'
import type { SuppressionTracker } from '../lint/suppression/suppression-tracker.js'

export interface Checking {
  readonly catalogue: Catalogue
  readonly rules: readonly AnyRule[]
  readonly settings: Settings
  /** Applies waivers, baseline and filters to findings. */
  readonly tracker: SuppressionTracker
  /** Facts of targets, with what the loader needs where that is wanted. */
  readonly read: (targets: readonly Target[], wantsLinks: boolean) => AsyncIterable<Outcome>
}

/** A report for each target. Nothing is kept of a package but its report. */
export async function checkEach(targets: readonly Target[], checking: Checking): Promise<PackageReport[]> {
  const packages: PackageReport[] = []
  for await (const outcome of checking.read(targets, false)) packages.push(reportOn(outcome, checking))
  return packages
}

/**
 * The same, installed together with `context`, which is not checked itself. A package of the context that cannot be read is in the report: how its programs
 * bind was not looked at.
 */
export async function checkTogether(targets: readonly Target[], context: readonly Target[], checking: Checking): Promise<PackageReport[]> {
  const known = new Set(targets.map(({ path }) => path))
  const checked = await all(checking.read(targets, true))
  const others = await all(
    checking.read(
      context.filter(({ path }) => !known.has(path)),
      true,
    ),
  )
  const { catalogue, settings } = checking
  const interpositions = interpositionsAmong(checked.flatMap(installed), others.flatMap(installed), catalogue, settings.genuine)
  const unread = others.flatMap(outcome => ('facts' in outcome ? [] : [outcome]))
  return [...checked.map(outcome => reportOn(outcome, checking, interpositions)), ...unread]
}

function reportOn(outcome: Outcome, { rules, settings, catalogue, tracker }: Checking, interpositions?: Interpositions): PackageReport {
  if (!('facts' in outcome)) return outcome
  const { path, facts } = outcome
  return checkedPackage(path, facts, tracker.apply(path, facts, lint(facts, rules, settings, catalogue, interpositions?.get(path))))
}

function installed(outcome: Outcome): InstalledPackage[] {
  return 'facts' in outcome ? [{ id: outcome.path, facts: outcome.facts }] : []
}

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const gathered: Value[] = []
  for await (const value of values) gathered.push(value)
  return gathered
}
