/**
 * The predecessor of glibc-hwcaps, removed in glibc 2.37: subdirectories of every searched directory, named after features of the processor, and entries of
 * ld.so.cache with a bit for each.
 *
 * A baseline processor is assumed. Features of better ones (haswell, avx512_1) are left out, like glibc-hwcaps that are not requested.
 * Source: _dl_important_hwcaps of glibc 2.36's elf/dl-hwcaps.c; search_cache of elf/dl-cache.c; HWCAP_IMPORTANT and the names and bits of sysdeps/x86/dl-hwcap.h,
 * sysdeps/x86/dl-procinfo.c, sysdeps/unix/sysv/linux/aarch64/dl-procinfo.h; read out of the loaders of Debian 12.
 */
import { EM_386, EM_AARCH64, EM_X86_64 } from '../elf/machines.js'
import type { Host } from './file-head.js'

export interface LegacyHwcaps {
  /** Best first, each with a trailing slash. */
  readonly subdirectories: readonly string[]
  /** Bits that a usable cache entry may have; the loader skips entries with any other bit. */
  readonly bits: bigint
}

/** Newer loaders: they skip entries with any bit. */
export const NO_LEGACY_HWCAPS: LegacyHwcaps = { subdirectories: [], bits: 0n }

const TLS_BIT = 1n << 63n
/** The first release of glibc 2 without them. */
const END = 37

interface Row {
  readonly machine: number
  /** Most significant first. The platform is between `tls` and the hardware capabilities. */
  readonly words: readonly string[]
  readonly bits: bigint
}

const ROWS: readonly Row[] = [
  { machine: EM_X86_64, words: ['tls', 'x86_64', 'x86_64'], bits: TLS_BIT | (1n << 1n) },
  { machine: EM_386, words: ['tls', 'i686', 'sse2'], bits: TLS_BIT | (1n << 0n) | (1n << 49n) },
  { machine: EM_AARCH64, words: ['tls', 'aarch64'], bits: TLS_BIT },
]

/** `release` is that of the loader, the N of glibc 2.N; `null` where it is not known. */
export function legacyHwcapsOf({ machine }: Host, release: number | null): LegacyHwcaps {
  const row = ROWS.find(candidate => candidate.machine === machine)
  if (row === undefined) return NO_LEGACY_HWCAPS
  return release === null || release >= END ? NO_LEGACY_HWCAPS : { subdirectories: combinations(row.words), bits: row.bits }
}

/** All combinations of the words, those with more significant words first. */
function combinations(words: readonly string[]): string[] {
  const all: string[] = []
  for (let set = 2 ** words.length - 1; set > 0; set--)
    all.push(words.map((word, place) => ((set >> (words.length - 1 - place)) & 1 ? `${word}/` : '')).join(''))
  return [...new Set(all)]
}
