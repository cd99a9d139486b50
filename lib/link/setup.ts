/**
 * The circumstances in which a program is started: everything that affects its bindings and is not part of the program or its libraries.
 */
import { CheckError } from '../errors/check-error.js'
import { byteStringOf } from '../bytes/names.js'
import type { Host } from './file-head.js'
import { glibcReleaseOf } from './glibc-release.js'
import type { Files } from './linked-file.js'
import { NO_LEGACY_HWCAPS, legacyHwcapsOf, type LegacyHwcaps } from './legacy-subdirectories.js'
import { decodeLoaderCache, type CacheEntry } from './loader-cache.js'
import { configuredDirectories } from './loader-config.js'
import { hasFeature, processorsOf } from './processors.js'
import { systemOf, type System } from './systems.js'

export type Libc = 'glibc' | 'musl'

/** The caller's choices. */
export interface SimulationOptions {
  readonly files: Files
  /** The files are only a part of a system: programs may need files of other packages. */
  readonly isPartial: boolean
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
  /** By name, in the order of the cache; `null` where there is no cache. */
  readonly cache: ReadonlyMap<string, readonly CacheEntry[]> | null
  /** Of ld.so.conf; searched where there is no cache. */
  readonly configured: readonly string[]
  /** LD_PRELOAD and /etc/ld.so.preload. */
  readonly preloads: readonly string[]
}

export function loaderSetupFor(host: Host, libc: Libc, options: SimulationOptions): LoaderSetup {
  const { files, preload, hwcaps } = options
  const { levels, platforms } = processorsOf(host)
  const system = systemOf(host, path => files.list(path))
  const cache = cacheOf(host, system, files)
  const release = libc === 'musl' ? null : glibcReleaseOf(system.directories, files)
  const text = (path: string): string | null => {
    const bytes = files.read(path)
    return bytes === null ? null : byteStringOf(bytes)
  }
  return {
    ...options,
    libc,
    host,
    levels: levels.filter(level => hwcaps.includes(level)),
    system: { ...system, platform: platforms.find(platform => hasFeature(platform, hwcaps))?.name ?? system.platform },
    release,
    legacy: libc === 'musl' ? NO_LEGACY_HWCAPS : legacyHwcapsOf(host, release, hwcaps),
    cache,
    configured: cache === null ? configuredDirectories('/etc/ld.so.conf', { read: text, list: path => files.list(path) }) : [],
    // musl does not read this file.
    preloads: libc === 'musl' ? preload : [...preload, ...preloadFileNames(text('/etc/ld.so.preload') ?? '')],
  }
}

/** Blanks and colons separate the names in LD_PRELOAD. Source: handle_preload_list of glibc's elf/rtld.c. */
export function preloadNames(list: string): string[] {
  return list.split(/[ :]/).filter(name => name !== '')
}

function preloadFileNames(text: string): string[] {
  return text
    .replace(/#.*/g, '')
    .split(/[ \t\n:]/)
    .filter(name => name !== '')
}

/** The loader ignores a malformed cache. */
function cacheOf(host: Host, { cacheFlags }: System, files: Files): LoaderSetup['cache'] {
  const bytes = files.read('/etc/ld.so.cache')
  if (bytes === null || cacheFlags === null) return null
  const byName = new Map<string, CacheEntry[]>()
  for (const entry of readCache(bytes, host)) {
    if (entry.flags !== cacheFlags) continue
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
