/** The catalogue of guarded families. */
import opensslInternals from './data/openssl-internals.json' with { type: 'json' }
import openssl from './data/openssl.json' with { type: 'json' }
import { Family, type FamilyData, type InternalSymbol } from './family.js'

/** A new family is added here. */
export const SHIPPED_FAMILIES: readonly FamilyData[] = [withInternals(openssl, opensslInternals)]

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

  /** An internal symbol of a family, with its details; `null` for all others, guarded ones included. */
  internal(name: string): (InternalSymbol & { readonly family: Family }) | null {
    for (const family of this.families) {
      const known = family.internal(name)
      if (known !== null) return { ...known, family }
    }
    return null
  }

  /** The family whose symbol it is, be it guarded or internal. */
  familyOf(name: string): Family | null {
    return this.families.find(family => family.has(name)) ?? null
  }

  /** So generic that other code defines it by chance. */
  isGeneric(name: string): boolean {
    return (this.find(name) ?? this.internal(name))?.isGeneric === true
  }

  family(id: string): Family | null {
    return this.families.find(({ data }) => data.family === id) ?? null
  }
}

function withInternals(family: FamilyData, internals: Readonly<Record<string, readonly string[]>>): FamilyData {
  return { ...family, libraries: family.libraries.map(library => ({ ...library, internals: internals[library.name] ?? [] })) }
}
