/** Facts of a static archive, from the names that its members would hand on. */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { ArchiveSymbol, StaticArchiveFacts } from './model.js'

/** `names` are byte strings, as often as members define them. */
export function staticArchiveFactsOf(
  place: { readonly path: string; readonly depth: number },
  members: number,
  names: readonly string[],
  catalogue: Catalogue,
): StaticArchiveFacts {
  const guarded: ArchiveSymbol[] = []
  for (const name of new Set(names)) {
    const family = catalogue.familyOf(name)
    const known = family?.find(name) ?? null
    if (family === null || known === null) continue
    guarded.push({ name, family: family.data.family, library: known.library, isWeakName: known.isWeak })
  }
  // The archive itself is the package's own file when it lies right in it: then its depth as a place is 1.
  return { path: place.path, isNested: place.depth > 1, members, guarded }
}
