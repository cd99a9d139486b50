/** The names that an object expects of a guarded library. */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { GuardedImport, ImportFacts } from './model.js'

export function guardedImportsOf(imports: readonly ImportFacts[], catalogue: Catalogue): GuardedImport[] {
  return imports.flatMap(({ name, binding }) => {
    const family = catalogue.familyOf(name)
    const known = family?.find(name) ?? null
    if (family === null || known === null) return []
    return [{ name, family: family.data.family, library: known.library, isWeakName: known.isWeak, isOptional: binding === 'WEAK' }]
  })
}
