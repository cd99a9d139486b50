/** Facts of a static archive, from the symbols that its members would hand on. */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { StaticArchiveFacts } from './model.js'

/** `symbols` are byte strings, as often as members define them. */
export function staticArchiveFactsOf(
  location: { readonly path: string; readonly depth: number },
  members: number,
  symbols: readonly string[],
  catalogue: Catalogue,
): StaticArchiveFacts {
  const guarded = [...new Set(symbols)].flatMap(name => {
    const known = catalogue.find(name)
    return known === null ? [] : [{ name, family: known.family.data.family, library: known.library, isGeneric: known.isGeneric }]
  })
  // The archive itself is the package's own file when it lies right in it: then its depth as a location is 1.
  return { path: location.path, isNested: location.depth > 1, members, guarded }
}
