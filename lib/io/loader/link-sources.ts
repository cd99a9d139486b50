/**
 * Where programs and libraries come from: a disk, packages, or packages over a disk.
 */
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
  const layer = new InstalledLayer(
    read.map(({ path, facts }) => ({ id: path, facts })),
    below,
  )
  unchecked.push(...read.flatMap(outcome => displacedIn(layer, outcome)))
  return { files: new LayeredFiles(below === null ? [layer] : [layer, below]), packaged: layer.programs(), unchecked }
}

type CheckedOutcome = Extract<Outcome, { facts: PackageFacts }>

/** Reports a package that cannot be installed together with another one, for example because of another version or machine. */
function displacedIn(layer: InstalledLayer, { path, facts }: CheckedOutcome): UncheckedPackage[] {
  const displaced = facts.objects.find(object => isLoadable(object) && layer.fileOf(path, object) === null)
  if (displaced === undefined) return []
  const message = `conflicts with another package over ${displaced.path}; check them separately`
  return [{ path, outcome: 'unchecked', reason: 'unsupported', structure: null, offset: null, message }]
}
