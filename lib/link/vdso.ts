/**
 * The library that the kernel maps into every process (vdso(7)). No file has it; ld.so knows it by its soname before it searches, and an object that needs it
 * by that name puts it into the scope.
 *
 * Source: setup_vdso of glibc's elf/setup-vdso.h; linker scripts arch/MACHINE of Linux (vdso.lds.S), for what kernels since 4.15 define.
 */
import { gnuHash } from '../elf/gnu-hash.js'
import { EM_386, EM_AARCH64, EM_ARM, EM_PPC64, EM_RISCV, EM_S390, EM_X86_64 } from '../elf/machines.js'
import { sysvHash } from '../elf/sysv-hash.js'
import { TRAIT, type Definitions } from './definitions.js'
import { EMPTY_DYNAMIC, EMPTY_LIBRARY } from './empty-library.js'
import type { Host } from './file-head.js'
import { linkMap, type LinkMap } from './link-map.js'
import { LinkedObject, type LoaderFile } from './linked-file.js'
import type { LinkDynamic, LinkObject, VersionName } from './link-object.js'

interface Row {
  readonly machine: number
  readonly soname: string
  /** The version of every symbol. */
  readonly version: string
  readonly symbols: readonly string[]
  /** Weak aliases, with the names of libc's functions. */
  readonly aliases?: readonly string[]
}

const VDSO = ['clock_getres', 'clock_gettime', 'getcpu', 'gettimeofday', 'time']
const KERNEL = ['clock_getres', 'clock_gettime', 'gettimeofday']

const ROWS: readonly Row[] = [
  { machine: EM_X86_64, soname: 'linux-vdso.so.1', version: 'LINUX_2.6', symbols: prefixed('__vdso_', VDSO), aliases: VDSO },
  { machine: EM_386, soname: 'linux-gate.so.1', version: 'LINUX_2.6', symbols: prefixed('__vdso_', [...KERNEL, 'time']) },
  { machine: EM_AARCH64, soname: 'linux-vdso.so.1', version: 'LINUX_2.6.39', symbols: prefixed('__kernel_', [...KERNEL, 'rt_sigreturn']) },
  { machine: EM_ARM, soname: 'linux-vdso.so.1', version: 'LINUX_2.6', symbols: prefixed('__vdso_', ['clock_gettime', 'gettimeofday']) },
  {
    machine: EM_PPC64,
    soname: 'linux-vdso64.so.1',
    version: 'LINUX_2.6.15',
    symbols: prefixed('__kernel_', [...KERNEL, 'getcpu', 'time']),
  },
  { machine: EM_S390, soname: 'linux-vdso64.so.1', version: 'LINUX_2.6.29', symbols: prefixed('__kernel_', [...KERNEL, 'getcpu']) },
  {
    machine: EM_RISCV,
    soname: 'linux-vdso.so.1',
    version: 'LINUX_4.15',
    symbols: prefixed('__vdso_', [...KERNEL, 'getcpu', 'rt_sigreturn']),
  },
]

/** The kernel's library, if that is its name for programs of this kind; else `null`. */
export function vdsoNamed(name: string, host: Host): LinkMap | null {
  const row = ROWS.find(({ machine, soname }) => machine === host.machine && soname === name)
  return row === undefined ? null : linkMap(name, new VdsoFile(row, host), { origin: '' })
}

class VdsoFile implements LoaderFile {
  readonly realPath: string
  readonly identity: string
  readonly head = new Uint8Array(0)
  readonly fault = null
  readonly #linked: LinkedObject

  constructor(row: Row, host: Host) {
    this.realPath = row.soname
    this.identity = `vdso ${row.soname}`
    this.#linked = new LinkedObject(objectOf(row, host))
  }

  linked(): LinkedObject {
    return this.#linked
  }
}

function objectOf(row: Row, { elfClass, endianness, machine }: Host): LinkObject {
  return { ...EMPTY_LIBRARY, elfClass, endianness, machine, dynamic: dynamicOf(row) }
}

function dynamicOf({ soname, version, symbols, aliases = [] }: Row): LinkDynamic {
  const named: VersionName = { name: version, hash: sysvHash(version) }
  const names = [...symbols, ...aliases]
  return {
    ...EMPTY_DYNAMIC,
    soname,
    versionDefinitions: [{ name: soname, hash: sysvHash(soname) }, named],
    versions: [null, null, { ...named, file: null, isStrict: false }],
    strings: `\0${names.map(name => `${name}\0`).join('')}`,
    definitions: definitionsOf(names, symbols.length),
  }
}

const FIRST_NODE = 2

function definitionsOf(names: readonly string[], strong: number): Definitions {
  const offsets = names.map((_, row) => 1 + names.slice(0, row).reduce((sum, name) => sum + name.length + 1, 0))
  return {
    count: names.length,
    nameOffsets: Uint32Array.from(offsets),
    hashes: Uint32Array.from(names, name => gnuHash(name)),
    versyms: new Uint16Array(names.length).fill(FIRST_NODE),
    traits: Uint8Array.from(names, (_, row) => (row < strong ? 0 : TRAIT.WEAK)),
    protectedRows: new Uint32Array(0),
  }
}

function prefixed(prefix: string, names: readonly string[]): string[] {
  return names.map(name => prefix + name)
}
