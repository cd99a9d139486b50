/**
 * Where programs and libraries come from: a disk, packages, or packages over a disk.
 */
import { realpathSync } from 'node:fs'
import { Catalogue } from '../catalogue/catalogue.js'
import { UnreadableError } from '../errors/check-error.js'
import { InstalledLayer } from '../facts/installed-layer.js'
import type { PackageFacts } from '../facts/model.js'
import type { Limits } from '../limits/limits.js'
import { LayeredFiles } from '../link/layered-files.js'
import type { UncheckedPackage } from '../lint/report.js'
import { reasonOf } from './byte-sources.js'
import { DiskLayer } from './disk-layer.js'
import { readTargets } from './read-targets.js'
import { targetsOf } from './targets.js'

export interface LinkSource {
  readonly files: LayeredFiles
  /** Programs of the packages, sorted; none without packages. */
  readonly packaged: readonly string[]
  /** Packages that could not be read: what they hold is not there. */
  readonly unchecked: readonly UncheckedPackage[]
}

/** `root` is a folder that is taken for the root; without it packages stand alone, and without packages it is the machine's own. Throws `UnreadableError`. */
export async function linkSource(root: string | null, packages: readonly string[], limits: Limits): Promise<LinkSource> {
  if (packages.length === 0) return { files: new LayeredFiles([diskLayer(root, limits)]), packaged: [], unchecked: [] }
  const facts: PackageFacts[] = []
  const unchecked: UncheckedPackage[] = []
  const options = { limits, catalogue: new Catalogue(), wantsSha256: false, wantsLinks: true }
  for await (const outcome of readTargets(await targetsOf(packages), options)) {
    if ('facts' in outcome) facts.push(outcome.facts)
    else unchecked.push(outcome)
  }
  const layer = new InstalledLayer(facts, root === null)
  const below = root === null ? [] : [diskLayer(root, limits)]
  return { files: new LayeredFiles([layer, ...below]), packaged: layer.programs(), unchecked }
}

function diskLayer(root: string | null, limits: Limits): DiskLayer {
  if (root === null) return new DiskLayer('', limits)
  try {
    return new DiskLayer(realpathSync.native(root, 'latin1').replace(/\/+$/, ''), limits)
  } catch (error) {
    throw new UnreadableError(`cannot read ${root}: ${reasonOf(error)}`, null, null, { cause: error })
  }
}
