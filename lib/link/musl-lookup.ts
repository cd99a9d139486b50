/**
 * Symbol lookup as musl does it: versions are not compared, and hidden definitions never bind.
 *
 * Source: find_sym2, sysv_lookup, gnu_lookup and do_relocs of musl 1.2's ldso/dynlink.c; measured with musl 1.2.3.
 */
import { VERSYM_HIDDEN } from '../elf/version-table.js'
import { TRAIT } from './definitions.js'
import type { LinkMap } from './link-map.js'
import type { FoundDefinition, Lookup, LookupRequest } from './lookup.js'
import { REFERENCE_FLAG } from './references.js'

const NONE = -1

export class MuslLookup implements Lookup {
  readonly #scope: readonly LinkMap[]

  constructor(scope: readonly LinkMap[]) {
    this.#scope = scope
  }

  find(request: LookupRequest): FoundDefinition | null {
    for (const map of this.#scope) {
      if (request.isCopy && map.isProgram) continue
      const definition = firstDefinitionIn(map, request)
      if (definition !== NONE && canBind(map.dynamic!.definitions.traits[definition]!, request)) return { map, definition }
    }
    return null
  }
}

/** Only the first definition of an object counts: if it cannot bind, no other one is searched for in it. */
function firstDefinitionIn({ linked: { index } }: LinkMap, { name, hash }: LookupRequest): number {
  if (index === null) return NONE
  const { versyms } = index.definitions
  for (let at = index.first(hash); at !== 0; at = index.next(at - 1)) {
    const definition = at - 1
    if (versyms !== null && (versyms[definition]! & VERSYM_HIDDEN) !== 0) continue
    if (index.isNamed(definition, name, hash)) return definition
  }
  return NONE
}

/** Visibility is ignored, and indirect functions are not supported. */
function canBind(traits: number, { flags }: LookupRequest): boolean {
  const isThreadLocal = (traits & TRAIT.THREAD_LOCAL) !== 0
  if ((traits & TRAIT.PLT_ENTRY) !== 0 && ((flags & REFERENCE_FLAG.SKIP_PLT) !== 0 || isThreadLocal)) return false
  if ((traits & TRAIT.ZERO) !== 0 && !isThreadLocal) return false
  return (traits & (TRAIT.LOCAL | TRAIT.INDIRECT)) === 0
}
