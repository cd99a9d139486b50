/** All guarded families together. */
import openssl from './data/openssl.json' with { type: 'json' }
import { Family, type FamilyData } from './family.js'

/** A new family is a line here. */
const FAMILIES: readonly FamilyData[] = [openssl]

export class Catalogue {
  readonly families: readonly Family[]

  constructor(families: readonly FamilyData[] = FAMILIES) {
    this.families = families.map(data => new Family(data))
  }

  familyOf(name: string): Family | null {
    return this.families.find(family => family.guards(name)) ?? null
  }

  family(id: string): Family | null {
    return this.families.find(({ data }) => data.family === id) ?? null
  }
}
