/**
 * Packages in each other's company: installed together, as far as the loader and the question of who is genuine go.
 *
 * Each machine has a file system of its own. Where packages disagree on a path a judged one has it, the first of them.
 */
import { byteStringFrom, textOf } from '../bytes/names.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import { InstalledLayer } from '../facts/installed-layer.js'
import { isLoadable } from '../facts/link-facts.js'
import type { ObjectFacts, PackageFacts } from '../facts/model.js'
import { LayeredFiles } from '../link/layered-files.js'
import { directoryOf, type LinkMap } from '../link/link-map.js'
import type { Files, LoaderFile } from '../link/linked-file.js'
import { nevraOf } from '../rpm/identity.js'
import { packagesByMachine } from './machines.js'
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
  /** What is installed beside it. */
  readonly neighbourhood: LayeredFiles
}

/** Residents that could be in one process, and the files that their loader sees. */
export interface Community {
  readonly residents: readonly Resident[]
  readonly files: Files
}

export class Company {
  /** By class, byte order and machine: no loader mixes them. */
  readonly communities: readonly Community[]
  readonly #residents = new Map<LoaderFile, Resident>()
  readonly #settled: ReadonlySet<ObjectFacts>
  readonly #catalogue: Catalogue
  readonly #genuine: Genuine

  constructor(judged: readonly PackageFacts[], others: readonly PackageFacts[], catalogue: Catalogue, genuine: Genuine) {
    this.#catalogue = catalogue
    this.#genuine = genuine
    const judgedObjects = new Set(judged.flatMap(({ objects }) => objects))
    const packages = [...judged, ...others].filter(({ provenance }) => !provenance.isSource)
    this.communities = packagesByMachine(packages).map(members => this.#settle(members, judgedObjects))
    this.#settled = new Set([...this.#residents.values()].map(({ object }) => object))
  }

  /** Is every object of the package in its place, and not behind one of another package? */
  isSettled({ objects }: PackageFacts): boolean {
    return objects.filter(isLoadable).every(object => this.#settled.has(object))
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
    const path = resident === null ? (map.dynamic?.soname ?? map.path) : packagedPath(map.path, resident)
    return { path: textOf(path), package: resident?.owner ?? null }
  }

  #settle(members: readonly PackageFacts[], judged: ReadonlySet<ObjectFacts>): Community {
    const layer = new InstalledLayer(members, true)
    const neighbourhood = new LayeredFiles([layer])
    const residents = members.flatMap(facts => this.#residentsOf(facts, layer, neighbourhood, judged))
    for (const resident of residents) this.#residents.set(resident.file, resident)
    return { residents, files: new StandIns(neighbourhood, residents, soname => this.#guardedSoname(soname) !== null) }
  }

  #residentsOf(facts: PackageFacts, layer: InstalledLayer, neighbourhood: LayeredFiles, judged: ReadonlySet<ObjectFacts>): Resident[] {
    const subject = packageSubject(facts, this.#catalogue, this.#genuine)
    const owner = facts.identity === null ? null : nevraOf(facts.identity)
    return facts.objects.flatMap(object => {
      const file = isLoadable(object) ? layer.fileOf(object) : null
      if (file === null) return []
      const isGenuine = objectSubject(object, subject).genuine !== null
      return [{ path: byteStringFrom(object.path), object, file, owner, isJudged: judged.has(object), isGenuine, neighbourhood }]
    })
  }

  /** `soname` is a byte string. */
  #guardedSoname(soname: string): { readonly library: string } | null {
    return guardedSoname(textOf(soname), this.#catalogue, this.#genuine)
  }
}

/** As its package has it: found in /lib64, which is a link, a library still lies in /usr/lib64. */
function packagedPath(path: string, { neighbourhood }: Resident): string {
  const directory = neighbourhood.resolve(directoryOf(path)) ?? directoryOf(path)
  return `${directory === '/' ? '' : directory}/${path.slice(path.lastIndexOf('/') + 1)}`
}
