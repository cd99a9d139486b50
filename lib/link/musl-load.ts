/**
 * Which objects musl loads into a process, and in which order lookup searches them: program, preloads, then breadth first.
 *
 * The C library is the loader itself, under any of its names, and its position is where it is first needed.
 * Source: load_library, load_preload and load_deps of musl 1.2's ldso/dynlink.c.
 */
import type { FoundFile } from './glibc-search.js'
import { LoadFailure, linkMap, type LinkMap } from './link-map.js'
import type { LoaderFile } from './linked-file.js'
import { LoadMessages, type Loaded } from './load.js'
import { findMuslLibrary, muslSystemPath } from './musl-search.js'
import type { LoaderSetup } from './setup.js'
import { gnuHash } from '../elf/gnu-hash.js'

/** `interpreter` is the loader, which is the C library; `null` where it is not available. */
export function loadWithMusl(path: string, file: LoaderFile, interpreter: LinkMap | null, setup: LoaderSetup): Loaded {
  return new MuslLoad(path, file, interpreter, setup).run()
}

class MuslLoad {
  readonly #setup: LoaderSetup
  readonly #program: LinkMap
  readonly #interpreter: LinkMap | null
  readonly #systemPath: string
  /** In the order of lookup. */
  readonly #maps = new Set<LinkMap>()
  /** By the identity of the file; not the program. */
  readonly #byFile = new Map<string, LinkMap>()
  /** By the name under which a search found them. */
  readonly #byShortName = new Map<string, LinkMap>()
  readonly #failures = new LoadMessages()
  readonly #warnings = new LoadMessages()

  constructor(path: string, file: LoaderFile, interpreter: LinkMap | null, setup: LoaderSetup) {
    this.#setup = setup
    this.#interpreter = interpreter
    this.#systemPath = muslSystemPath(file.linked().object.interpreter, setup)
    const origin = file.realPath.slice(0, Math.max(1, file.realPath.lastIndexOf('/')))
    this.#program = linkMap(path, file, { isProgram: true, origin })
    this.#maps.add(this.#program)
  }

  run(): Loaded {
    for (const name of this.#setup.preloads) this.#preload(name)
    // The set grows during the iteration.
    for (const map of this.#maps) {
      for (const { kind, name } of map.dynamic?.dependencies ?? []) if (kind === 'needed') this.#request(name, map)
    }
    return {
      program: this.#program,
      scope: [...this.#maps],
      failures: this.#failures.texts,
      warnings: this.#warnings.texts,
      unread: [...this.#failures.unread, ...this.#warnings.unread],
    }
  }

  /** Nothing needs a preloaded library, so no RPATH is searched for it, and only its own for what it needs. musl is silent about a missing one. */
  #preload(name: string): void {
    try {
      this.#load(name, null)
    } catch (error) {
      this.#warnings.add(error, ': cannot be preloaded, ignored')
    }
  }

  #request(name: string, loader: LinkMap): void {
    try {
      this.#load(name, loader)
    } catch (error) {
      this.#failures.add(error, ` (needed by ${loader.path})`)
    }
  }

  #load(name: string, loader: LinkMap | null): void {
    if (isLibcName(name) && this.#interpreter !== null) return this.#add(this.#interpreter)
    if (this.#byShortName.has(name)) return
    const found = findMuslLibrary(name, loader, this.#systemPath, this.#setup)
    const known = this.#byFile.get(found.file.identity)
    if (known === undefined) this.#addFile(name, found, loader)
    else if (!name.includes('/')) this.#byShortName.set(shortName(known.path), known)
  }

  /** A second C library would break the process: any library with its main symbols is treated as the loader. */
  #addFile(name: string, { path, file }: FoundFile, loader: LinkMap | null): void {
    const map = linkMap(path, file, { loader, name })
    if (this.#interpreter !== null && defines(map, '__libc_start_main') && defines(map, 'stdin')) return this.#add(this.#interpreter)
    if (map.dynamic === null) throw new LoadFailure(`Error loading shared library ${name}: ${path} has no dynamic section`)
    this.#add(map)
    if (!name.includes('/')) this.#byShortName.set(shortName(path), map)
  }

  #add(map: LinkMap): void {
    this.#maps.add(map)
    if (!this.#byFile.has(map.file.identity)) this.#byFile.set(map.file.identity, map)
  }
}

/** Prefixes of the names of libraries that are part of musl's C library: libc.so, libpthread.so.0 … */
function isLibcName(name: string): boolean {
  return /^lib(?:c|pthread|rt|m|dl|util|xnet)\./.test(name)
}

function shortName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function defines({ linked: { index } }: LinkMap, name: string): boolean {
  if (index === null) return false
  const hash = gnuHash(name)
  for (let at = index.first(hash); at !== 0; at = index.next(at - 1)) if (index.isNamed(at - 1, name, hash)) return true
  return false
}
