/**
 * The loader's check of a file's first bytes before it maps it: whether to accept it, to continue the search, or to fail.
 *
 * Source: open_verify of glibc's elf/dl-load.c. The order of the checks decides what is fatal: another class or machine is skipped, but not another byte
 * order; measured.
 */
import type { Endianness } from '../bytes/reader.js'
import { isElf, type ElfClass } from '../elf/header.js'
import { EM_386, EM_ARM, EM_MIPS, EM_PPC, EM_PPC64, EM_RISCV, EM_SPARC, EM_SPARCV9, EM_X86_64 } from '../elf/machines.js'

/** What a library must share with its program. */
export interface Host {
  readonly elfClass: ElfClass
  readonly endianness: Endianness
  readonly machine: number
}

/** `skipped`: the search continues. `refused`: the program fails to start with this message. */
export type LoaderVerdict = { readonly kind: 'fits' } | { readonly kind: 'skipped' } | { readonly kind: 'refused'; readonly why: string }

const EI_CLASS = 4,
  EI_DATA = 5,
  EI_VERSION = 6,
  EI_OSABI = 7,
  EI_ABIVERSION = 8,
  EI_PAD = 9,
  EI_NIDENT = 16
const HEADER_SIZE = { 32: 52, 64: 64 } as const
const PROGRAM_HEADER_SIZE = { 32: 32, 64: 56 } as const
const PROGRAM_HEADER_SIZE_AT = { 32: 42, 64: 54 } as const
const ELFOSABI_SYSV = 0,
  ELFOSABI_GNU = 3,
  ELFOSABI_ARM_AEABI = 64
/**
 * From this EI_ABIVERSION on an object with ELFOSABI_GNU requires a newer loader (LIBC_ABI_MAX): unique symbols and absolute symbols are an ABI version
 * each, and on machines whose indirect functions came later, those too. Source: glibc's libc-abis.
 */
const GNU_ABI_VERSIONS = 3
const GNU_ABI_VERSIONS_WITH_IFUNC = 4
const MACHINES_WITH_IFUNC_ABI: ReadonlySet<number> = new Set([EM_386, EM_X86_64, EM_PPC, EM_PPC64, EM_SPARC, EM_SPARCV9, EM_RISCV])
/** MIPS has numbered its own ABI versions in objects with ELFOSABI_SYSV; all other machines accept 0 there. */
const MIPS_ABI_VERSIONS = 6
const ET_EXEC = 2,
  ET_DYN = 3

/** Bytes that the loader examines before it accepts a file. */
const HEAD_LENGTH = 64

/** The first 64 bytes of a file, fewer for a short one. A copy: readers use one buffer for file after file, and Buffer's `slice` is a view of it. */
export function headOf(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes.subarray(0, HEAD_LENGTH))
}

/** `head` is a file's first 64 bytes, fewer for a short one. */
export function loaderVerdict(head: Uint8Array, host: Host): LoaderVerdict {
  if (head.length < HEADER_SIZE[host.elfClass]) return refused('file too short')
  if (!isElf(head)) return refused('invalid ELF header')
  if (head[EI_CLASS] !== host.elfClass / 32) return { kind: 'skipped' }
  const fault = identFault(head, host)
  return fault === null ? headerVerdict(head, host) : refused(fault)
}

/**
 * musl looks at e_type alone (map_library of its ldso/dynlink.c). A library of another class, byte order or machine cannot be told from garbage by it, and
 * ends in a crash or an error; OS ABI and versions have no effect.
 */
export function canMuslMap(head: Uint8Array, { elfClass, endianness, machine }: Host): boolean {
  if (head.length < HEADER_SIZE[elfClass] || !isElf(head)) return false
  if (head[EI_CLASS] !== elfClass / 32 || head[EI_DATA] !== (endianness === 'little' ? 1 : 2)) return false
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const type = view.getUint16(16, endianness === 'little')
  return view.getUint16(18, endianness === 'little') === machine && (type === ET_DYN || type === ET_EXEC)
}

function identFault(head: Uint8Array, host: Host): string | null {
  const osAbi = head[EI_OSABI]!
  if (head[EI_DATA] !== (host.endianness === 'little' ? 1 : 2)) return `ELF file data encoding not ${host.endianness}-endian`
  if (head[EI_VERSION] !== 1) return 'ELF file version ident does not match current one'
  if (!isKnownOsAbi(osAbi, host.machine)) return 'ELF file OS ABI invalid'
  if (head[EI_ABIVERSION]! >= abiVersionsOf(osAbi, host.machine)) return 'ELF file ABI version invalid'
  return head.subarray(EI_PAD, EI_NIDENT).some(byte => byte !== 0) ? 'nonzero padding in e_ident' : null
}

function isKnownOsAbi(osAbi: number, machine: number): boolean {
  return osAbi === ELFOSABI_SYSV || osAbi === ELFOSABI_GNU || (osAbi === ELFOSABI_ARM_AEABI && machine === EM_ARM)
}

/** How many ABI versions the loader accepts, from 0 on. Source: VALID_ELF_ABIVERSION of glibc's sysdeps/gnu/ldsodefs.h and of MIPS. */
function abiVersionsOf(osAbi: number, machine: number): number {
  if (osAbi === ELFOSABI_GNU) return MACHINES_WITH_IFUNC_ABI.has(machine) ? GNU_ABI_VERSIONS_WITH_IFUNC : GNU_ABI_VERSIONS
  return machine === EM_MIPS && osAbi === ELFOSABI_SYSV ? MIPS_ABI_VERSIONS : 1
}

function headerVerdict(head: Uint8Array, { elfClass, endianness, machine }: Host): LoaderVerdict {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const isLittle = endianness === 'little'
  const type = view.getUint16(16, isLittle)
  if (view.getUint32(20, isLittle) !== 1) return refused('ELF file version does not match current one')
  if (view.getUint16(18, isLittle) !== machine) return { kind: 'skipped' }
  if (type !== ET_DYN && type !== ET_EXEC) return refused('only ET_DYN and ET_EXEC can be loaded')
  const size = view.getUint16(PROGRAM_HEADER_SIZE_AT[elfClass], isLittle)
  return size === PROGRAM_HEADER_SIZE[elfClass] ? { kind: 'fits' } : refused("ELF file's phentsize not the expected size")
}

function refused(why: string): LoaderVerdict {
  return { kind: 'refused', why }
}
