/** The catalogue of guarded families. */
import openssl from './data/openssl.json' with { type: 'json' }
import { Family, type FamilyData } from './family.js'

/** A new family is added here. */
export const SHIPPED_FAMILIES: readonly FamilyData[] = [openssl]

/** A guarded symbol. */
export interface GuardedSymbol {
  readonly name: string
  readonly family: Family
  /** Such as `libcrypto`. */
  readonly library: string
  /** So generic that other code defines it by chance. */
  readonly isGeneric: boolean
}

export class Catalogue {
  readonly families: readonly Family[]

  constructor(families: readonly FamilyData[] = SHIPPED_FAMILIES) {
    this.families = families.map(data => new Family(data))
  }

  /** Is the symbol guarded? A fast test for every export of every library; `find` returns the details. */
  guards(name: string): boolean {
    for (const family of this.families) if (family.guards(name)) return true
    return false
  }

  /** `null` for a symbol of no family. If several families have it, the first counts. */
  find(name: string): GuardedSymbol | null {
    for (const family of this.families) {
      const library = family.guards(name) ? family.libraryOf(name) : null
      if (library !== null) return { name, family, library, isGeneric: family.isGeneric(name) }
    }
    return null
  }

  family(id: string): Family | null {
    return this.families.find(({ data }) => data.family === id) ?? null
  }
}
