/**
 * The inputs of rules: facts, and conclusions that several rules share.
 */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { FamilyData } from '../catalogue/family.js'
import { guardedSoname, isOwnPackage, type Genuine, type GuardedLibrary } from '../catalogue/genuine.js'
import { genuinenessOf, type Genuineness } from '../facts/genuineness.js'
import type { ObjectFacts, PackageFacts, StaticArchiveFacts } from '../facts/model.js'
import { isPublicPath } from '../facts/public-path.js'
import type { Client } from '../interposition/clients.js'
import type { Interposition } from '../interposition/interposition.js'

export interface PackageSubject {
  readonly facts: PackageFacts
  /** Objects, archives and inner packages are not repeated here for a rule of scope `package`: it sees its own package alone. */
  readonly name: string | null
  /** The data of a guarded family; `null` for an unknown id. */
  family(id: string): FamilyData | null
  /** May this package ship the family's libraries? */
  isOwnPackage(family: string): boolean
  /** The guarded library that has the soname, with its family; `null` for any other. */
  guardedSoname(soname: string): GuardedLibrary | null
  /** Is the file in a directory that ld.so searches for every program, by default or by the ld.so.conf of a package? */
  isPublicPath(path: string): boolean
  /** Is the object a guarded library itself? */
  genuinenessOf(object: ObjectFacts): Genuineness | null
}

export interface ObjectSubject {
  readonly facts: ObjectFacts
  readonly package: PackageSubject
  readonly genuine: Genuineness | null
  /** Installed in a directory that ld.so searches for every program. */
  readonly isPublic: boolean
  /** With other packages given: interposed bindings in which it is the provider or the referrer. Each is reported for one object only. */
  readonly interpositions: readonly Interposition[]
  /** Likewise: libraries that are not loaded because a copy of their soname is in the process already. */
  readonly displacements: readonly Interposition[]
  /** If it exports guarded symbols: objects of its package and of other given packages that import symbols from it, guarded or not. */
  readonly clients: readonly Client[]
}

export interface ArchiveSubject {
  readonly facts: StaticArchiveFacts
  readonly package: PackageSubject
}

/** `configured` are directories that ld.so.conf adds. */
export function packageSubject(
  facts: PackageFacts,
  catalogue: Catalogue,
  genuine: Genuine,
  configured: ReadonlySet<string> = new Set(),
): PackageSubject {
  const name = facts.identity?.name ?? null
  return {
    facts,
    name,
    family: id => catalogue.family(id)?.data ?? null,
    isOwnPackage: family => isOwnPackage(name, family, catalogue, genuine),
    guardedSoname: remembered(soname => guardedSoname(soname, catalogue, genuine)),
    isPublicPath: path => isPublicPath(path, configured),
    genuinenessOf: object => genuinenessOf(object, name, catalogue, genuine),
  }
}

/** A thousand objects of a package need the same twenty libraries. */
function remembered<Value>(answer: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, { readonly value: Value }>()
  return text => {
    const { value } = known.get(text) ?? { value: answer(text) }
    known.set(text, { value })
    return value
  }
}

export function objectSubject(
  facts: ObjectFacts,
  owner: PackageSubject,
  interpositions: readonly Interposition[] = [],
  clients: readonly Client[] = [],
): ObjectSubject {
  return {
    facts,
    package: owner,
    genuine: owner.genuinenessOf(facts),
    isPublic: !facts.isNested && [facts.path, ...facts.alsoAt].some(path => owner.isPublicPath(path)),
    interpositions: interpositions.filter(({ kind }) => kind !== 'displaced'),
    displacements: interpositions.filter(({ kind }) => kind === 'displaced'),
    clients,
  }
}
