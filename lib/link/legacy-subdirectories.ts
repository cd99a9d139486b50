/**
 * The predecessor of glibc-hwcaps, removed in glibc 2.37: subdirectories of every searched directory, named after platform and capabilities of the processor,
 * and entries of ld.so.cache with a bit for each.
 *
 * Source: _dl_important_hwcaps of glibc 2.36's elf/dl-hwcaps.c; search_cache of elf/dl-cache.c.
 */
import type { Host } from './file-head.js'
import { hasFeature, processorsOf } from './processors.js'

export interface LegacyHwcaps {
  /** Names of subdirectories, nested in any combination, most significant first. */
  readonly words: readonly string[]
  /** Bits that a usable cache entry may have; the loader skips entries with any other bit. */
  readonly bits: bigint
}

/** Newer loaders: they skip entries with any bit. */
export const NO_LEGACY_HWCAPS: LegacyHwcaps = { words: [], bits: 0n }

const TLS_BIT = 63
/** The first release of glibc 2 without them. */
const END = 37

/** `release` is that of the loader, the N of glibc 2.N; `null` where it is not known. `hwcaps` are those of the processor. */
export function legacyHwcapsOf(host: Host, release: number | null, hwcaps: readonly string[]): LegacyHwcaps {
  const { platforms, capabilities } = processorsOf(host)
  if (platforms.length === 0 || release === null || release >= END) return NO_LEGACY_HWCAPS
  const has = platforms.filter(platform => hasFeature(platform, hwcaps)).slice(0, 1)
  const features = [...has, ...capabilities.filter(capability => hasFeature(capability, hwcaps))]
  const bits = [TLS_BIT, ...features.map(({ bit }) => bit).filter(bit => bit !== null)]
  return { words: ['tls', ...features.map(({ name }) => name)], bits: bits.reduce((all, bit) => all | (1n << BigInt(bit)), 0n) }
}

/**
 * The subdirectories of `directory` that exist, in the order of the search: combinations with more significant words first. `prefix` is the directory with a
 * slash.
 */
export function* legacySubdirectories(
  prefix: string,
  words: readonly string[],
  exists: (directory: string) => boolean,
  isInside = false,
): Generator<string> {
  const [word, ...rest] = words
  if (word === undefined) {
    if (isInside) yield prefix
    return
  }
  if (exists(prefix + word)) yield* legacySubdirectories(`${prefix}${word}/`, rest, exists, true)
  yield* legacySubdirectories(prefix, rest, exists, isInside)
}
