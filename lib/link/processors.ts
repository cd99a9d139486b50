/**
 * What better processors of a machine have: names of glibc-hwcaps subdirectories, and the platforms and capabilities after which glibc named subdirectories
 * before release 2.37 (legacy-subdirectories.ts). Plain data; all of them together are the names that `hwcaps` may have.
 *
 * Source: sysdeps/MACHINE/dl-hwcaps-subdirs.c of glibc 2.36 (machines without that file have no subdirectories); HWCAP_IMPORTANT, names and bits of
 * dl-hwcap.h, dl-procinfo.h and dl-procinfo.c of x86, s390, powerpc, arm and aarch64; cpu-features.c of x86 for what counts as haswell.
 * Compared with `ld.so --help` of Debian 12 for x86-64, i386, aarch64, ppc64le and s390x.
 */
import { EM_386, EM_AARCH64, EM_ARM, EM_PPC64, EM_S390, EM_X86_64 } from '../elf/machines.js'
import type { Host } from './file-head.js'

/** A platform (AT_PLATFORM) or a capability (AT_HWCAP). */
export interface Feature {
  readonly name: string
  /** Number of its bit in ld.so.cache; `null` where it has none. */
  readonly bit: number | null
  /** The name in `hwcaps` that implies it; `null` where every processor has it. */
  readonly impliedBy: string | null
}

export interface Processors {
  /** Subdirectories of glibc-hwcaps, best first. */
  readonly levels: readonly string[]
  /** Best first; a processor has the first that applies. */
  readonly platforms: readonly Feature[]
  /** Most significant bit first. */
  readonly capabilities: readonly Feature[]
  /** The `hwcaps` of kinds of processors, the baseline first. */
  readonly kinds: readonly (readonly string[])[]
}

interface Row extends Processors {
  readonly machine: number
  readonly elfClass?: 32 | 64
  readonly endianness?: 'little' | 'big'
}

const X86_64_LEVELS = ['x86-64-v4', 'x86-64-v3', 'x86-64-v2']
const POWER_LEVELS = ['power10', 'power9']
const Z_LEVELS = ['z16', 'z15', 'z14', 'z13']

const ROWS: readonly Row[] = [
  {
    machine: EM_X86_64,
    levels: X86_64_LEVELS,
    // Only of processors made by Intel.
    platforms: [feature('xeon_phi', 51, 'xeon_phi'), feature('haswell', 50, 'haswell'), feature('x86_64', null)],
    capabilities: [feature('avx512_1', 2, 'avx512_1'), feature('x86_64', 1)],
    kinds: [...kindsOf(X86_64_LEVELS), ['x86-64-v3', 'x86-64-v2', 'haswell'], [...X86_64_LEVELS, 'haswell', 'avx512_1']],
  },
  { machine: EM_386, levels: [], platforms: [feature('i686', 49)], capabilities: [feature('sse2', 0)], kinds: [[]] },
  {
    machine: EM_AARCH64,
    levels: [],
    platforms: [feature('aarch64', null)],
    capabilities: [feature('atomics', 8, 'atomics')],
    kinds: [[], ['atomics']],
  },
  {
    machine: EM_ARM,
    levels: [],
    platforms: [feature('v7l', null)],
    capabilities: [feature('neon', 12, 'neon'), feature('vfp', 6)],
    kinds: [[], ['neon']],
  },
  {
    machine: EM_PPC64,
    endianness: 'little',
    levels: POWER_LEVELS,
    platforms: [feature('power10', 47, 'power10'), feature('power9', 46, 'power9'), feature('power8', 45)],
    capabilities: [feature('altivec', 28), feature('dfp', 10)],
    kinds: kindsOf(POWER_LEVELS),
  },
  {
    machine: EM_S390,
    elfClass: 64,
    levels: Z_LEVELS,
    platforms: [...Z_LEVELS.map((level, index) => feature(level, 42 - index, level)), feature('z10', 36)],
    capabilities: [
      feature('vxe2', 15, 'z15'),
      feature('vxe', 13, 'z14'),
      feature('vx', 11, 'z13'),
      feature('dfp', 6),
      feature('eimm', 5),
      feature('ldisp', 4),
      feature('zarch', 1),
    ],
    kinds: kindsOf(Z_LEVELS),
  },
]

const UNKNOWN: Processors = { levels: [], platforms: [], capabilities: [], kinds: [[]] }

export function processorsOf({ machine, elfClass, endianness }: Host): Processors {
  const isOf = (row: Row): boolean =>
    row.machine === machine && (row.elfClass ?? elfClass) === elfClass && (row.endianness ?? endianness) === endianness
  return ROWS.find(isOf) ?? UNKNOWN
}

/** Names of the subdirectories of glibc-hwcaps that the machine's processors may have, best first. */
export function hwcapLevelsOf(host: Host): readonly string[] {
  return processorsOf(host).levels
}

/** Every name that `hwcaps` may have, of all machines. */
export const HWCAP_NAMES: readonly string[] = [
  ...new Set(
    ROWS.flatMap(({ levels, platforms, capabilities }) => [
      ...levels,
      ...[...platforms, ...capabilities].flatMap(({ impliedBy }) => (impliedBy === null ? [] : [impliedBy])),
    ]),
  ),
]

/** Does a processor with these hwcaps have the feature? */
export function hasFeature({ impliedBy }: Feature, hwcaps: readonly string[]): boolean {
  return impliedBy === null || hwcaps.includes(impliedBy)
}

function feature(name: string, bit: number | null, impliedBy: string | null = null): Feature {
  return { name, bit, impliedBy }
}

/** A better processor has the lesser levels too. `levels` are best first. */
function kindsOf(levels: readonly string[]): string[][] {
  return [...levels, ''].map((_, index) => levels.slice(index)).reverse()
}
