/**
 * Symbol lookup as ld.so does it.
 *
 * Source: check_match, do_lookup_x, do_lookup_unique and _dl_lookup_symbol_x of glibc's elf/dl-lookup.c.
 */
import { VERSYM_HIDDEN, VERSYM_VERSION } from '../elf/version-table.js'
import { TRAIT } from './definitions.js'
import type { LinkMap } from './link-map.js'
import { OWN_SYMBOL, type FoundDefinition, type Lookup, type LookupRequest } from './lookup.js'
import { REFERENCE_FLAG } from './references.js'

/** Unversioned references bind to the base version and to index 2, even where it is hidden; from this index on only to a default version, and only if it is the only one. */
const FIRST_LATER_INDEX = 3
const NONE = -1

export class GlibcLookup implements Lookup {
  readonly #scope: readonly LinkMap[]
  readonly #prefersStrong: boolean
  /** STB_GNU_UNIQUE: the first definition of a name that a reference binds to is used by all later ones. */
  readonly #unique = new Map<string, FoundDefinition>()

  /** `prefersStrong` is LD_DYNAMIC_WEAK. */
  constructor(scope: readonly LinkMap[], prefersStrong: boolean) {
    this.#scope = scope
    this.#prefersStrong = prefersStrong
  }

  find(request: LookupRequest, referrer: LinkMap): FoundDefinition | null {
    const found = this.#search(request, referrer)
    return found === null || (request.flags & REFERENCE_FLAG.PROTECTED) === 0 ? found : this.#protected(found, request, referrer)
  }

  /** A protected symbol binds to the object itself, unless a program has a canonical PLT entry for it: then pointers to it have to be equal. */
  #protected(found: FoundDefinition, request: LookupRequest, referrer: LinkMap): FoundDefinition {
    const isCall = (request.flags & REFERENCE_FLAG.SKIP_PLT) !== 0
    const definition = isCall ? found : this.#search({ ...request, flags: request.flags | REFERENCE_FLAG.SKIP_PLT }, referrer)
    return definition === null || definition.map === referrer ? found : { map: referrer, definition: OWN_SYMBOL }
  }

  /** DT_SYMBOLIC puts a library before the global scope, for its own references. It has no effect on a program: _dl_map_object_from_fd, which implements it, never sees one. */
  #search(request: LookupRequest, referrer: LinkMap): FoundDefinition | null {
    const isSymbolic = referrer.dynamic?.isSymbolic === true && !referrer.isProgram
    const own = isSymbolic ? this.#candidateIn(referrer, request, referrer) : null
    if (own !== null && this.#isFinal(own)) return own
    let weak = own
    for (const map of this.#scope) {
      if ((map.linked.index?.first(request.hash) ?? 0) === 0) continue
      const found = this.#candidateIn(map, request, referrer)
      if (found === null) continue
      if (this.#isFinal(found)) return found
      weak ??= found
    }
    return weak
  }

  /** Does the search end here? */
  #isFinal(found: FoundDefinition): boolean {
    return !this.#prefersStrong || !isWeak(found)
  }

  /** The definition that one object contributes; `null` where lookup continues with the next object. */
  #candidateIn(map: LinkMap, request: LookupRequest, referrer: LinkMap): FoundDefinition | null {
    if (request.isCopy && map.isProgram) return null
    const definition = this.#match(map, request)
    if (definition === NONE) return null
    const traits = map.dynamic!.definitions.traits[definition]!
    if ((traits & (TRAIT.INVISIBLE | TRAIT.LOCAL)) !== 0) return null
    const found = { map, definition }
    return (traits & TRAIT.UNIQUE) === 0 ? found : this.#uniqueFor(found, request, referrer)
  }

  /** A copy relocation copies the definition that was found; later references bind to the copy. */
  #uniqueFor(found: FoundDefinition, { name, isCopy }: LookupRequest, referrer: LinkMap): FoundDefinition {
    const known = this.#unique.get(name)
    if (known === undefined) this.#unique.set(name, isCopy ? { map: referrer, definition: OWN_SYMBOL } : found)
    return isCopy ? found : (known ?? found)
  }

  #match(map: LinkMap, { name, hash, version, flags }: LookupRequest): number {
    const { index } = map.linked
    if (index === null) return NONE
    const { versyms, traits } = index.definitions
    let lone = NONE
    let later = 0
    for (let at = index.first(hash); at !== 0; at = index.next(at - 1)) {
      const definition = at - 1
      if (!index.isNamed(definition, name, hash)) continue
      if ((flags & REFERENCE_FLAG.SKIP_PLT) !== 0 && (traits[definition]! & TRAIT.PLT_ENTRY) !== 0) continue
      if (versyms === null) return definition
      const word = versyms[definition]!
      const own = map.dynamic?.versions[word & VERSYM_VERSION] ?? null
      if (version !== null) {
        const isSame = own !== null && own.hash === version.hash && own.name === version.name
        if (isSame || (!version.isStrict && own === null && (word & VERSYM_HIDDEN) === 0)) return definition
      } else if ((word & VERSYM_VERSION) < FIRST_LATER_INDEX) return definition
      else if ((word & VERSYM_HIDDEN) === 0 && later++ === 0) lone = definition
    }
    return later === 1 ? lone : NONE
  }
}

function isWeak({ map, definition }: FoundDefinition): boolean {
  return ((map.dynamic?.definitions.traits[definition] ?? 0) & TRAIT.WEAK) !== 0
}
