/**
 * The predecessor of glibc-hwcaps, removed in glibc 2.37: subdirectories of every searched directory, named after features of the processor, and entries of
 * ld.so.cache with a bit for each.
 *
 * A baseline processor is assumed. Features of better ones (haswell, avx512_1) are left out, like glibc-hwcaps that are not requested.
 * Source: _dl_important_hwcaps of glibc 2.36's elf/dl-hwcaps.c; search_cache of elf/dl-cache.c; HWCAP_IMPORTANT and the names and bits of sysdeps/x86/dl-hwcap.h,
 * sysdeps/x86/dl-procinfo.c, sysdeps/unix/sysv/linux/aarch64/dl-procinfo.h; read out of the loaders of Debian 12.
 */
import { EM_386, EM_AARCH64, EM_X86_64 } from '../elf/machines.js'
import { CheckError } from '../errors/check-error.js'
import type { Host } from './file-head.js'
import type { Files } from './linked-file.js'

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

/** `directories` are those that may hold the C library, whose version definitions show the loader's release. */
export function legacyHwcapsOf({ machine }: Host, directories: readonly string[], files: Files): LegacyHwcaps {
  const row = ROWS.find(candidate => candidate.machine === machine)
  if (row === undefined) return NO_LEGACY_HWCAPS
  const release = releaseOf(directories, files)
  return release === null || release >= END ? NO_LEGACY_HWCAPS : { subdirectories: combinations(row.words), bits: row.bits }
}

/** All combinations of the words, those with more significant words first. */
function combinations(words: readonly string[]): string[] {
  const all: string[] = []
  for (let set = 2 ** words.length - 1; set > 0; set--)
    all.push(words.map((word, place) => ((set >> (words.length - 1 - place)) & 1 ? `${word}/` : '')).join(''))
  return [...new Set(all)]
}

/** N of the last GLIBC_2.N that the C library defines; `null` without a C library. 2.37 defines no new version, so it counts as 2.36. */
function releaseOf(directories: readonly string[], files: Files): number | null {
  for (const directory of directories) {
    const names = versionsIn(`${directory}/libc.so.6`, files)
    const releases = names.map(name => Number(/^GLIBC_2\.(\d+)$/.exec(name)?.[1] ?? Number.NaN)).filter(release => !Number.isNaN(release))
    if (releases.length > 0) return Math.max(...releases)
  }
  return null
}

function versionsIn(path: string, files: Files): string[] {
  const file = files.open(path)
  if (file === null || file.fault !== null) return []
  try {
    return (file.linked().object.dynamic?.versionDefinitions ?? []).map(({ name }) => name)
  } catch (error) {
    if (error instanceof CheckError) return []
    throw error
  }
}
