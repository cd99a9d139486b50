/**
 * ldconfig: the links that it makes for sonames, and the cache that it writes, after packages have been installed.
 *
 * It scans the directories of /etc/ld.so.conf and its own, in this order, and each one's subdirectories for hardware capabilities. In each directory it keeps one
 * file for each soname: a file rather than a link, else the newest name (library-names.ts). A link by that soname is made or corrected. Of several directories
 * the first one's file is found.
 * Source: search_dir, create_links and add_system_dir of glibc's elf/ldconfig.c and sysdeps/unix/sysv/linux/MACHINE/dl-cache.h, add_to_cache of elf/cache.c;
 * compared with ldconfig 2.36.
 */
import { CheckError } from '../errors/check-error.js'
import type { Host } from './file-head.js'
import { legacySubdirectories } from './legacy-subdirectories.js'
import { compareLibraryNames, isLibraryName } from './library-names.js'
import type { LinkObject } from './link-object.js'
import type { Files } from './linked-file.js'
import type { CacheEntry } from './loader-cache.js'
import { loaderDirectories } from './loader-config.js'
import type { System } from './systems.js'

/** What the loader takes from an entry of the cache. */
export type CachedPath = Pick<CacheEntry, 'path' | 'hwcap' | 'hardware'>

/** By the name of a library, in the order of the cache. */
export type CachedPaths = ReadonlyMap<string, readonly CachedPath[]>

export interface LdconfigResult {
  /** Targets of the links that are made or corrected, by their path without links. */
  readonly links: ReadonlyMap<string, string>
  /** The libraries that programs of `host` could use. */
  readonly cache: CachedPaths
}

/** `words` are those of the subdirectories that the loader searches before glibc 2.37 (legacy-subdirectories.ts). */
export function runLdconfig(files: Files, host: Host, system: System, words: readonly string[]): LdconfigResult {
  const scan = new Scan(files, host)
  const directories = directoriesOf(files, system)
  // The order of the cache: whatever is for some processors only comes first.
  for (const directory of directories)
    for (const hwcap of files.list(`${directory}/glibc-hwcaps`)) scan.directory(`${directory}/glibc-hwcaps/${hwcap}`, hwcap)
  for (const subdirectory of legacyIn(directories, words, files)) scan.directory(subdirectory, null)
  for (const directory of directories) scan.directory(directory, null)
  return { links: scan.links, cache: scan.cache }
}

function directoriesOf(files: Files, { ldconfigDirectories }: System): string[] {
  return [...new Set([...loaderDirectories(files), ...ldconfigDirectories])]
}

/** Of all directories those for most features first. */
function legacyIn(directories: readonly string[], words: readonly string[], files: Files): string[] {
  const exists = (path: string): boolean => files.list(path).length > 0
  const found = directories.flatMap(directory =>
    [...legacySubdirectories(`${directory}/`, words, exists)].map(path => ({
      path: path.slice(0, -1),
      rank: rankOf(path.slice(directory.length), words),
    })),
  )
  return found.sort((a, b) => b.rank - a.rank).map(({ path }) => path)
}

/** Earlier words are more significant. */
function rankOf(subdirectory: string, words: readonly string[]): number {
  return subdirectory.split('/').reduce((rank, word) => rank + (word === '' ? 0 : 2 ** (words.length - words.indexOf(word))), 0)
}

/** The file that stands for a soname in its directory. */
interface Choice {
  readonly name: string
  /** A link by the name that the link editor looks for, or by the soname itself. */
  readonly isLink: boolean
  readonly isUsable: boolean
}

class Scan {
  readonly links = new Map<string, string>()
  readonly cache = new Map<string, CachedPath[]>()
  readonly #files: Files
  readonly #host: Host
  readonly #seen = new Set<string>()

  constructor(files: Files, host: Host) {
    this.#files = files
    this.#host = host
  }

  /** `hwcap` is the subdirectory of glibc-hwcaps; there no links are made, and the file itself is in the cache. A directory is scanned once, by its first name. */
  directory(directory: string, hwcap: string | null): void {
    const real = this.#files.resolve(directory)
    if (real === null || this.#seen.has(real)) return
    this.#seen.add(real)
    for (const [soname, choice] of this.#choicesIn(real)) {
      if (hwcap === null) this.#link(real, soname, choice)
      if (choice.isUsable) this.#enter(soname, { path: `${directory}/${hwcap === null ? soname : choice.name}`, hwcap, hardware: 0n })
    }
  }

  #choicesIn(directory: string): Map<string, Choice> {
    const chosen = new Map<string, Choice>()
    for (const name of this.#files.list(directory)) {
      const object = isLibraryName(name) ? this.#libraryAt(`${directory}/${name}`) : null
      if (object === null) continue
      const ownName = object.dynamic?.soname ?? name
      const isLink = this.#isLink(`${directory}/${name}`) && isLinkFor(name, ownName)
      const soname = isLink ? name : ownName
      if (soname === '' || soname.includes('/')) continue
      const choice = { name, isLink, isUsable: this.#isUsable(object) }
      const known = chosen.get(soname)
      if (known === undefined || isPreferred(choice, known)) chosen.set(soname, choice)
    }
    return chosen
  }

  /** `null` for whatever is not a shared library. */
  #libraryAt(path: string): LinkObject | null {
    const file = this.#files.open(path)
    if (file === null || file.fault !== null) return null
    try {
      const { object } = file.linked()
      return object.type === 'DYN' && object.dynamic !== null ? object : null
    } catch (error) {
      if (error instanceof CheckError) return null
      throw error
    }
  }

  /** `path` has no links but itself. */
  #isLink(path: string): boolean {
    return this.#files.resolve(path) !== path
  }

  #isUsable({ elfClass, endianness, machine }: LinkObject): boolean {
    return machine === this.#host.machine && elfClass === this.#host.elfClass && endianness === this.#host.endianness
  }

  /** A file by the name of the soname stays, although it is another library. */
  #link(directory: string, soname: string, { name }: Choice): void {
    const path = `${directory}/${soname}`
    if (soname === name) return
    const there = this.#files.resolve(path)
    if (there === path || (there !== null && there === this.#files.resolve(`${directory}/${name}`))) return
    this.links.set(path, name)
  }

  #enter(soname: string, entry: CachedPath): void {
    const known = this.cache.get(soname)
    if (known === undefined) this.cache.set(soname, [entry])
    else known.push(entry)
  }
}

/** libx.so for libx.so.1, which the link editor looks for, or the soname itself. Any other link counts as a file of its own name. */
function isLinkFor(name: string, soname: string): boolean {
  return name === soname || (name.endsWith('.so') && soname.startsWith(name))
}

function isPreferred(choice: Choice, known: Choice): boolean {
  if (choice.isLink !== known.isLink) return known.isLink
  return compareLibraryNames(choice.name, known.name) > 0
}
