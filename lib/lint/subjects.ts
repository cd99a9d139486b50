/**
 * What a rule is given: facts, and the few conclusions that every rule shares, drawn once.
 */
import { matchesWildcard } from '../bytes/wildcard.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { Misdirection } from './misdirection.js'
import type { GuardedExport, ObjectFacts, PackageFacts, StaticArchiveFacts } from '../facts/model.js'

/** Who may rightly ship guarded libraries, beyond what the catalogue knows; from the settings. */
export interface Genuine {
  /** Patterns of package names (lib/bytes/wildcard.ts). */
  readonly packages: readonly string[]
  /** Patterns of sonames. */
  readonly sonames: readonly string[]
}

export interface PackageSubject {
  readonly facts: PackageFacts
  /** Objects, archives and inner packages are not repeated here for a rule of scope `package`: it sees its own package alone. */
  readonly name: string | null
  /** Does this package rightly ship the family's library? */
  isOwnPackage(family: string): boolean
  /** The guarded library that bears the soname, with its family; `null` for any other. */
  guardedSoname(soname: string): { readonly family: string; readonly library: string } | null
}

/**
 * - `own-package`: the genuine library in a package that rightly ships it.
 * - `bundled`: a true copy elsewhere: a soname of the library, and its own version nodes on all its names.
 */
export type Genuineness = 'own-package' | 'bundled'

export interface ObjectSubject {
  readonly facts: ObjectFacts
  readonly package: PackageSubject
  readonly genuine: Genuineness | null
  /** Installed where ld.so looks without being told. */
  readonly isPublic: boolean
  /** With other packages at hand: references that it takes, or makes, and that were meant to go elsewhere. Each is told of one object only. */
  readonly misdirections: readonly Misdirection[]
}

export interface ArchiveSubject {
  readonly facts: StaticArchiveFacts
  readonly package: PackageSubject
}

/** Directories that ld.so searches by default, on Red Hat, SUSE and Debian, with their hardware capability subdirectories. */
const PUBLIC_DIRECTORY = /^\/(usr\/)?lib(64|32|x32)?(\/[a-z0-9_]+-linux-[a-z0-9]+)?(\/glibc-hwcaps\/[\w.-]+)?\/[^/]+$/

export function isPublicPath(path: string): boolean {
  return PUBLIC_DIRECTORY.test(path)
}

export function packageSubject(facts: PackageFacts, catalogue: Catalogue, genuine: Genuine): PackageSubject {
  const name = facts.identity?.name ?? null
  return {
    facts,
    name,
    isOwnPackage: family =>
      name !== null &&
      (catalogue.family(family)?.isOwnPackage(name) === true || genuine.packages.some(pattern => matchesWildcard(pattern, name))),
    guardedSoname: soname => guardedSoname(soname, catalogue, genuine),
  }
}

export function objectSubject(facts: ObjectFacts, owner: PackageSubject, misdirections: readonly Misdirection[] = []): ObjectSubject {
  return {
    facts,
    package: owner,
    genuine: genuinenessOf(facts, owner),
    isPublic: !facts.isNested && [facts.path, ...facts.alsoAt].some(isPublicPath),
    misdirections,
  }
}

function genuinenessOf(facts: ObjectFacts, owner: PackageSubject): Genuineness | null {
  const claimed = facts.soname === null ? null : owner.guardedSoname(facts.soname)
  if (claimed === null) return null
  if (!facts.isNested && owner.isOwnPackage(claimed.family)) return 'own-package'
  return facts.guarded.length > 0 && facts.guarded.every(carriesOwnNode) ? 'bundled' : null
}

function carriesOwnNode({ isOwnNode }: GuardedExport): boolean {
  return isOwnNode
}

/** The guarded library that bears the soname, with its family; `null` for any other. */
export function guardedSoname(soname: string, catalogue: Catalogue, genuine: Genuine): { family: string; library: string } | null {
  for (const family of catalogue.families) {
    const library = family.libraryOfSoname(soname)
    if (library !== null) return { family: family.data.family, library }
  }
  const [first] = catalogue.families
  const isConfigured = genuine.sonames.some(pattern => matchesWildcard(pattern, soname))
  return isConfigured && first !== undefined ? { family: first.data.family, library: soname } : null
}
