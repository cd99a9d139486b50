/** Reads and lints: each target by itself, or all of them in the company of other packages. */
import { printable } from '../bytes/names.js'
import { Catalogue } from '../catalogue/catalogue.js'
import type { InstalledPackage } from '../interposition/installed-package.js'
import { readTargets, type Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import { DEFAULT_LIMITS } from '../limits/limits.js'
import { lint } from '../lint/lint.js'
import type { Interpositions } from '../interposition/interposition.js'
import { checkedPackage, type PackageReport } from '../lint/report.js'
import type { Settings } from '../lint/settings.js'
import { interpositionsAmong } from '../interposition/installable-sets.js'
import type { WaivingLedger } from '../lint/waiving/ledger.js'
import { rules } from '../../rules/index.js'
import { Progress } from './progress.js'

export interface CheckOptions {
  readonly settings: Settings
  /** Settles findings with waivers and the baseline. */
  readonly ledger: WaivingLedger
  readonly isQuiet: boolean
}

/** A report for each target. Nothing is kept of a package but its report. */
export async function checkTargets(targets: readonly Target[], options: CheckOptions): Promise<PackageReport[]> {
  const catalogue = new Catalogue()
  const packages: PackageReport[] = []
  for await (const outcome of readTold(targets, false, catalogue, options)) packages.push(judged(outcome, options, catalogue))
  return packages
}

/**
 * The same, with `others` at hand, which are not judged themselves. One of them that cannot be read is in the report: what its programs would get was not
 * looked at.
 */
export async function checkInCompany(
  targets: readonly Target[],
  others: readonly Target[],
  options: CheckOptions,
): Promise<PackageReport[]> {
  const catalogue = new Catalogue()
  const here: Outcome[] = []
  const present: Outcome[] = []
  const known = new Set(targets.map(({ path }) => path))
  for await (const outcome of readTold(targets, true, catalogue, options)) here.push(outcome)
  const rest = others.filter(({ path }) => !known.has(path))
  for await (const outcome of readTold(rest, true, catalogue, options)) present.push(outcome)
  const interpositions = interpositionsAmong(here.flatMap(installedOf), present.flatMap(installedOf), catalogue, options.settings.genuine)
  const unread = present.flatMap(outcome => ('facts' in outcome ? [] : [outcome]))
  return [...here.map(outcome => judged(outcome, options, catalogue, interpositions)), ...unread]
}

function judged(
  outcome: Outcome,
  { settings, ledger }: CheckOptions,
  catalogue: Catalogue,
  interpositions?: Interpositions,
): PackageReport {
  if (!('facts' in outcome)) return outcome
  const { path, facts } = outcome
  return checkedPackage(path, facts, ledger.settle(path, facts, lint(facts, rules, settings, catalogue, interpositions?.get(path))))
}

function installedOf(outcome: Outcome): InstalledPackage[] {
  return 'facts' in outcome ? [{ id: outcome.path, facts: outcome.facts }] : []
}

/** With a line on the terminal that tells how far it is. */
async function* readTold(
  targets: readonly Target[],
  wantsLinks: boolean,
  catalogue: Catalogue,
  { isQuiet }: CheckOptions,
): AsyncGenerator<Outcome> {
  const progress = new Progress(targets.length, !isQuiet)
  let done = 0
  progress.tell(done, printable(targets[0]?.path ?? ''))
  for await (const outcome of readTargets(targets, { limits: DEFAULT_LIMITS, catalogue, wantsSha256: false, wantsLinks })) {
    yield outcome
    progress.tell(++done, printable(targets[done]?.path ?? ''))
  }
  progress.clear()
}
