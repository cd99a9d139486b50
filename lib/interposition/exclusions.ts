/**
 * Which packages cannot be installed together: versions of one package, packages that conflict or obsolete each other, and packages with different files
 * of one path.
 *
 * Of the files only those that a loader sees are compared: ELF files, symbolic links and its configuration. Two packages may have the same file, and ELF
 * files for different machines are not compared: rpm installs the one for the machine. Packages for different systems do not affect each other.
 * Source: rpm's lib/depends.c (conflicts against what packages provide, obsoletes against their names), lib/transaction.c (handleInstInstalledFile).
 */
import { resolvePath, type TreeEntry } from '../link/resolve-path.js'
import { shareSystem } from '../rpm/architectures.js'
import { dependenciesOverlap } from '../rpm/dependency-overlap.js'
import type { DependencyFacts, Identity, ObjectFacts, PackageFacts, Symlink } from '../facts/model.js'
import { machineOf } from './by-machine.js'
import { publicDirectories, standalonePlaces } from './standalone-places.js'
import { textOf } from '../bytes/names.js'
import type { InstalledPackage } from './installed-package.js'

/** A place that one value can take: a path, with the file's content; a name, with the version. Packages that need different values exclude each other. */
interface Claim {
  readonly place: string
  readonly value: string
}

export class Exclusions {
  readonly #claims: ReadonlyMap<string, readonly Claim[]>
  readonly #enemies: ReadonlyMap<string, ReadonlySet<string>>

  /** `checked` are ids of packages; the others surround them. */
  constructor(packages: readonly InstalledPackage[], checked: ReadonlySet<string>) {
    this.#claims = contestedClaims(packages, checked)
    this.#enemies = enemiesAmong(packages)
  }

  /** Excludes it any other package? */
  isContested(id: string): boolean {
    return this.#claims.has(id) || this.#enemies.has(id)
  }

  /** An empty installation, to which packages are added one by one. */
  installation(): Installation {
    return new Installation(this.#claims, this.#enemies)
  }

  /** One of `ids` that it cannot be installed with, because of Conflicts or Obsoletes; `null` if there is none. */
  opponentOf(id: string, ids: ReadonlySet<string>): string | null {
    return [...(this.#enemies.get(id) ?? [])].find(enemy => ids.has(enemy)) ?? null
  }

  exclude(a: string, b: string): boolean {
    const both = this.installation()
    return !both.add(a) || !both.add(b)
  }
}

/** Packages that can be installed together. */
export class Installation {
  readonly ids = new Set<string>()
  readonly #taken = new Map<string, string>()
  readonly #banned = new Set<string>()
  readonly #claims: ReadonlyMap<string, readonly Claim[]>
  readonly #enemies: ReadonlyMap<string, ReadonlySet<string>>

  constructor(claims: ReadonlyMap<string, readonly Claim[]>, enemies: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#claims = claims
    this.#enemies = enemies
  }

  fits(id: string): boolean {
    const isFree = ({ place, value }: Claim): boolean => (this.#taken.get(place) ?? value) === value
    return this.ids.has(id) || (!this.#banned.has(id) && (this.#claims.get(id) ?? []).every(isFree))
  }

  /** False if it cannot be added. */
  add(id: string): boolean {
    if (!this.fits(id)) return false
    this.ids.add(id)
    for (const { place, value } of this.#claims.get(id) ?? []) this.#taken.set(place, value)
    for (const enemy of this.#enemies.get(id) ?? []) this.#banned.add(enemy)
    return true
  }
}

/** Only claims to places that another package claims with another value. By id. */
function contestedClaims(packages: readonly InstalledPackage[], checked: ReadonlySet<string>): Map<string, Claim[]> {
  const links = new DirectoryLinks(packages)
  const directories = publicDirectories(packages)
  const all = packages.map(entry => ({ id: entry.id, claims: claimsOf(entry, checked.has(entry.id), links, directories) }))
  const values = new Map<string, string>()
  const contested = new Set<string>()
  for (const { place, value } of all.flatMap(({ claims }) => claims)) {
    const known = values.get(place)
    if (known === undefined) values.set(place, value)
    else if (known !== value) contested.add(place)
  }
  const remaining = all.map(({ id, claims }) => [id, claims.filter(({ place }) => contested.has(place))] as const)
  return new Map(remaining.filter(([, claims]) => claims.length > 0).map(([id, claims]) => [id, [...claims]]))
}

function claimsOf({ id, facts }: InstalledPackage, isChecked: boolean, links: DirectoryLinks, directories: readonly string[]): Claim[] {
  const { identity, objects, symlinks, loaderFiles, isStandalone } = facts
  const name = identity === null ? [] : [{ place: `package ${identity.name}.${identity.arch}`, value: id }]
  const files = isStandalone
    ? []
    : [
        ...objects.flatMap(object => fileClaims(object, id, links)),
        ...symlinks.flatMap(link => linkClaims(link, links)),
        ...loaderFiles.configuration.map(({ path, content }) => ({ place: `text ${links.through(path)}`, value: content })),
      ]
  return [...name, ...files, ...(isChecked ? checkedClaims(facts, id, directories) : [])]
}

/** A standalone file replaces the same library of packages around it, but not one that is checked too. */
function checkedClaims({ objects, isStandalone }: PackageFacts, id: string, directories: readonly string[]): Claim[] {
  const places = objects.flatMap(object =>
    isStandalone
      ? standalonePlaces(object, directories).map(path => ({ path: textOf(path), object }))
      : pathsOf(object).map(path => ({ path, object })),
  )
  return places.map(({ path, object }) => ({ place: `checked ${machineOf(object).join()} ${path}`, value: id }))
}

function fileClaims(object: ObjectFacts, id: string, links: DirectoryLinks): Claim[] {
  return pathsOf(object)
    .map(path => links.through(path))
    .flatMap(path => [
      { place: `kind of ${path}`, value: 'file' },
      { place: `${machineOf(object).join()} ${path}`, value: object.sha256 ?? id },
    ])
}

function linkClaims({ path, target }: Symlink, links: DirectoryLinks): Claim[] {
  if (path.startsWith('/usr/lib/.build-id/')) return []
  const place = links.through(path)
  return [
    { place: `kind of ${place}`, value: 'link' },
    { place: `link ${place}`, value: target },
  ]
}

function pathsOf({ path, alsoAt, isNested }: ObjectFacts): readonly string[] {
  return isNested ? [] : [path, ...alsoAt]
}

/** Directories by the path that a package states, where links of packages lead elsewhere. */
class DirectoryLinks {
  readonly #targets: ReadonlyMap<string, string>
  readonly #resolved = new Map<string, string>()

  /** A link counts although its own package may be excluded: then files are compared that are apart. */
  constructor(packages: readonly InstalledPackage[]) {
    this.#targets = new Map(packages.flatMap(({ facts }) => facts.symlinks.map(({ path, target }) => [path, target])))
  }

  /** With links of its directory followed: /lib64/libx.so.1 and /usr/lib64/libx.so.1 are one path after the merge of /usr. */
  through(path: string): string {
    const slash = path.lastIndexOf('/')
    return `${this.#resolve(path.slice(0, Math.max(0, slash)))}${path.slice(Math.max(0, slash))}`
  }

  #resolve(directory: string): string {
    const known = this.#resolved.get(directory)
    if (known !== undefined) return known
    const resolved = resolvePath(directory, path => this.#entryAt(path)) ?? directory
    const prefix = resolved === '/' ? '' : resolved
    this.#resolved.set(directory, prefix)
    return prefix
  }

  #entryAt(path: string): TreeEntry {
    const target = this.#targets.get(path)
    return target === undefined ? { kind: 'directory' } : { kind: 'link', target }
  }
}

/** By id, in both directions. */
function enemiesAmong(packages: readonly InstalledPackage[]): Map<string, Set<string>> {
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
    const paths = [...objects.flatMap(pathsOf), ...[...symlinks, ...loaderFiles.configuration].map(({ path }) => path)]
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
