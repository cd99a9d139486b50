/** Whether an object is a guarded library itself, rather than one that merely exports its symbols. */
import type { Catalogue } from '../catalogue/catalogue.js'
import { guardedSoname, isOwnPackage, type Genuine } from '../catalogue/genuine.js'
import type { ObjectFacts } from './model.js'

/**
 * - `own-package`: the genuine library in a package that rightly ships it.
 * - `bundled`: a complete copy elsewhere: it has a soname of the library, and the library's version nodes on all guarded symbols.
 */
export type Genuineness = 'own-package' | 'bundled'

/** `packageName` is that of the object's package, `null` for a standalone file. */
export function genuinenessOf(
  { soname, isNested, guarded }: ObjectFacts,
  packageName: string | null,
  catalogue: Catalogue,
  genuine: Genuine,
): Genuineness | null {
  const library = soname === null ? null : guardedSoname(soname, catalogue, genuine)
  if (library === null) return null
  if (!isNested && library.families.some(family => isOwnPackage(packageName, family, catalogue, genuine))) return 'own-package'
  return guarded.length > 0 && guarded.every(({ isOwnNode }) => isOwnNode) ? 'bundled' : null
}
