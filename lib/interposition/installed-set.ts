/**
 * Packages installed together: what their loaders see, and which of their objects are genuine.
 *
 * Each machine has its own file system. If packages conflict over a path, the first checked one wins.
 */
import { byteStringFrom, textOf } from '../bytes/names.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import { guardedSoname, type Genuine, type GuardedLibrary } from '../catalogue/genuine.js'
import { genuinenessOf } from '../facts/genuineness.js'
import { isLoadable } from '../facts/link-facts.js'
import type { ObjectFacts } from '../facts/model.js'
import { LayeredFiles } from '../link/layered-files.js'
import { directoryOf, type LinkMap } from '../link/link-map.js'
import type { Files, LoaderFile } from '../link/linked-file.js'
import { nevraOf } from '../rpm/identity.js'
import { packagesByMachine } from './by-machine.js'
import { InstalledLayer } from './installed-layer.js'
import type { InstalledPackage } from './installed-package.js'
import type { ObjectReference } from './interposition.js'
import { PlaceholderLibraries, PlaceholderLibrary } from './placeholder-libraries.js'

/** An ELF file that a loader could load. */
export interface InstalledObject {
  /** Byte string. */
  readonly path: string
  readonly object: ObjectFacts
  readonly packageId: string
  readonly file: LoaderFile
  /** Name-version-release.arch of its package; `null` for a standalone file. */
  readonly owner: string | null
  readonly isChecked: boolean
  readonly isGenuine: boolean
  /** Its package may ship the guarded library that it is. */
  readonly isOfOwnPackage: boolean
  /** The file system that it is installed in. */
  readonly files: LayeredFiles
}

/** Objects that could share a process, and the files that their loader sees. */
export interface ProcessSet {
  readonly objects: readonly InstalledObject[]
  /** Paths of the symbolic links that the packages have. */
  readonly links: readonly string[]
  readonly files: Files
}

export class InstalledSet {
  /** By class, byte order and machine: no loader mixes them. */
  readonly processSets: readonly ProcessSet[]
  readonly #objects = new Map<LoaderFile, InstalledObject>()
  /** By soname: asked for each reference of each process. */
  readonly #guarded = new Map<string, GuardedLibrary | null>()
  readonly #catalogue: Catalogue
  readonly #genuine: Genuine

  constructor(checked: readonly InstalledPackage[], context: readonly InstalledPackage[], catalogue: Catalogue, genuine: Genuine) {
    this.#catalogue = catalogue
    this.#genuine = genuine
    const checkedIds = new Set(checked.map(({ id }) => id))
    const packages = [...checked, ...context].filter(({ facts }) => !facts.provenance.isSource)
    this.processSets = packagesByMachine(packages).map(members => this.#install(members, checkedIds))
  }

  /** `null` for a placeholder. */
  objectOf({ file }: LinkMap): InstalledObject | null {
    return this.#objects.get(file) ?? null
  }

  isGenuine(map: LinkMap): boolean {
    return this.isPlaceholder(map) || this.objectOf(map)?.isGenuine === true
  }

  /** Is it a guarded library in a package that may ship it? */
  isOfOwnPackage(map: LinkMap): boolean {
    return this.objectOf(map)?.isOfOwnPackage === true
  }

  /** Does it export guarded symbols, although its package may not ship them? */
  hasForeignCopy(map: LinkMap): boolean {
    const installed = this.objectOf(map)
    return installed !== null && !installed.isOfOwnPackage && installed.object.guarded.length > 0
  }

  isPlaceholder(map: LinkMap): boolean {
    return map.file instanceof PlaceholderLibrary
  }

  /** Is it the genuine library that defines the symbol, or a placeholder for it? */
  isGenuineProvider(map: LinkMap, symbol: string): boolean {
    if (!this.isPlaceholder(map)) return this.isGenuine(map) && map.linked.index?.has(symbol) === true
    const library = this.#catalogue.find(symbol)?.library ?? null
    return library !== null && this.#guardedSoname(map.dynamic?.soname ?? '')?.library === library
  }

  /** Has it a definition of the symbol that lookup can find? A placeholder defines what its library does. */
  defines(map: LinkMap, symbol: string): boolean {
    return this.isPlaceholder(map) ? this.isGenuineProvider(map, symbol) : map.linked.index?.has(symbol) === true
  }

  /** Is it a guarded library, or one that took its soname? */
  isGuarded(map: LinkMap): boolean {
    return this.isGenuine(map) || this.isGuardedSoname(map.dynamic?.soname ?? '')
  }

  /** Has it the soname of a guarded library, although its package may not ship that? */
  isCopy(map: LinkMap): boolean {
    const installed = this.objectOf(map)
    return installed !== null && !installed.isOfOwnPackage && this.isGuardedSoname(map.dynamic?.soname ?? '')
  }

  /** `soname` is a byte string. */
  isGuardedSoname(soname: string): boolean {
    return this.#guardedSoname(soname) !== null
  }

  /** So generic that other code defines it by chance. */
  isGeneric(symbol: string): boolean {
    return this.#catalogue.isGeneric(symbol)
  }

  /** Is it none of a guarded library's API? */
  isInternal(symbol: string): boolean {
    return this.#catalogue.internal(symbol) !== null
  }

  referenceTo({ path, file, dynamic }: LinkMap): ObjectReference {
    return this.referenceToFile(path, file, dynamic?.soname ?? path)
  }

  /** `name` is what a file of no package is called. */
  referenceToFile(path: string, file: LoaderFile, name: string): ObjectReference {
    const installed = this.#objects.get(file) ?? null
    return { path: textOf(installed === null ? name : packagedPath(path, installed)), package: installed?.owner ?? null }
  }

  #install(members: readonly InstalledPackage[], checkedIds: ReadonlySet<string>): ProcessSet {
    const layer = new InstalledLayer(members, null)
    const files = new LayeredFiles([layer])
    const objects = members.flatMap(member => this.#objectsOf(member, layer, files, checkedIds.has(member.id)))
    for (const object of objects) this.#objects.set(object.file, object)
    const links = members.flatMap(({ facts }) => facts.symlinks.map(({ path }) => path))
    return { objects, links, files: new PlaceholderLibraries(files, objects, soname => this.isGuardedSoname(soname)) }
  }

  #objectsOf({ id, facts }: InstalledPackage, layer: InstalledLayer, files: LayeredFiles, isChecked: boolean): InstalledObject[] {
    const name = facts.identity?.name ?? null
    const owner = facts.identity === null ? null : nevraOf(facts.identity)
    return facts.objects.flatMap(object => {
      const file = isLoadable(object) ? layer.fileOf(id, object) : null
      if (file === null) return []
      const genuineness = genuinenessOf(object, name, this.#catalogue, this.#genuine)
      const kind = { isGenuine: genuineness !== null, isOfOwnPackage: genuineness === 'own-package' }
      return [{ path: byteStringFrom(object.path), object, packageId: id, file, owner, isChecked, ...kind, files }]
    })
  }

  /** `soname` is a byte string. */
  #guardedSoname(soname: string): GuardedLibrary | null {
    const known = this.#guarded.get(soname)
    if (known !== undefined) return known
    const library = guardedSoname(textOf(soname), this.#catalogue, this.#genuine)
    this.#guarded.set(soname, library)
    return library
  }
}

/** The path in its package: a library found through the link /lib64 is in /usr/lib64. */
function packagedPath(path: string, { files }: InstalledObject): string {
  const directory = files.resolve(directoryOf(path)) ?? directoryOf(path)
  return `${directory === '/' ? '' : directory}/${path.slice(path.lastIndexOf('/') + 1)}`
}
