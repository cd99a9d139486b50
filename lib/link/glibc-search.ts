/**
 * From a library's name to a file, as ld.so searches: RPATH of the loader chain, LD_LIBRARY_PATH, RUNPATH, ld.so.cache, the system's directories.
 *
 * Source: _dl_map_object, open_path, fillin_rpath and cache_rpath of glibc's elf/dl-load.c; search_cache of elf/dl-cache.c.
 */
import { loaderVerdict } from './file-head.js'
import type { LoaderFile } from './linked-file.js'
import type { CachedPath } from './ldconfig.js'
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
  const found = name.includes('/') ? search.at(tokensExpanded(name, loader, setup)) : search.first(placesOf(name, loader, program, setup))
  if (found !== null) return found
  const { elfClass } = setup.host
  const why = search.hasSeenOtherClass
    ? `wrong ELF class: ELFCLASS${96 - elfClass}`
    : 'cannot open shared object file: No such file or directory'
  throw new LoadFailure(`${name}: ${why}`)
}

class Search {
  readonly #setup: LoaderSetup
  hasSeenOtherClass = false

  constructor(setup: LoaderSetup) {
    this.#setup = setup
  }

  first(paths: Iterable<string>): FoundFile | null {
    for (const path of paths) {
      const found = this.at(path)
      if (found !== null) return found
    }
    return null
  }

  at(path: string | null): FoundFile | null {
    if (path === null) return null
    const absolute = path.startsWith('/') ? path : `${this.#setup.workingDirectory}/${path}`
    const file = this.#setup.files.open(absolute)
    if (file === null) return null
    if (file.fault !== null) throw new LoadFailure(`${path}: ${file.fault}`)
    const verdict = loaderVerdict(file.head, this.#setup.host)
    if (verdict.kind === 'refused') throw new LoadFailure(`${path}: ${verdict.why}`)
    if (verdict.kind === 'fits') return { path: absolute, file }
    this.hasSeenOtherClass ||= file.head[4] !== this.#setup.host.elfClass / 32
    return null
  }
}

/** Every path that is tried for a name without a slash, in search order. */
function* placesOf(name: string, loader: LinkMap, program: LinkMap, setup: LoaderSetup): Generator<string> {
  const { libraryPath, cache, system } = setup
  const inDirectories = (directories: readonly string[]): Generator<string> => placesIn(directories, name, setup)
  if (loader.dynamic?.runpath === null || loader.dynamic === null) yield* inDirectories(rpathChain(loader, program, setup))
  if (libraryPath !== null) yield* inDirectories(directoriesOf(libraryPath, /[:;]/, program, setup))
  yield* inDirectories(directoriesOf(loader.dynamic?.runpath ?? '', ':', loader, setup))
  const isWithoutDefault = loader.dynamic?.isWithoutDefaultLibraries === true
  const cached = cachedPath(cache.get(name) ?? [], setup)
  const isDefault = (path: string): boolean => system.directories.some(directory => `${path}/`.startsWith(`${directory}/`))
  if (cached !== null && !(isWithoutDefault && isDefault(cached))) yield cached
  if (!isWithoutDefault) yield* inDirectories(system.directories)
}

/** Subdirectories come before the directory itself. An empty directory is the working directory. */
function* placesIn(directories: readonly string[], name: string, { hwcaps, legacy }: LoaderSetup): Generator<string> {
  for (const directory of directories) {
    const prefix = directory === '' || directory.endsWith('/') ? directory : `${directory}/`
    for (const hwcap of hwcaps) yield `${prefix}glibc-hwcaps/${hwcap}/${name}`
    for (const subdirectory of legacy.subdirectories) yield `${prefix}${subdirectory}${name}`
    yield prefix + name
  }
}

/** RPATH of the object, of its loader, of that one's loader, and so on; always ends with the program's. */
function rpathChain(loader: LinkMap, program: LinkMap, setup: LoaderSetup): string[] {
  const chain: LinkMap[] = []
  for (let map: LinkMap | null = loader; map !== null; map = map.loader) chain.push(map)
  if (!chain.includes(program)) chain.push(program)
  return chain.flatMap(map => directoriesOf(map.dynamic?.rpath ?? '', ':', map, setup))
}

/** An empty list has no directories; an empty element is the working directory. */
function directoriesOf(list: string, separator: string | RegExp, map: LinkMap, setup: LoaderSetup): string[] {
  if (list === '') return []
  return list.split(separator).flatMap(part => {
    const expanded = part === '' ? '' : tokensExpanded(part, map, setup)
    return expanded === null || (expanded === '' && part !== '') ? [] : [expanded.replace(/(.)\/+$/, '$1')]
  })
}

function tokensExpanded(text: string, { origin }: LinkMap, { system }: LoaderSetup): string | null {
  return expandTokens(text, { ORIGIN: origin, LIB: system.lib, PLATFORM: system.platform })
}

/** The entry of the best hwcaps subdirectory that the processor supports, else the first entry that it supports. */
function cachedPath(entries: readonly CachedPath[], { hwcaps, legacy }: LoaderSetup): string | null {
  const named = hwcaps.map(hwcap => entries.find(entry => entry.hwcap === hwcap)).find(entry => entry !== undefined)
  return (named ?? entries.find(({ hwcap, hardware }) => hwcap === null && (hardware & ~legacy.bits) === 0n))?.path ?? null
}
