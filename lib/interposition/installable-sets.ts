/**
 * Finds interpositions among packages although not all of them can be installed together (exclusions.ts).
 *
 * Of the packages around the checked ones only the newest version of each name and architecture counts, without those that are obsolete, and a checked package
 * replaces its namesake: so a repository can be given as it is. What remains is installed in as many ways as it takes for every package to be installed
 * once, and for every two of which one needs a library of the other to be installed together. So an alternative that interposes is found, whichever comes first.
 */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { Genuine } from '../catalogue/genuine.js'
import type { Identity } from '../facts/model.js'
import { compareEvr } from '../rpm/evr.js'
import { Exclusions } from './exclusions.js'
import type { InstalledPackage } from './installed-package.js'
import { obsoletePackages } from './package-relations.js'
import { InstalledSet } from './installed-set.js'
import type { Interpositions } from './interposition.js'
import { InterpositionCollector } from './interposition-collector.js'
import { interpositionsIn } from './interpositions.js'

/** Interpositions that concern the checked packages. Source packages are not installed and have none. */
export function interpositionsAmong(
  checked: readonly InstalledPackage[],
  context: readonly InstalledPackage[],
  catalogue: Catalogue,
  genuine: Genuine,
): Interpositions {
  const installable = checked.filter(({ facts }) => !facts.provenance.isSource)
  const around = current(
    context.filter(({ facts }) => !facts.provenance.isSource),
    installable,
  )
  const found = new InterpositionCollector()
  for (const ids of installationsOf(installable, around)) {
    const chosen = (packages: readonly InstalledPackage[]): InstalledPackage[] => packages.filter(({ id }) => ids.has(id))
    found.add(interpositionsIn(new InstalledSet(chosen(installable), chosen(around), catalogue, genuine), catalogue))
  }
  return found.interpositions
}

/** Packages that are installed together. Each set realises at least one goal of those that are left: packages that have to be together once. */
function* installationsOf(checked: readonly InstalledPackage[], around: readonly InstalledPackage[]): Generator<ReadonlySet<string>> {
  const all = [...checked, ...around]
  const exclusions = new Exclusions(all, new Set(checked.map(({ id }) => id)))
  const contested = all.filter(({ id }) => exclusions.isContested(id))
  let goals = [...contested.map(({ id }) => [id]), ...linkedPairs(contested, exclusions)]
  do {
    const installation = exclusions.installation()
    for (const goal of goals) if (goal.every(id => installation.fits(id))) for (const id of goal) installation.add(id)
    for (const { id } of all) installation.add(id)
    yield installation.ids
    goals = goals.filter(goal => !goal.every(id => installation.ids.has(id)))
  } while (goals.length > 0)
}

/** Two that do not exclude each other, of which one has an object that needs a library of the other. */
function linkedPairs(packages: readonly InstalledPackage[], exclusions: Exclusions): string[][] {
  const owners = new Map<string, string[]>()
  for (const { id, facts } of packages) {
    for (const soname of new Set(facts.objects.flatMap(object => object.soname ?? []))) {
      const known = owners.get(soname)
      if (known === undefined) owners.set(soname, [id])
      else known.push(id)
    }
  }
  return packages.flatMap(({ id, facts }) => {
    const needed = new Set(facts.objects.flatMap(object => object.needed))
    const providers = new Set([...needed].flatMap(soname => owners.get(soname) ?? []))
    return [...providers].filter(other => other !== id && !exclusions.exclude(id, other)).map(other => [id, other])
  })
}

/** Of each name and architecture the newest, without those that are checked in whatever version, and without obsolete ones. Standalone files all stay. */
function current(packages: readonly InstalledPackage[], checked: readonly InstalledPackage[]): InstalledPackage[] {
  const taken = new Set(checked.flatMap(({ facts: { identity } }) => (identity === null ? [] : [nameAndArchOf(identity)])))
  const newest = new Map<string, { readonly id: string; readonly identity: Identity }>()
  for (const { id, facts } of packages) {
    const { identity } = facts
    if (identity === null || taken.has(nameAndArchOf(identity))) continue
    const known = newest.get(nameAndArchOf(identity))
    if (known === undefined || compareEvr(identity, known.identity) > 0) newest.set(nameAndArchOf(identity), { id, identity })
  }
  const kept = packages.filter(({ id, facts: { identity } }) => identity === null || newest.get(nameAndArchOf(identity))?.id === id)
  const obsolete = obsoletePackages([...checked, ...kept])
  return kept.filter(({ id }) => !obsolete.has(id))
}

function nameAndArchOf({ name, arch }: Identity): string {
  return `${name}.${arch}`
}
