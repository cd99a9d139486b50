/** The symbols that an object imports from a guarded library. */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { GuardedImport, ImportFacts } from './model.js'

export function guardedImportsOf(imports: readonly ImportFacts[], catalogue: Catalogue): GuardedImport[] {
  return imports.flatMap(({ name, binding }) => {
    const known = catalogue.find(name)
    if (known === null) return []
    const { family, library, isGeneric } = known
    return [{ name, family: family.data.family, library, isGeneric, isOptional: binding === 'WEAK' }]
  })
}
