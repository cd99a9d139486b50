/** Reads and lints packages, each by itself or as one install set with other packages. */
import type { Catalogue } from '../catalogue/catalogue.js'
import { guardedSoname } from '../catalogue/genuine.js'
import { UsageError } from '../errors/check-error.js'
import { isPublicPath } from '../facts/public-path.js'
import { NO_CLIENTS, clientsAmong } from '../interposition/clients.js'
import { interpositionsAmong } from '../interposition/installable-sets.js'
import type { InstalledPackage } from '../interposition/installed-package.js'
import { configuredIn } from '../interposition/configured-directories.js'
import { NO_INTERPOSITIONS } from '../interposition/interposition.js'
import { uncheckedPackage, type Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import { lint } from '../lint/lint.js'
import { checkedPackage, type PackageReport, type UncheckedPackage } from '../lint/report.js'
import type { AnyRule } from '../lint/rule.js'
import { RuleError } from '../lint/rule-error.js'
import type { Settings } from '../lint/settings.js'
import { NO_SURROUNDINGS, type Surroundings } from '../lint/surroundings.js'
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

/**
 * A report for each target, in order. Facts are dropped as soon as the package is reported, except of the few packages whose verdict may depend on an
 * ld.so.conf of another one: those are reported last.
 */
export async function checkEach(targets: readonly Target[], context: CheckContext): Promise<PackageReport[]> {
  const { catalogue, settings } = context
  const packages: (PackageReport | Waiting)[] = []
  const configured = new Set<string>()
  const aloneWith = (directories: ReadonlySet<string>) => (outcome: Outcome) => ({
    ...NO_SURROUNDINGS,
    configured: directories,
    clients: clientsAmong(installed(outcome), [], catalogue, settings.genuine).get(outcome.path) ?? NO_CLIENTS,
  })
  const reportOrWait = (outcome: Outcome): PackageReport | Waiting => {
    for (const directory of 'facts' in outcome ? configuredIn([outcome.facts]) : []) configured.add(directory)
    return isAboutDirectories(outcome, context) ? { waiting: outcome } : reportOn(outcome, context, aloneWith(new Set()))
  }
  for await (const outcome of context.read(targets, false)) packages.push(contained(outcome, () => reportOrWait(outcome)))
  return packages.map(entry => ('waiting' in entry ? reportOn(entry.waiting, context, aloneWith(configured)) : entry))
}

interface Waiting {
  readonly waiting: Outcome
}

/** Has it a guarded library, or a link by its soname, outside of the loader's own directories? */
function isAboutDirectories(outcome: Outcome, { catalogue, settings }: CheckContext): boolean {
  if (!('facts' in outcome)) return false
  const { objects, symlinks } = outcome.facts
  const isGuarded = (soname: string): boolean => guardedSoname(soname, catalogue, settings.genuine) !== null
  return (
    objects.some(({ path, soname, isNested }) => !isNested && soname !== null && !isPublicPath(path) && isGuarded(soname)) ||
    symlinks.some(({ path }) => !isPublicPath(path) && isGuarded(path.slice(path.lastIndexOf('/') + 1)))
  )
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
  const [packages, around] = [checked.flatMap(installed), others.flatMap(installed)]
  const interpositions = interpositionsAmong(packages, around, catalogue, settings.genuine)
  const clients = clientsAmong(packages, around, catalogue, settings.genuine)
  const configured = configuredIn([...packages, ...around].map(({ facts }) => facts))
  const unread = others.flatMap(outcome => ('facts' in outcome ? [] : [outcome]))
  const surroundings = ({ path }: Outcome): Surroundings => ({
    interpositions: interpositions.get(path) ?? NO_INTERPOSITIONS,
    configured,
    clients: clients.get(path) ?? NO_CLIENTS,
  })
  return [...checked.map(outcome => reportOn(outcome, context, surroundings)), ...unread]
}

function reportOn(outcome: Outcome, context: CheckContext, surroundings: (outcome: Outcome) => Surroundings): PackageReport {
  if (!('facts' in outcome)) return outcome
  const { rules, settings, catalogue, tracker } = context
  const { path, facts } = outcome
  return contained(outcome, () =>
    checkedPackage(path, facts, tracker.apply(path, facts, lint(facts, rules, settings, catalogue, surroundings(outcome)))),
  )
}

/** Whatever a package does to a rule, it costs the others nothing: memory and stack that it exhausts are its own. Only a `UsageError` concerns all. */
function contained<Result>({ path }: Outcome, step: () => Result): Result | UncheckedPackage {
  try {
    return step()
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (!(error instanceof RuleError)) return uncheckedPackage(path, error)
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
