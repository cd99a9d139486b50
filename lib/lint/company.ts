/**
 * Packages in each other's company: installed together, as far as the loader and the question of who is genuine go.
 *
 * Of other packages only the newest of each name and architecture counts, and a judged package replaces its namesake: so a repository can be given as it is.
 */
import { byteStringFrom, textOf } from '../bytes/names.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import { InstalledLayer } from '../facts/installed-layer.js'
import type { Identity, ObjectFacts, PackageFacts } from '../facts/model.js'
import { LayeredFiles } from '../link/layered-files.js'
import { directoryOf, type LinkMap } from '../link/link-map.js'
import type { Files, LoaderFile } from '../link/linked-file.js'
import { compareEvr } from '../rpm/evr.js'
import { nevraOf } from '../rpm/identity.js'
import type { Party } from './misdirection.js'
import { StandIn, StandIns } from './stand-ins.js'
import { guardedSoname, objectSubject, packageSubject, type Genuine } from './subjects.js'

/** An ELF file that the loader would come across. */
export interface Resident {
  /** Byte string. */
  readonly path: string
  readonly object: ObjectFacts
  readonly file: LoaderFile
  /** Name-version-release.arch of its package; `null` for a loose file. */
  readonly owner: string | null
  readonly isJudged: boolean
  readonly isGenuine: boolean
}

/** Residents that could be in one process, and the files that their loader sees. */
export interface Community {
  readonly residents: readonly Resident[]
  readonly files: Files
}

export class Company {
  readonly #residents = new Map<LoaderFile, Resident>()
  readonly #catalogue: Catalogue
  readonly #genuine: Genuine
  readonly #layer: InstalledLayer
  readonly #installed: LayeredFiles

  constructor(judged: readonly PackageFacts[], others: readonly PackageFacts[], catalogue: Catalogue, genuine: Genuine) {
    const packages = [...judged, ...newestOf(others, judged)].filter(({ provenance }) => !provenance.isSource)
    this.#catalogue = catalogue
    this.#genuine = genuine
    this.#layer = new InstalledLayer(packages, true)
    this.#installed = new LayeredFiles([this.#layer])
    for (const facts of packages) this.#settle(facts, judged.includes(facts))
  }

  /** By class, byte order and machine: no loader mixes them. */
  get communities(): Community[] {
    const groups = new Map<string, Resident[]>()
    for (const resident of this.#residents.values()) {
      const { elfClass, endianness, machine } = resident.file.linked().object
      const key = `${elfClass} ${endianness} ${machine}`
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [resident])
      else group.push(resident)
    }
    return [...groups.values()].map(residents => ({ residents, files: this.#filesFor(residents) }))
  }

  /** `null` for a stand-in. */
  residentOf({ file }: LinkMap): Resident | null {
    return this.#residents.get(file) ?? null
  }

  isGenuine(map: LinkMap): boolean {
    return !this.isAtHand(map) || this.residentOf(map)?.isGenuine === true
  }

  /** False for a stand-in. */
  isAtHand(map: LinkMap): boolean {
    return !(map.file instanceof StandIn)
  }

  /** Is it the genuine library of this name, or in the place of it? */
  owns(map: LinkMap, symbol: string): boolean {
    if (this.isAtHand(map)) return this.isGenuine(map) && map.linked.index?.has(symbol) === true
    const library = this.#catalogue.familyOf(symbol)?.find(symbol)?.library ?? null
    return library !== null && this.#guardedSoname(map.dynamic?.soname ?? '')?.library === library
  }

  partyOf(map: LinkMap): Party {
    const resident = this.residentOf(map)
    const path = resident === null ? (map.dynamic?.soname ?? map.path) : this.#packagedPath(map.path)
    return { path: textOf(path), package: resident?.owner ?? null }
  }

  /** As its package has it: found in /lib64, which is a link, a library still lies in /usr/lib64. */
  #packagedPath(path: string): string {
    const directory = this.#installed.resolve(directoryOf(path)) ?? directoryOf(path)
    return `${directory === '/' ? '' : directory}/${path.slice(path.lastIndexOf('/') + 1)}`
  }

  #settle(facts: PackageFacts, isJudged: boolean): void {
    const subject = packageSubject(facts, this.#catalogue, this.#genuine)
    const owner = facts.identity === null ? null : nevraOf(facts.identity)
    for (const object of facts.objects) {
      const file = this.#layer.fileOf(object)
      if (file === null || (object.link?.object?.dynamic ?? null) === null) continue
      const isGenuine = objectSubject(object, subject).genuine !== null
      this.#residents.set(file, { path: byteStringFrom(object.path), object, file, owner, isJudged, isGenuine })
    }
  }

  #filesFor(residents: readonly Resident[]): Files {
    return new StandIns(this.#installed, residents, soname => this.#guardedSoname(soname) !== null)
  }

  /** `soname` is a byte string. */
  #guardedSoname(soname: string): { readonly library: string } | null {
    return guardedSoname(textOf(soname), this.#catalogue, this.#genuine)
  }
}

/** Of each name and architecture the newest, but for those that are judged in whatever version. Loose files have neither and all stay. */
function newestOf(packages: readonly PackageFacts[], judged: readonly PackageFacts[]): PackageFacts[] {
  const taken = new Set(judged.flatMap(({ identity }) => (identity === null ? [] : [kindOf(identity)])))
  const newest = new Map<string, PackageFacts>()
  for (const facts of packages) {
    if (facts.identity === null || taken.has(kindOf(facts.identity))) continue
    const known = newest.get(kindOf(facts.identity))?.identity
    if (known === undefined || known === null || compareEvr(facts.identity, known) > 0) newest.set(kindOf(facts.identity), facts)
  }
  return packages.filter(facts => facts.identity === null || newest.get(kindOf(facts.identity)) === facts)
}

function kindOf({ name, arch }: Identity): string {
  return `${name}.${arch}`
}
