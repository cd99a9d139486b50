/**
 * Which objects ld.so loads into a process, and in which order lookup searches them.
 *
 * Breadth first over program and preloads; a filtee comes right before its filter.
 * Source: _dl_map_object of glibc's elf/dl-load.c, _dl_map_object_deps of elf/dl-deps.c, dl_main of elf/rtld.c.
 */
import { findLibrary } from './glibc-search.js'
import { libraryFault } from './library-fault.js'
import { LoadFailure, linkMap, type LinkMap } from './link-map.js'
import { LoadMessages, type Loaded } from './load.js'
import type { LoaderFile } from './linked-file.js'
import type { Dependency } from './link-object.js'
import type { LoaderSetup } from './setup.js'
import { expandTokens } from './string-tokens.js'
import { vdsoNamed } from './vdso.js'

/** An entry of the breadth-first list; a linked list, because filtees are inserted before the current entry. */
interface Link {
  map: LinkMap
  isDone: boolean
  next: Link | null
}

/** `interpreter` is the loader itself, which is in the process from the start; `null` where it is not available. */
export function loadWithGlibc(path: string, file: LoaderFile, interpreter: LinkMap | null, setup: LoaderSetup): Loaded {
  return new Load(path, file, interpreter, setup).run()
}

class Load {
  readonly #setup: LoaderSetup
  readonly #program: LinkMap
  readonly #interpreter: LinkMap | null
  /** In the order in which names are compared. */
  readonly #maps: LinkMap[] = []
  /** By name and soname: all that a name may denote, whatever their order. */
  readonly #byName = new Map<string, Set<LinkMap>>()
  /** By the identity of the file; not the program. */
  readonly #byFile = new Map<string, LinkMap>()
  readonly #listed = new Set<LinkMap>()
  readonly #failures = new LoadMessages()
  readonly #warnings = new LoadMessages()
  /** Names of missing libraries: searched for and reported once. */
  readonly #missing = new Set<string>()
  /** By filter. */
  readonly #filtees = new Map<LinkMap, LinkMap[]>()
  #tail: Link

  constructor(path: string, file: LoaderFile, interpreter: LinkMap | null, setup: LoaderSetup) {
    this.#setup = setup
    // The kernel provides the program's own path without symbolic links (AT_EXECFN plays no part): readlink of /proc/self/exe in _dl_get_origin.
    const origin = file.realPath.slice(0, Math.max(1, file.realPath.lastIndexOf('/')))
    this.#program = linkMap(path, file, { isProgram: true, name: '', origin })
    this.#program.names.delete(path)
    this.#interpreter = interpreter
    for (const map of interpreter === null ? [this.#program] : [this.#program, interpreter]) this.#addMap(map)
    this.#tail = { map: this.#program, isDone: false, next: null }
    this.#listed.add(this.#program)
  }

  run(): Loaded {
    const first = this.#tail
    for (const name of this.#setup.preloads) this.#preload(name)
    for (let link: Link | null = first; link !== null; link = nextOf(link)) this.#expand(link)
    const scope: LinkMap[] = []
    for (let link: Link | null = first; link !== null; link = link.next) scope.push(link.map)
    return {
      program: this.#program,
      scope,
      failures: this.#failures.texts,
      warnings: this.#warnings.texts,
      unread: [...this.#failures.unread, ...this.#warnings.unread],
    }
  }

  /** A library that cannot be preloaded is reported and left out. The loader is in the process already; its position is where it is first needed. */
  #preload(name: string): void {
    try {
      const map = this.#map(name, this.#program)
      if (!this.#listed.has(map) && map !== this.#interpreter) this.#append(map)
    } catch (error) {
      this.#warnings.add(error, ': cannot be preloaded, ignored')
    }
  }

  #append(map: LinkMap): void {
    this.#listed.add(map)
    this.#tail.next = { map, isDone: false, next: null }
    this.#tail = this.#tail.next
  }

  /** Loads the dependencies of one object. `link` keeps its position, but may hold a filtee afterwards, which is then expanded next. */
  #expand(link: Link): void {
    const { map } = link
    let own = link
    own.isDone = true
    for (const dependency of map.dynamic?.dependencies ?? []) {
      const found = this.#dependency(dependency, map)
      if (found === null) continue
      map.dependencies.push(found)
      if (dependency.kind !== 'needed') own = this.#filterThrough(own, found)
      else if (!this.#listed.has(found)) this.#append(found)
    }
  }

  /** `null` where it cannot be loaded, which is fatal except for auxiliary objects. */
  #dependency({ kind, name }: Dependency, map: LinkMap): LinkMap | null {
    const { system } = this.#setup
    const expanded = expandTokens(name, { ORIGIN: map.origin, LIB: system.lib, PLATFORM: system.platform })
    if (expanded === null) return null
    try {
      return this.#map(expanded, map)
    } catch (error) {
      if (kind === 'auxiliary' && error instanceof LoadFailure) return null
      if (!this.#missing.has(expanded)) this.#failures.add(error, ` (needed by ${map.path})`)
      this.#missing.add(expanded)
      return null
    }
  }

  /** Objects that are filters for each other would precede each other forever, and ld.so crashes. A filter for itself changes nothing. */
  #filterThrough(own: Link, filtee: LinkMap): Link {
    const { map } = own
    if (filtee === map) return own
    if (this.#leadsTo(filtee, map)) {
      this.#failures.texts.push(
        `${map.path}: is a filter for ${filtee.path}, which is a filter for it in turn (ld.so crashes on such a cycle)`,
      )
      return own
    }
    const filtees = this.#filtees.get(map)
    if (filtees === undefined) this.#filtees.set(map, [filtee])
    else filtees.push(filtee)
    return this.#putBefore(own, filtee)
  }

  #leadsTo(from: LinkMap, to: LinkMap): boolean {
    const reached = new Set([from]) // visited to its end, what is added meanwhile included
    for (const map of reached) for (const filtee of this.#filtees.get(map) ?? []) reached.add(filtee)
    return reached.has(to)
  }

  /** Returns the link that holds `own`'s object afterwards. A filtee that already comes earlier stays there. */
  #putBefore(own: Link, filtee: LinkMap): Link {
    const moved: Link = { ...own }
    if (this.#listed.has(filtee)) {
      let before = moved
      while (before.next !== null && before.next.map !== filtee) before = before.next
      if (before.next === null) return own
      if (this.#tail === before.next) this.#tail = before
      before.next = before.next.next
      this.#moveMap(filtee, own.map)
    } else {
      this.#listed.add(filtee)
      this.#moveMap(filtee, own.map)
    }
    own.map = filtee
    own.isDone = false
    own.next = moved
    if (this.#tail === own) this.#tail = moved
    return moved
  }

  #moveMap(map: LinkMap, before: LinkMap): void {
    this.#maps.splice(this.#maps.indexOf(map), 1)
    this.#maps.splice(this.#maps.indexOf(before), 0, map)
  }

  /** By name among the loaded objects, else from a file, which may be loaded already under another name. */
  #map(name: string, loader: LinkMap): LinkMap {
    const known = this.#loadedAs(name)
    if (known !== undefined) return known
    const vdso = vdsoNamed(name, this.#setup.host)
    if (vdso !== null) {
      this.#addMap(vdso)
      return vdso
    }
    const { path, file } = findLibrary(name, loader, this.#program, this.#setup)
    const same = this.#byFile.get(file.identity)
    if (same !== undefined) {
      same.names.add(name)
      this.#addName(name, same)
      return same
    }
    const map = linkMap(path, file, { loader, name })
    const fault = libraryFault(map.object, this.#setup.release)
    if (fault !== null) throw new LoadFailure(`${path}: ${fault}`)
    this.#addMap(map)
    return map
  }

  /** The first of those with the name. A soname becomes a name of the object when it is first requested. */
  #loadedAs(name: string): LinkMap | undefined {
    const candidates = this.#byName.get(name)
    if (candidates === undefined) return undefined
    const [only] = candidates
    const known = candidates.size === 1 ? only : this.#maps.find(map => candidates.has(map))
    known?.names.add(name)
    return known
  }

  #addMap(map: LinkMap): void {
    this.#maps.push(map)
    if (!map.isProgram && !this.#byFile.has(map.file.identity)) this.#byFile.set(map.file.identity, map)
    for (const name of map.names) this.#addName(name, map)
    const soname = map.dynamic?.soname ?? null
    if (soname !== null) this.#addName(soname, map)
  }

  #addName(name: string, map: LinkMap): void {
    const known = this.#byName.get(name)
    if (known === undefined) this.#byName.set(name, new Set([map]))
    else known.add(map)
  }
}

function nextOf(link: Link): Link | null {
  if (!link.isDone) return link
  let next = link.next
  while (next?.isDone === true) next = next.next
  return next
}
