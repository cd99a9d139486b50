/** Facts of a static archive, from the symbols that its members export. */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { StaticArchiveFacts } from './model.js'

/** `symbols` are byte strings, repeated where several members define one. */
export function staticArchiveFactsOf(
  location: { readonly path: string; readonly depth: number },
  members: number,
  symbols: readonly string[],
  catalogue: Catalogue,
): StaticArchiveFacts {
  const names = [...new Set(symbols)]
  const guarded = names.flatMap(name => {
    const known = catalogue.find(name)
    return known === null ? [] : [{ name, family: known.family.data.family, library: known.library, isGeneric: known.isGeneric }]
  })
  const internals = names.flatMap(name => {
    const known = catalogue.internal(name)
    if (known === null) return []
    const { family, ...details } = known
    return [{ ...details, family: family.data.family }]
  })
  // An archive that the package itself installs has depth 1.
  return { path: location.path, isNested: location.depth > 1, members, guarded, internals }
}
