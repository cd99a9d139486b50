/**
 * The library that a reference is meant to bind to: what the link editor found when the object was built.
 *
 * | reference | intended provider |
 * |---|---|
 * | with a version of DT_VERNEED | the library that the entry names |
 * | to a symbol that the object itself defines | the object |
 * | without a version | the library of a DT_NEEDED entry that names a guarded soname and defines the symbol |
 * | … if there is no such entry | the first object of the object's own dependency list that defines the symbol |
 * | … if there is none | unknown |
 *
 * docs/how-verdicts-are-made.md explains each row. Source: the link editor records the library that satisfied a versioned reference (LSB Core 5.0, Symbol
 * Versioning), and searches the libraries on its line in order for an unversioned one.
 */
import type { Binding } from '../link/bindings.js'
import type { LinkMap } from '../link/link-map.js'

/** What is known of the process. Names of symbols and sonames are byte strings. */
export interface IntentContext {
  /** In load order. */
  readonly scope: readonly LinkMap[]
  readonly defines: (map: LinkMap, symbol: string) => boolean
  readonly isGuardedSoname: (soname: string) => boolean
}

export type IntendedReference = Pick<Binding, 'referrer' | 'symbol' | 'versionFile' | 'isOwn'>

/** `null` if the object does not say: a symbol that none of its dependencies defines, or a library that is not loaded. */
export function intendedProvider(reference: IntendedReference, context: IntentContext): LinkMap | null {
  const { referrer, versionFile, isOwn } = reference
  if (versionFile !== null) return loadedAs(versionFile, context.scope)
  if (isOwn) return referrer
  return guardedDependency(reference, context) ?? firstInDependencies(reference, context)
}

/** As ld.so compares names: those by which the object was asked for, and its soname. */
function loadedAs(name: string, scope: readonly LinkMap[]): LinkMap | null {
  const known = NAMES.get(scope) ?? firstOfEachName(scope)
  NAMES.set(scope, known)
  return known.get(name) ?? null
}

/** By scope of a process that has started: asked for each of its references. */
const NAMES = new WeakMap<readonly LinkMap[], ReadonlyMap<string, LinkMap>>()

function firstOfEachName(scope: readonly LinkMap[]): ReadonlyMap<string, LinkMap> {
  const first = new Map<string, LinkMap>()
  for (const map of scope) {
    const soname = map.dynamic?.soname ?? null
    for (const name of soname === null ? map.names : [...map.names, soname]) if (!first.has(name)) first.set(name, map)
  }
  return first
}

function guardedDependency({ referrer, symbol }: IntendedReference, { scope, defines, isGuardedSoname }: IntentContext): LinkMap | null {
  for (const { name } of referrer.dynamic?.dependencies ?? []) {
    const map = isGuardedSoname(name) ? loadedAs(name, scope) : null
    if (map !== null && defines(map, symbol)) return map
  }
  return null
}

/** Breadth first, as the link editor searches the dependencies of libraries behind the libraries themselves. */
function firstInDependencies({ referrer, symbol }: IntendedReference, { defines }: IntentContext): LinkMap | null {
  const seen = new Set([referrer])
  for (const map of seen) {
    if (map !== referrer && defines(map, symbol)) return map
    for (const dependency of map.dependencies) seen.add(dependency) // a Set is visited to its end, what is added meanwhile included
  }
  return null
}
