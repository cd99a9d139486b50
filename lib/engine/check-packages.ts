/** Reads and lints packages, each by itself or as one install set with other packages. */
import type { Catalogue } from '../catalogue/catalogue.js'
import { clientsAmong, type Clients } from '../interposition/clients.js'
import { interpositionsAmong } from '../interposition/installable-sets.js'
import type { InstalledPackage } from '../interposition/installed-package.js'
import type { Interpositions } from '../interposition/interposition.js'
import type { Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import { lint } from '../lint/lint.js'
import { checkedPackage, type PackageReport } from '../lint/report.js'
import type { AnyRule } from '../lint/rule.js'
import { RuleError } from '../lint/rule-error.js'
import type { Settings } from '../lint/settings.js'
import type { SuppressionTracker } from '../lint/suppression/suppression-tracker.js'

export interface CheckContext {
  readonly catalogue: Catalogue
  readonly rules: readonly AnyRule[]
  readonly settings: Settings
  /** Applies waivers, baseline and filters to findings. */
  readonly tracker: SuppressionTracker
  /** Facts of targets, with loader-relevant data if wanted. */
  readonly read: (targets: readonly Target[], wantsLinks: boolean) => AsyncIterable<Outcome>
}

/** A report for each target. Facts are dropped as soon as the package is reported. */
export async function checkEach(targets: readonly Target[], context: CheckContext): Promise<PackageReport[]> {
  const packages: PackageReport[] = []
  for await (const outcome of context.read(targets, false))
    packages.push(
      reportOn(outcome, context, { clients: clientsAmong(installed(outcome), [], context.catalogue, context.settings.genuine) }),
    )
  return packages
}

/**
 * The same, with the packages `installedWith` in the install set, which are not checked themselves. The report lists those that cannot be read: how
 * their programs bind is unknown.
 */
export async function checkTogether(
  targets: readonly Target[],
  installedWith: readonly Target[],
  context: CheckContext,
): Promise<PackageReport[]> {
  const checked = await collected(context.read(targets, true))
  const others = await collected(context.read(installedWith, true))
  const { catalogue, settings } = context
  const [own, given] = [checked.flatMap(installed), others.flatMap(installed)]
  const interpositions = interpositionsAmong(own, given, catalogue, settings.genuine)
  const clients = clientsAmong(own, given, catalogue, settings.genuine)
  const unread = others.flatMap(outcome => ('facts' in outcome ? [] : [outcome]))
  return [...checked.map(outcome => reportOn(outcome, context, { interpositions, clients })), ...unread]
}

/** What was found out about the packages together. */
interface Together {
  readonly interpositions?: Interpositions
  readonly clients: Clients
}

function reportOn(outcome: Outcome, context: CheckContext, { interpositions, clients }: Together): PackageReport {
  if (!('facts' in outcome)) return outcome
  const { rules, settings, catalogue, tracker } = context
  const { path, facts } = outcome
  try {
    const findings = lint(facts, rules, settings, catalogue, interpositions?.get(path), clients.get(path))
    return checkedPackage(path, facts, tracker.apply(path, facts, findings))
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return { outcome: 'unchecked', path, reason: 'internal', structure: null, offset: null, message: error.message }
  }
}

function installed(outcome: Outcome): InstalledPackage[] {
  return 'facts' in outcome ? [{ id: outcome.path, facts: outcome.facts }] : []
}

async function collected<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = []
  for await (const value of values) list.push(value)
  return list
}
