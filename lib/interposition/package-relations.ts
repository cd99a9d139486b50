/**
 * Which packages conflict with or obsolete which. Packages for different systems do not affect each other.
 *
 * Source: rpm's lib/depends.c: conflicts are compared with what packages provide, obsoletes with their names.
 */
import type { DependencyFacts, Identity, PackageFacts } from '../facts/model.js'
import { shareSystem } from '../rpm/architectures.js'
import { dependenciesOverlap } from '../rpm/dependency-overlap.js'
import { installedPathsOf } from './installed-paths.js'
import type { InstalledPackage } from './installed-package.js'

/** By id, in both directions. */
export function enemiesAmong(packages: readonly InstalledPackage[]): Map<string, Set<string>> {
  const providers = providersOf(packages)
  const owners = ownersOfPaths(packages)
  const enemies = new Map<string, Set<string>>()
  const addTo = (one: string, other: string): void => {
    const known = enemies.get(one)
    if (known === undefined) enemies.set(one, new Set([other]))
    else known.add(other)
  }
  for (const { id, facts } of packages) {
    const conflicting = fewOfEachName(facts.conflicts).flatMap(conflict =>
      [...(providers.get(conflict.name) ?? []), ...(owners.get(conflict.name) ?? [])].filter(({ provided }) =>
        dependenciesOverlap(conflict, provided),
      ),
    )
    const obsolete = fewOfEachName(facts.obsoletes).flatMap(dependency =>
      (providers.get(dependency.name) ?? []).filter(({ owner }) => isObsoleted(owner, dependency)),
    )
    for (const { owner } of [...conflicting, ...obsolete]) {
      if (owner.id === id || !areForOneSystem(facts, owner.facts)) continue
      addTo(id, owner.id)
      addTo(owner.id, id)
    }
  }
  return enemies
}

interface Provider {
  readonly owner: InstalledPackage
  readonly provided: DependencyFacts
}

/** By the name of what is provided; every package provides its own name. */
function providersOf(packages: readonly InstalledPackage[]): Map<string, Provider[]> {
  const byName = new Map<string, Provider[]>()
  for (const owner of packages) {
    const { identity, provides } = owner.facts
    for (const provided of fewOfEachName(identity === null ? provides : [nameOf(identity), ...provides])) {
      const known = byName.get(provided.name)
      if (known === undefined) byName.set(provided.name, [{ owner, provided }])
      else known.push({ owner, provided })
    }
  }
  return byName
}

/** By each path that a package conflicts with: files count as provided. */
function ownersOfPaths(packages: readonly InstalledPackage[]): Map<string, Provider[]> {
  const conflicts = packages.flatMap(({ facts }) => fewOfEachName(facts.conflicts))
  const owners = new Map<string, Provider[]>(conflicts.filter(({ name }) => name.startsWith('/')).map(({ name }) => [name, []]))
  if (owners.size === 0) return owners
  for (const owner of packages) {
    const { objects, symlinks, loaderFiles } = owner.facts
    const paths = [...objects.flatMap(installedPathsOf), ...[...symlinks, ...loaderFiles.configuration].map(({ path }) => path)]
    for (const path of paths) owners.get(path)?.push({ owner, provided: { name: path, flags: 0, version: '' } })
  }
  return owners
}

/** Of one name a package states a version or two; of thousands each would be compared with each of another package. */
const STATED_AT_MOST = 100

function fewOfEachName(dependencies: readonly DependencyFacts[]): DependencyFacts[] {
  const counts = new Map<string, number>()
  return dependencies.filter(({ name }) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count <= STATED_AT_MOST
  })
}

const EQUAL = 8

function nameOf({ name, epoch, version, release }: Identity): DependencyFacts {
  return { name, flags: EQUAL, version: `${epoch === null ? '' : `${epoch}:`}${version}-${release}` }
}

/** By id of each package that another one obsoletes: that one. Two that obsolete each other both stay. */
export function obsoletePackages(packages: readonly InstalledPackage[]): Map<string, InstalledPackage> {
  const byName = new Map<string, InstalledPackage[]>()
  for (const entry of packages) {
    const name = entry.facts.identity?.name ?? ''
    const known = byName.get(name)
    if (known === undefined) byName.set(name, [entry])
    else known.push(entry)
  }
  const obsolete = new Map<string, InstalledPackage>()
  for (const one of packages) {
    const others = one.facts.obsoletes.flatMap(({ name }) => (name === one.facts.identity?.name ? [] : (byName.get(name) ?? [])))
    for (const other of others) if (replaces(one, other) && !replaces(other, one)) obsolete.set(other.id, one)
  }
  return obsolete
}

function replaces({ facts }: InstalledPackage, other: InstalledPackage): boolean {
  return areForOneSystem(facts, other.facts) && facts.obsoletes.some(dependency => isObsoleted(other, dependency))
}

/** `Obsoletes` means names of packages, not what they provide. */
function isObsoleted({ facts: { identity } }: InstalledPackage, obsoletes: DependencyFacts): boolean {
  return identity !== null && dependenciesOverlap(obsoletes, nameOf(identity))
}

/** A standalone file has no architecture. */
function areForOneSystem(one: PackageFacts, other: PackageFacts): boolean {
  return one.identity === null || other.identity === null || shareSystem(one.identity.arch, other.identity.arch)
}
