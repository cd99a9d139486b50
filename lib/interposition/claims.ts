/**
 * What packages claim for themselves: their name, and the paths of their files. Two that claim one place for different values exclude each other.
 *
 * Of the files only those that a loader sees are compared: ELF files, symbolic links and its configuration. Two packages may have the same file, and ELF
 * files for different machines are not compared: rpm installs the one for the machine.
 * Source: handleInstInstalledFile of rpm's lib/transaction.c.
 */
import { textOf } from '../bytes/names.js'
import type { ObjectFacts, PackageFacts, Symlink } from '../facts/model.js'
import { resolvePath, type TreeEntry } from '../link/resolve-path.js'
import { machineOf } from './by-machine.js'
import { installedPathsOf } from './installed-paths.js'
import type { InstalledPackage } from './installed-package.js'
import { publicDirectories, standalonePlaces } from './standalone-places.js'

/** A place that one value can take: a path, with the file's content; a name, with the version. Packages that need different values exclude each other. */
export interface Claim {
  readonly place: string
  readonly value: string
}

/** Only claims to places that another package claims with another value. By id. */
export function contestedClaims(packages: readonly InstalledPackage[], checked: ReadonlySet<string>): Map<string, Claim[]> {
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
      : installedPathsOf(object).map(path => ({ path, object })),
  )
  return places.map(({ path, object }) => ({ place: `checked ${machineOf(object).join()} ${path}`, value: object.sha256 ?? id }))
}

function fileClaims(object: ObjectFacts, id: string, links: DirectoryLinks): Claim[] {
  return installedPathsOf(object)
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
