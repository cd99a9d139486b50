/**
 * From a library's name to a file, as ld.so searches: RPATH of the loader chain, LD_LIBRARY_PATH, RUNPATH, ld.so.cache, the system's directories.
 *
 * Source: _dl_map_object, open_path, fillin_rpath and cache_rpath of glibc's elf/dl-load.c; search_cache of elf/dl-cache.c.
 */
import { trimmedEnd } from '../bytes/trim-end.js'
import { loaderVerdict } from './file-head.js'
import type { CachedPath } from './ldconfig.js'
import { legacySubdirectories } from './legacy-subdirectories.js'
import type { LoaderFile, OpenError } from './linked-file.js'
import { LoadFailure, type LinkMap } from './link-map.js'
import type { LoaderSetup } from './setup.js'
import { expandTokens } from './string-tokens.js'

export interface FoundFile {
  readonly path: string
  readonly file: LoaderFile
}

/** Throws `LoadFailure` where the loader would fail: no file is found, or an unusable one is found first. `program` is the map of the program. */
export function findLibrary(name: string, loader: LinkMap, program: LinkMap, setup: LoaderSetup): FoundFile {
  const search = new Search(setup)
  const path = name.includes('/') ? tokensExpanded(name, loader, setup) : null
  const found = name.includes('/') ? search.at(path) : search.in(listsOf(name, loader, program, setup), name)
  if (found !== null) return found
  const { elfClass } = setup.host
  const why = search.hasSeenOtherClass
    ? `wrong ELF class: ELFCLASS${96 - elfClass}`
    : `cannot open shared object file: ${ERRORS[path === null ? 'ENOENT' : search.errorAt(path)]}`
  throw new LoadFailure(`${name}: ${why}`)
}

/** ld.so has no texts for most errors. */
const ERRORS = {
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Error 20 (not a directory)',
  ENAMETOOLONG: 'Error 36 (file name too long)',
  ELOOP: 'Error 40 (too many levels of symbolic links)',
} as const satisfies Record<OpenError, string>

/** A list of directories, or the path that the cache has. */
type SearchList = readonly string[] | { readonly cached: string }

class Search {
  readonly #setup: LoaderSetup
  hasSeenOtherClass = false

  constructor(setup: LoaderSetup) {
    this.#setup = setup
  }

  in(lists: Iterable<SearchList>, name: string): FoundFile | null {
    for (const list of lists) {
      const found = 'cached' in list ? this.at(list.cached) : this.#inDirectories(list, name)
      if (found !== null) return found
    }
    return null
  }

  at(path: string | null): FoundFile | null {
    if (path === null) return null
    const absolute = this.#absolute(path)
    const file = this.#setup.files.open(absolute)
    if (file === null) return null
    if (file.fault !== null) throw new LoadFailure(`${path}: ${file.fault}`)
    const verdict = loaderVerdict(file.head, this.#setup.host)
    if (verdict.kind === 'refused') throw new LoadFailure(`${path}: ${verdict.why}`)
    if (verdict.kind === 'fits') return { path: absolute, file }
    this.hasSeenOtherClass ||= file.head[4] !== this.#setup.host.elfClass / 32
    return null
  }

  errorAt(path: string): OpenError {
    return this.#setup.files.openError(this.#absolute(path))
  }

  /** A file that is there and cannot be opened ends the search of this list, but not of the next one. */
  #inDirectories(directories: readonly string[], name: string): FoundFile | null {
    for (const directory of directories) {
      const prefix = directory === '' || directory.endsWith('/') ? directory : `${directory}/`
      for (const path of this.#pathsIn(prefix, name)) {
        const found = this.at(path)
        if (found !== null) return found
      }
      if (this.#isObstructed(prefix, name)) return null
    }
    return null
  }

  /** Subdirectories come before the directory itself. An empty directory is the working directory. */
  *#pathsIn(prefix: string, name: string): Generator<string> {
    const { levels, legacy } = this.#setup
    for (const level of levels) yield `${prefix}glibc-hwcaps/${level}/${name}`
    for (const subdirectory of legacySubdirectories(prefix, legacy.words, path => this.#exists(path))) yield subdirectory + name
    yield prefix + name
  }

  #isObstructed(prefix: string, name: string): boolean {
    return (
      this.#setup.files.open(this.#absolute(prefix + name)) === null && this.errorAt(prefix + name) !== 'ENOENT' && this.#exists(prefix)
    )
  }

  #exists(directory: string): boolean {
    return this.#setup.files.list(this.#absolute(directory)).length > 0
  }

  #absolute(path: string): string {
    return path.startsWith('/') ? path : `${this.#setup.workingDirectory}/${path}`
  }
}

/** Everything that is searched for a name without a slash, in order. */
function* listsOf(name: string, loader: LinkMap, program: LinkMap, setup: LoaderSetup): Generator<SearchList> {
  const { libraryPath, cache, system } = setup
  if (loader.dynamic?.runpath === null || loader.dynamic === null) yield* rpathChain(loader, program, setup)
  if (libraryPath !== null) yield directoriesOf(libraryPath, /[:;]/, program, setup)
  yield directoriesOf(loader.dynamic?.runpath ?? '', ':', loader, setup)
  const isWithoutDefault = loader.dynamic?.isWithoutDefaultLibraries === true
  const cached = cachedPath(cache.get(name) ?? [], setup)
  const isDefault = (path: string): boolean => system.directories.some(directory => `${path}/`.startsWith(`${directory}/`))
  if (cached !== null && !(isWithoutDefault && isDefault(cached))) yield { cached }
  if (!isWithoutDefault) yield system.directories
}

/** RPATH of the object, of its loader, of that one's loader, and so on; always ends with the program's. */
function rpathChain(loader: LinkMap, program: LinkMap, setup: LoaderSetup): string[][] {
  const chain: LinkMap[] = []
  for (let map: LinkMap | null = loader; map !== null; map = map.loader) chain.push(map)
  if (!chain.includes(program)) chain.push(program)
  return chain.map(map => directoriesOf(map.dynamic?.rpath ?? '', ':', map, setup))
}

/** An empty list has no directories; an empty element is the working directory. */
function directoriesOf(list: string, separator: string | RegExp, map: LinkMap, setup: LoaderSetup): string[] {
  if (list === '') return []
  return list.split(separator).flatMap(part => {
    const expanded = part === '' ? '' : tokensExpanded(part, map, setup)
    return expanded === null || (expanded === '' && part !== '') ? [] : [trimmedEnd(expanded, '/', 1)]
  })
}

function tokensExpanded(text: string, { origin }: LinkMap, { system }: LoaderSetup): string | null {
  return expandTokens(text, { ORIGIN: origin, LIB: system.lib, PLATFORM: system.platform })
}

/** The entry of the best hwcaps subdirectory that the processor supports, else the first entry that it supports. */
function cachedPath(entries: readonly CachedPath[], { levels, legacy }: LoaderSetup): string | null {
  const named = levels.map(level => entries.find(entry => entry.hwcap === level)).find(entry => entry !== undefined)
  return (named ?? entries.find(({ hwcap, hardware }) => hwcap === null && (hardware & ~legacy.bits) === 0n))?.path ?? null
}
