/**
 * Finds interpositions among packages although not all of them can be installed together: versions of one package, and packages that replace each other.
 *
 * Each checked package is part of an installable set: the checked packages that can be installed with it, and the context. Of the context only the newest
 * version of each name and architecture counts, and a checked package replaces its namesake: so a repository can be given as it is.
 */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { Genuine } from '../catalogue/genuine.js'
import type { Identity } from '../facts/model.js'
import { compareEvr } from '../rpm/evr.js'
import type { InstalledPackage } from './installed-package.js'
import { InstalledSet } from './installed-set.js'
import { NO_INTERPOSITIONS, type Interpositions, type InterpositionsByPath } from './interposition.js'
import { interpositionsIn } from './interpositions.js'

/** Interpositions that concern the checked packages. Source packages are not installed and have none. */
export function interpositionsAmong(
  checked: readonly InstalledPackage[],
  context: readonly InstalledPackage[],
  catalogue: Catalogue,
  genuine: Genuine,
): Interpositions {
  const installable = checked.filter(({ facts }) => !facts.provenance.isSource)
  const rest = newestOf(context, installable)
  const found = new Map<string, InterpositionsByPath>()
  for (let waiting = installable; waiting.length > 0;) {
    const members = firstOfEach(waiting)
    const memberIds = new Set(members.map(({ id }) => id))
    const absent = installable.filter(({ id }) => !memberIds.has(id))
    const installed = new InstalledSet(members, newestOf([...absent, ...rest], members), catalogue, genuine)
    const interpositions = interpositionsIn(installed, catalogue)
    // Whatever else may displace files, the first package has been installed.
    const done = new Set(members.filter(entry => entry === waiting[0] || installed.isComplete(entry)).map(({ id }) => id))
    for (const id of done) found.set(id, interpositions.get(id) ?? NO_INTERPOSITIONS)
    waiting = waiting.filter(({ id }) => !done.has(id))
  }
  return found
}

/** The first version of each package. Standalone files have no name and all stay. */
function firstOfEach(packages: readonly InstalledPackage[]): InstalledPackage[] {
  const seen = new Set<string>()
  return packages.filter(({ facts: { identity } }) => {
    if (identity === null) return true
    const isFirst = !seen.has(nameAndArchOf(identity))
    seen.add(nameAndArchOf(identity))
    return isFirst
  })
}

/** Of each name and architecture the newest, without those that are checked in whatever version. Standalone files have neither and all stay. */
function newestOf(packages: readonly InstalledPackage[], checked: readonly InstalledPackage[]): InstalledPackage[] {
  const taken = new Set(checked.flatMap(({ facts: { identity } }) => (identity === null ? [] : [nameAndArchOf(identity)])))
  const newest = new Map<string, { readonly id: string; readonly identity: Identity }>()
  for (const { id, facts } of packages) {
    const { identity } = facts
    if (identity === null || taken.has(nameAndArchOf(identity))) continue
    const known = newest.get(nameAndArchOf(identity))
    if (known === undefined || compareEvr(identity, known.identity) > 0) newest.set(nameAndArchOf(identity), { id, identity })
  }
  return packages.filter(({ id, facts: { identity } }) => identity === null || newest.get(nameAndArchOf(identity))?.id === id)
}

function nameAndArchOf({ name, arch }: Identity): string {
  return `${name}.${arch}`
}
