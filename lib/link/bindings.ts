/**
 * Every reference of a process, with the definition that it binds to.
 */
import { TRAIT } from './definitions.js'
import type { LinkMap } from './link-map.js'
import type { LinkVersion } from './link-object.js'
import { OWN_SYMBOL, type FoundDefinition, type Lookup, type LookupRequest } from './lookup.js'
import { REFERENCE_FLAG, NO_VERSION, referenceKindOf, type ReferenceKind } from './references.js'
import type { SymbolFilter } from './selected-references.js'

export interface Binding {
  readonly referrer: LinkMap
  /** Byte string. */
  readonly symbol: string
  /** DT_GNU_HASH's hash of the symbol's name. */
  readonly hash: number
  readonly version: string | null
  /** The library that the version is required of (DT_VERNEED); `null` without a version, and for a version of the object's own. */
  readonly versionFile: string | null
  /** The symbol is defined by the referrer too, and is no copy of a library's data. */
  readonly isOwn: boolean
  readonly kind: ReferenceKind
  /** `null` where there is none. */
  readonly provider: LinkMap | null
  readonly providerVersion: string | null
  readonly status: 'bound' | 'unresolved-weak' | 'undefined'
  /** Where the code or data really are if the program provides a canonical PLT entry or a copy; else the provider. */
  readonly finalProvider: LinkMap | null
}

/** The index range of one referrer's bindings. */
export interface Group {
  readonly referrer: LinkMap
  readonly start: number
  readonly end: number
}

/** By referrer in the order of `scope`, then in relocation order; `sortedBindings` sorts them for reports. `order` is the order in which objects are relocated. */
export function bindAll(scope: readonly LinkMap[], order: readonly LinkMap[], lookup: Lookup, isSelected: SymbolFilter): Binding[] {
  const byReferrer = new Map(order.map(map => [map, bindObject(map, lookup, isSelected)]))
  const bindings = scope.flatMap(map => byReferrer.get(map) ?? [])
  const copies = new Map(bindings.filter(({ kind }) => kind === 'copy').map(({ symbol, provider }) => [symbol, provider]))
  if (copies.size === 0) return bindings
  return bindings.map(binding => {
    const origin = binding.provider?.isProgram === true && binding.kind !== 'copy' ? copies.get(binding.symbol) : undefined
    return origin === undefined ? binding : { ...binding, finalProvider: origin }
  })
}

function bindObject(map: LinkMap, lookup: Lookup, isSelected: SymbolFilter): Binding[] {
  const { dynamic, linked } = map
  if (dynamic === null) return []
  const { references, versions } = dynamic
  const names = linked.referenceNames
  const bindings: Binding[] = []
  for (const row of linked.referencesFor(isSelected)?.rows ?? []) {
    const name = names[row]!
    const index = references.versions[row]!
    const version = index === NO_VERSION ? null : (versions[index] ?? null)
    const flags = references.flags[row]!
    const request = { name, hash: references.hashes[row]!, version, flags, isCopy: referenceKindOf(flags) === 'copy' }
    const found = lookup.find(request, map)
    const isPlt = found !== null && isPltEntry(found)
    const origin = isPlt ? lookup.find({ ...request, flags: flags | REFERENCE_FLAG.SKIP_PLT }, map) : found
    bindings.push(bindingOf(map, request, found, origin))
  }
  return bindings
}

/** By referrer in the given order, then by symbol, version and kind. `isSelected` is the filter that selected them. */
export function sortedBindings(bindings: readonly Binding[], isSelected: SymbolFilter): Binding[] {
  const sorted: Binding[] = []
  for (const { referrer, start } of groupsOf(bindings)) {
    for (const place of referrer.linked.referencesFor(isSelected)?.sortedOrder ?? []) sorted.push(bindings[start + place]!)
  }
  return sorted
}

/** `bindings` has those of one referrer together. */
export function groupsOf(bindings: readonly Binding[]): Group[] {
  const groups: Group[] = []
  for (let start = 0, end = 0; start < bindings.length; start = end) {
    const { referrer } = bindings[start]!
    while (end < bindings.length && bindings[end]!.referrer === referrer) end++
    groups.push({ referrer, start, end })
  }
  return groups
}

function bindingOf(
  referrer: LinkMap,
  { name, hash, version, flags }: LookupRequest,
  found: FoundDefinition | null,
  origin: FoundDefinition | null,
): Binding {
  const isOptional = (flags & REFERENCE_FLAG.WEAK) !== 0
  return {
    referrer,
    symbol: name,
    hash,
    version: version?.name ?? null,
    versionFile: version?.file ?? null,
    isOwn: (flags & REFERENCE_FLAG.DEFINED) !== 0 && referenceKindOf(flags) !== 'copy',
    kind: referenceKindOf(flags),
    provider: found?.map ?? null,
    providerVersion: found === null ? null : versionOf(found, version),
    status: found === null ? (isOptional ? 'unresolved-weak' : 'undefined') : 'bound',
    finalProvider: origin?.map ?? null,
  }
}

function isPltEntry({ map, definition }: FoundDefinition): boolean {
  return ((map.dynamic?.definitions.traits[definition] ?? 0) & TRAIT.PLT_ENTRY) !== 0
}

function versionOf({ map, definition }: FoundDefinition, asked: LinkVersion | null): string | null {
  if (definition === OWN_SYMBOL) return asked?.name ?? null
  const word = map.dynamic?.definitions.versyms?.[definition]
  return word === undefined ? null : (map.dynamic?.versions[word & 0x7fff]?.name ?? null)
}
