/** Which packages may ship guarded libraries, by the catalogue and the settings. */
import { matchesWildcard } from '../bytes/wildcard.js'
import type { Catalogue } from './catalogue.js'

/** Additions to the catalogue, from the settings. */
export interface Genuine {
  /** Patterns of package names (lib/bytes/wildcard.ts). */
  readonly packages: readonly string[]
  /** Patterns of sonames. */
  readonly sonames: readonly string[]
}

export interface GuardedLibrary {
  /** One for a soname of the catalogue; all for a soname of the settings, which could belong to any. */
  readonly families: readonly string[]
  readonly library: string
}

/** The guarded library that has the soname, with its family; `null` for any other. `soname` is text. */
export function guardedSoname(soname: string, catalogue: Catalogue, genuine: Genuine): GuardedLibrary | null {
  for (const family of catalogue.families) {
    const library = family.libraryOfSoname(soname)
    if (library !== null) return { families: [family.data.family], library }
  }
  const isConfigured = genuine.sonames.some(pattern => matchesWildcard(pattern, soname))
  return isConfigured ? { families: catalogue.families.map(({ data }) => data.family), library: soname } : null
}

/** May a package of this name ship the family's libraries? `null` for a standalone file. */
export function isOwnPackage(name: string | null, family: string, catalogue: Catalogue, genuine: Genuine): boolean {
  if (name === null) return false
  return catalogue.family(family)?.isOwnPackage(name) === true || genuine.packages.some(pattern => matchesWildcard(pattern, name))
}
