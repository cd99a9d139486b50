/**
 * Where programs and libraries come from: a disk, packages, or packages over a disk.
 */
import { Exclusions } from '../../interposition/exclusions.js'
import type { InstalledPackage } from '../../interposition/installed-package.js'
import { obsoletePackages } from '../../interposition/package-relations.js'
import { InstalledLayer } from '../../interposition/installed-layer.js'
import { isLoadable } from '../../facts/link-facts.js'
import type { PackageFacts } from '../../facts/model.js'
import type { Limits } from '../../limits/limits.js'
import { LayeredFiles } from '../../link/layered-files.js'
import type { UncheckedPackage } from '../../lint/report.js'
import { diskLayer } from './disk-layer.js'
import type { Outcome } from '../package/read-targets.js'

export interface LinkSource {
  readonly files: LayeredFiles
  /** Programs of the packages, sorted; none without packages. */
  readonly packaged: readonly string[]
  /** Packages that could not be read, or that conflict with another one: their files are not available. */
  readonly unchecked: readonly UncheckedPackage[]
}

/**
 * `root` is a directory used as the root; without it packages stand alone, and without packages the machine's own root is used. `outcomes` are those of
 * packages that were read for the loader; `null` where none were given. Throws `UnreadableError`.
 */
export async function linkSourceOf(root: string | null, outcomes: AsyncIterable<Outcome> | null, limits: Limits): Promise<LinkSource> {
  if (outcomes === null) return { files: new LayeredFiles([diskLayer(root, limits)]), packaged: [], unchecked: [] }
  const read: CheckedOutcome[] = []
  const unchecked: UncheckedPackage[] = []
  for await (const outcome of outcomes) {
    if ('facts' in outcome) read.push(outcome)
    else unchecked.push(outcome)
  }
  const below = root === null ? null : diskLayer(root, limits)
  const packages = read.map(({ path, facts }) => ({ id: path, facts }))
  const { installed, excluded } = installableOf(packages)
  const layer = new InstalledLayer(installed, below)
  const missing = [...unchecked, ...excluded, ...installed.flatMap(entry => displacedIn(layer, entry))]
  return { files: new LayeredFiles(below === null ? [layer] : [layer, below]), packaged: layer.programs(), unchecked: missing }
}

type CheckedOutcome = Extract<Outcome, { facts: PackageFacts }>

/** As rpm installs them: without those that are obsolete, and without those that conflict with an earlier one. */
function installableOf(packages: readonly InstalledPackage[]): { installed: InstalledPackage[]; excluded: UncheckedPackage[] } {
  const obsolete = obsoletePackages(packages)
  const exclusions = new Exclusions(packages, new Set())
  const ids = new Set<string>()
  const excluded = packages.flatMap(({ id }) => {
    const newer = obsolete.get(id)?.id ?? null
    const opponent = exclusions.opponentOf(id, ids)
    if (newer !== null) return [leftOut(id, `is obsoleted by ${newer}, which is installed instead`)]
    if (opponent !== null) return [leftOut(id, `conflicts with ${opponent}; check them separately`)]
    ids.add(id)
    return []
  })
  return { installed: packages.filter(({ id }) => ids.has(id)), excluded }
}

/** Reports a package that cannot be installed together with another one, for example because of another version or machine. */
function displacedIn(layer: InstalledLayer, { id, facts }: InstalledPackage): UncheckedPackage[] {
  const displaced = facts.objects.find(object => isLoadable(object) && layer.fileOf(id, object) === null)
  return displaced === undefined ? [] : [leftOut(id, `conflicts with another package over ${displaced.path}; check them separately`)]
}

function leftOut(path: string, message: string): UncheckedPackage {
  return { path, outcome: 'unchecked', reason: 'unsupported', structure: null, offset: null, message }
}
