/**
 * What is built into the loader of a system: its default directories, the values of $LIB and $PLATFORM, and which entries of ld.so.cache apply.
 *
 * Debian's loaders search directories named after machine and ABI, those of Red Hat, SUSE and most others lib64 or lib. Programs do not differ, so the
 * contents of the root decide: of /lib/x86_64-linux-gnu and of /lib64.
 * Source: system_dirs and DL_DST_LIB in glibc's elf/dl-load.c, read out of the loaders of Debian 12; cache flags of glibc's
 * sysdeps/unix/sysv/linux/MACHINE/dl-cache.h, sysdeps/generic/dl-cache.h and ldconfig.h.
 */
import { EM_386, EM_AARCH64, EM_ARM, EM_PPC64, EM_RISCV, EM_S390, EM_X86_64, machineName } from '../elf/machines.js'
import type { Host } from './file-head.js'

export interface System {
  /** Searched last, in this order. */
  readonly directories: readonly string[]
  /** What $LIB stands for. */
  readonly lib: string
  /** What $PLATFORM stands for: AT_PLATFORM of a baseline processor. */
  readonly platform: string
  /** Scanned by ldconfig behind those of ld.so.conf, in this order. */
  readonly ldconfigDirectories: readonly string[]
  /** Flags of the entries of ld.so.cache that the loader uses; `null` where they are not known. */
  readonly cacheFlags: readonly number[] | null
}

const LIBC = 'libc.so.6'
/** `ld-linux-x86-64.so.2`, `ld64.so.2`. */
const LOADER = /^ld/

/** A library that needs no C library, of which ldconfig cannot say more; on most machines it says so of none. */
const ELF = 0x0001

interface Row {
  readonly machine: number
  readonly elfClass: 32 | 64
  /** Names of Debian's directories; of several ABIs the first whose directory the root has. */
  readonly triplets: readonly string[]
  /** AT_PLATFORM of a baseline processor. */
  readonly platform: string
  readonly cacheFlags: readonly number[]
  /** Below lib or lib64. */
  readonly subdirectory?: string
}

const ROWS: readonly Row[] = [
  { machine: EM_X86_64, elfClass: 64, triplets: ['x86_64-linux-gnu'], platform: 'x86_64', cacheFlags: [0x0303] },
  { machine: EM_X86_64, elfClass: 32, triplets: ['x86_64-linux-gnux32'], platform: 'x86_64', cacheFlags: [0x0803] },
  { machine: EM_386, elfClass: 32, triplets: ['i386-linux-gnu'], platform: 'i686', cacheFlags: [0x0003, ELF] },
  { machine: EM_AARCH64, elfClass: 64, triplets: ['aarch64-linux-gnu'], platform: 'aarch64', cacheFlags: [0x0a03] },
  { machine: EM_ARM, elfClass: 32, triplets: ['arm-linux-gnueabihf', 'arm-linux-gnueabi'], platform: 'v7l', cacheFlags: [0x0903, 0x0003] },
  { machine: EM_PPC64, elfClass: 64, triplets: ['powerpc64le-linux-gnu', 'powerpc64-linux-gnu'], platform: 'power8', cacheFlags: [0x0503] },
  { machine: EM_S390, elfClass: 64, triplets: ['s390x-linux-gnu'], platform: 'z900', cacheFlags: [0x0403] },
  {
    machine: EM_RISCV,
    elfClass: 64,
    triplets: ['riscv64-linux-gnu'],
    platform: 'riscv64',
    cacheFlags: [0x1003],
    subdirectory: '/lp64d',
  },
]

/** For all ABIs of a system with lib64, whatever the loader of one of them searches; without it the others do not exist. */
const LDCONFIG_DIRECTORIES = ['', '/usr'].flatMap(prefix =>
  ['lib', 'lib32', 'lib64', 'libx32', 'lib64/lp64d'].map(name => `${prefix}/${name}`),
)

/** Names in a directory of the root; empty if it does not exist. */
type NamesIn = (path: string) => readonly string[]

export function systemOf({ machine, elfClass }: Host, namesIn: NamesIn): System {
  const row = ROWS.find(candidate => candidate.machine === machine && candidate.elfClass === elfClass)
  const wide = elfClass === 64 ? namesInBoth('lib64', namesIn) : []
  const triplet = row?.triplets.find(name => isDebian(namesInBoth(`lib/${name}`, namesIn), wide))
  const base = { platform: row?.platform ?? machineName(machine), cacheFlags: row?.cacheFlags ?? null }
  if (triplet !== undefined) {
    const directories = [`/lib/${triplet}`, `/usr/lib/${triplet}`, '/lib', '/usr/lib']
    return { ...base, lib: `lib/${triplet}`, directories, ldconfigDirectories: directories }
  }
  const lib = wide.length > 0 ? `lib64${row?.subdirectory ?? ''}` : 'lib'
  return { ...base, lib, directories: [`/${lib}`, `/usr/${lib}`], ldconfigDirectories: LDCONFIG_DIRECTORIES }
}

function namesInBoth(directory: string, namesIn: NamesIn): string[] {
  return [...namesIn(`/${directory}`), ...namesIn(`/usr/${directory}`)]
}

/** A stray package may have the other layout: the location of libc decides; without one, Debian's layout requires that lib64 holds only the loader. */
function isDebian(inTriplet: readonly string[], inLib64: readonly string[]): boolean {
  if (inTriplet.includes(LIBC) !== inLib64.includes(LIBC)) return inTriplet.includes(LIBC)
  return inTriplet.length > 0 && inLib64.every(name => LOADER.test(name))
}
