/**
 * Who imports symbols from an object: decides what the object has to go on exporting, and who would miss what it hides.
 *
 * This looks at tables of symbols, not at processes: a symbol counts as imported if the reference names the library or the object needs it and no
 * library before it has the symbol. A symbol that is looked up by name (dlsym) is invisible.
 */
import { textOf } from '../bytes/names.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { Genuine } from '../catalogue/genuine.js'
import { genuinenessOf } from '../facts/genuineness.js'
import type { ImportFacts, ObjectFacts } from '../facts/model.js'
import { nevraOf } from '../rpm/identity.js'
import type { InstalledPackage } from './installed-package.js'
import type { ObjectReference } from './interposition.js'

/** An object that imports symbols from another. */
export interface Client {
  readonly object: ObjectReference
  /** It is in another package than the object, so that it was given beside it. */
  readonly isElsewhere: boolean
  /** It has a DT_NEEDED entry for a guarded library, which would serve what the object hides. */
  readonly needsGuarded: boolean
  /** Names as byte strings; sorted. */
  readonly symbols: readonly string[]
}

export type ClientsByPath = ReadonlyMap<string, readonly Client[]>
/** By package id, then by the object's path in that package. */
export type Clients = ReadonlyMap<string, ClientsByPath>

export const NO_CLIENTS: ClientsByPath = new Map()

/** Clients of the objects of `checked` that export guarded or internal symbols without being a guarded library. */
export function clientsAmong(
  checked: readonly InstalledPackage[],
  context: readonly InstalledPackage[],
  catalogue: Catalogue,
  genuine: Genuine,
): Clients {
  const providers = checked.flatMap(entry => residentsOf(entry).filter(({ object }) => isProvider(object, entry, catalogue, genuine)))
  if (providers.length === 0) return new Map()
  const residents = [...checked, ...context].flatMap(residentsOf)
  const isGuarded = (soname: string): boolean => catalogue.families.some(family => family.libraryOfSoname(textOf(soname)) !== null)
  const found = new Map<string, Map<string, Client[]>>()
  for (const group of byMachine(residents)) {
    const exporters = new Exporters(group, providers)
    for (const client of group) {
      for (const [provider, symbols] of exporters.importsOf(client)) {
        const byPath = found.get(provider.packageId) ?? new Map<string, Client[]>()
        found.set(provider.packageId, byPath)
        const known = byPath.get(provider.object.path)
        const entry = clientOf(client, provider, symbols, client.object.needed.some(isGuarded))
        if (known === undefined) byPath.set(provider.object.path, [entry])
        else known.push(entry)
      }
    }
  }
  return found
}

/** An installed object. */
interface Resident {
  readonly object: ObjectFacts
  readonly packageId: string
  readonly owner: string | null
}

function residentsOf({ id, facts }: InstalledPackage): Resident[] {
  if (facts.provenance.isSource) return []
  const owner = facts.identity === null ? null : nevraOf(facts.identity)
  return facts.objects.filter(({ isNested, format }) => !isNested && format !== null).map(object => ({ object, packageId: id, owner }))
}

function isProvider(object: ObjectFacts, { facts }: InstalledPackage, catalogue: Catalogue, genuine: Genuine): boolean {
  const isBundling = object.guarded.length > 0 || object.internals.length > 0
  return isBundling && genuinenessOf(object, facts.identity?.name ?? null, catalogue, genuine) === null
}

function clientOf({ object, packageId, owner }: Resident, provider: Resident, symbols: readonly string[], needsGuarded: boolean): Client {
  return {
    object: { path: object.path, package: owner },
    isElsewhere: packageId !== provider.packageId,
    needsGuarded,
    symbols: [...new Set(symbols)].sort(),
  }
}

function byMachine(residents: readonly Resident[]): readonly (readonly Resident[])[] {
  const groups = new Map<string, Resident[]>()
  for (const resident of residents) {
    const { format } = resident.object
    const key = `${format?.class} ${format?.data} ${format?.machine}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [resident])
    else group.push(resident)
  }
  return [...groups.values()]
}

/** The objects of one machine that export what others import. */
class Exporters {
  readonly #bySoname = new Map<string, Resident>()
  /** The providers that export a symbol. */
  readonly #providersOf = new Map<string, Resident[]>()
  readonly #names = new Map<Resident, ReadonlySet<string>>()
  readonly #closures = new Map<Resident, ReadonlySet<Resident>>()
  /** Entries of closures that are followed; a root of 2,000 libraries has a twentieth. */
  #left = 2_000_000
  readonly #isLoaded = new Set<string>()

  constructor(residents: readonly Resident[], providers: readonly Resident[]) {
    const members = new Map(residents.map(resident => [resident.object, resident]))
    for (const resident of residents) {
      const { soname, needed } = resident.object
      if (soname !== null && !this.#bySoname.has(soname)) this.#bySoname.set(soname, resident)
      for (const name of needed) this.#isLoaded.add(name)
    }
    for (const { object } of providers) {
      const resident = members.get(object)
      if (resident === undefined) continue
      for (const name of this.#exportsOf(resident)) {
        const known = this.#providersOf.get(name)
        if (known === undefined) this.#providersOf.set(name, [resident])
        else known.push(resident)
      }
    }
  }

  /** By provider, the symbols that the client imports from it. */
  importsOf(client: Resident): Map<Resident, string[]> {
    const found = new Map<Resident, string[]>()
    const seen = new Set<string>()
    for (const reference of client.object.imports) {
      const key = `${reference.name}\0${reference.from}`
      if (seen.has(key)) continue
      seen.add(key)
      const providers = this.#providersOf.get(reference.name) ?? []
      const first = providers.length === 0 || reference.from !== null ? null : this.#firstNeeded(client, reference.name)
      for (const provider of first === null ? providers : providers.filter(each => each === first)) {
        if (provider === client || !this.#isImportedFrom(provider, client, reference, first)) continue
        const known = found.get(provider)
        if (known === undefined) found.set(provider, [reference.name])
        else known.push(reference.name)
      }
    }
    return found
  }

  #isImportedFrom(provider: Resident, client: Resident, { from }: ImportFacts, first: Resident | null): boolean {
    const { soname } = provider.object
    if (from !== null) return from === soname
    if (first !== null) return first === provider
    return provider.object.isProgram ? this.#mayShareProcess(provider, client) : this.#closureOf(client).has(provider)
  }

  /** The first library of the client's own DT_NEEDED entries that exports the symbol. */
  #firstNeeded({ object }: Resident, name: string): Resident | null {
    for (const soname of object.needed) {
      const library = this.#bySoname.get(soname)
      if (library !== undefined && this.#exportsOf(library).has(name)) return library
    }
    return null
  }

  /** A library of the program, or one that nothing needs and so may be a plugin of it. */
  #mayShareProcess(program: Resident, client: Resident): boolean {
    if (client.object.isProgram) return false
    const { soname } = client.object
    return this.#closureOf(program).has(client) || soname === null || !this.#isLoaded.has(soname)
  }

  #exportsOf(resident: Resident): ReadonlySet<string> {
    const known = this.#names.get(resident)
    if (known !== undefined) return known
    const names = new Set(resident.object.exports.map(({ name }) => name))
    this.#names.set(resident, names)
    return names
  }

  /** All libraries that are loaded for it. Of a web of thousands of libraries that need each other only the nearest are known. */
  #closureOf(resident: Resident): ReadonlySet<Resident> {
    const known = this.#closures.get(resident)
    if (known !== undefined) return known
    const closure = new Set([resident])
    for (const { object } of closure) {
      for (const soname of object.needed) {
        const library = this.#bySoname.get(soname)
        if (library !== undefined && this.#left-- > 0) closure.add(library) // a Set is visited to its end, what is added meanwhile included
      }
    }
    this.#closures.set(resident, closure)
    return closure
  }
}
