/**
 * The circumstances in which a program is started: everything that affects its bindings and is not part of the program or its libraries.
 */
import { CheckError } from '../errors/check-error.js'
import { byteStringOf } from '../bytes/names.js'
import type { Host } from './file-head.js'
import { glibcReleaseOf } from './glibc-release.js'
import type { Files } from './linked-file.js'
import { NO_LEGACY_HWCAPS, legacyHwcapsOf, type LegacyHwcaps } from './legacy-subdirectories.js'
import { runLdconfig, type CachedPath, type CachedPaths } from './ldconfig.js'
import { decodeLoaderCache, type CacheEntry } from './loader-cache.js'
import { preloadFileNames } from './preload-file.js'
import { hasFeature, processorsOf } from './processors.js'
import { systemOf, type System } from './systems.js'

export type Libc = 'glibc' | 'musl'

/** The caller's choices. */
export interface SimulationOptions {
  readonly files: Files
  /** The files are only a part of a system: programs may need files of other packages. */
  readonly isPartial: boolean
  /** Packages have just been installed: the cache is what ldconfig then writes, not the one among the files. */
  readonly isJustInstalled: boolean
  /** `null` to derive it from a program's interpreter. */
  readonly libc: Libc | null
  /** Absolute; where relative paths begin. */
  readonly workingDirectory: string
  /** LD_LIBRARY_PATH; `null` where it is not set. */
  readonly libraryPath: string | null
  /** LD_PRELOAD, split into names. */
  readonly preload: readonly string[]
  /** What the processor has beyond the baseline (processors.ts); names of other machines have no effect on a program. */
  readonly hwcaps: readonly string[]
  /** LD_DYNAMIC_WEAK: a later strong definition takes precedence over an earlier weak one. */
  readonly prefersStrong: boolean
  /** LD_BIND_NOW: calls of all objects are bound at start-up. */
  readonly bindsNow: boolean
}

/** An environment without loader variables, on a processor without extras. */
export const PLAIN_ENVIRONMENT = {
  libc: null,
  isJustInstalled: false,
  workingDirectory: '',
  libraryPath: null,
  preload: [],
  hwcaps: [],
  prefersStrong: false,
  bindsNow: false,
} as const satisfies Partial<SimulationOptions>

/** The options together with what follows from them for programs of one class, byte order, machine and libc; shared by those. */
export interface LoaderSetup extends SimulationOptions {
  readonly libc: Libc
  readonly host: Host
  /** Subdirectories of glibc-hwcaps, best first. */
  readonly levels: readonly string[]
  readonly system: System
  /** The N of glibc 2.N; `null` where it is not known, and for another libc. */
  readonly release: number | null
  readonly legacy: LegacyHwcaps
  readonly cache: CachedPaths
  /** The cache is one of the files, not what ldconfig would write. */
  readonly isCacheFound: boolean
  /** LD_PRELOAD and /etc/ld.so.preload. */
  readonly preloads: readonly string[]
}

export function loaderSetupFor(host: Host, libc: Libc, options: SimulationOptions): LoaderSetup {
  const { files, preload, hwcaps } = options
  const { levels, platforms } = processorsOf(host)
  const system = systemOf(host, path => files.list(path))
  const common = {
    ...options,
    libc,
    host,
    levels: levels.filter(level => hwcaps.includes(level)),
    system: { ...system, platform: platforms.find(platform => hasFeature(platform, hwcaps))?.name ?? system.platform },
  }
  if (libc === 'musl')
    return { ...common, release: null, legacy: NO_LEGACY_HWCAPS, cache: new Map(), isCacheFound: false, preloads: preload }
  const release = glibcReleaseOf(system.directories, files)
  const legacy = legacyHwcapsOf(host, release, hwcaps)
  const found = options.isJustInstalled ? null : cacheOf(host, system, files)
  const { links, cache } = found === null ? runLdconfig(files, host, system, legacy.words) : { links: NO_LINKS, cache: found }
  const bytes = files.read('/etc/ld.so.preload')
  const preloads = [...preload, ...preloadFileNames(bytes === null ? '' : byteStringOf(bytes))]
  return { ...common, release, legacy, files: files.withLinks(links), cache, isCacheFound: found !== null, preloads }
}

const NO_LINKS: ReadonlyMap<string, string> = new Map()

/** Blanks and colons separate the names in LD_PRELOAD. Source: handle_preload_list of glibc's elf/rtld.c. */
export function preloadNames(list: string): string[] {
  return list.split(/[ :]/).filter(name => name !== '')
}

/** `null` where there is none. The loader ignores a malformed cache. */
function cacheOf(host: Host, { cacheFlags }: System, files: Files): CachedPaths | null {
  const bytes = files.read('/etc/ld.so.cache')
  if (bytes === null || cacheFlags === null) return null
  const byName = new Map<string, CachedPath[]>()
  for (const entry of readCache(bytes, host)) {
    if (!cacheFlags.includes(entry.flags)) continue
    const same = byName.get(entry.name)
    if (same === undefined) byName.set(entry.name, [entry])
    else same.push(entry)
  }
  return byName
}

function readCache(bytes: Uint8Array, { endianness }: Host): CacheEntry[] {
  try {
    return decodeLoaderCache(bytes, endianness)
  } catch (error) {
    if (error instanceof CheckError) return []
    throw error
  }
}
